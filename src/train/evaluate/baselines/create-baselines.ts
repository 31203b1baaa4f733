// In: training sessions and names. Out: those baselines, tuned inside these sessions if asked for, fitted on all of them.
import type { EventLog, SessionRange } from '../../event-log.js';
import type { ProgressReporter } from '../../progress.js';
import type { Scales } from '../evaluate.js';
import type { Protocol } from '../query.js';
import type { Recommender } from '../recommender.js';
import { EASE_MAX_ITEMS } from './ease.js';
import { BASELINES, CLASSIC_BASELINES, EASE_BASELINES } from './all-baselines.js';
import type { FitAbout, Variant } from './baseline.js';
import { toFitData } from './fit-data.js';
import { popularityScale } from './popularity.js';
import { toTuningGround, type Tuned, tuneBaseline } from './tune-baseline.js';

/** Baselines fitted on the same sessions, and what figures are read from. */
export interface Baselines {
  readonly recommenders: readonly Recommender[];
  /** what was chosen for each on validation; empty when they were not tuned */
  readonly tuned: readonly Tuned[];
  /** what a reader of their figures must know, a sentence each */
  readonly notes: readonly string[];
  readonly scales: Pick<Scales, 'items' | 'popularityOf'>;
  isKnown(itemId: string): boolean;
}

export interface BaselineOptions {
  /** of `BASELINE_NAMES` */
  readonly names?: readonly string[];
  /** chooses each one's settings inside the range, by its first 80 % on its last 20 % */
  readonly tuning?: { readonly historyDays: number };
  readonly protocol?: Protocol;
  readonly seed?: number;
  readonly progress?: ProgressReporter;
}

/** Names of the baselines that a bundle must beat. */
export const COSINES: readonly string[] = ['cosine', 'cosine-weighted'];

export function createBaselines(log: EventLog, range: SessionRange, options: BaselineOptions = {}): Baselines {
  const { names = CLASSIC_BASELINES, protocol = 'masked-basket', seed = 1, progress } = options;
  const about = { log, range, protocol, seed };
  const chosen = choose(about, { ...options, names });
  const data = toFitData(about);
  progress?.stage('baselines', chosen.length);
  const recommenders = chosen.map(({ variant, tuned }, i) => {
    progress?.tick(i, tuned.name);
    return variant.fit(data);
  });
  progress?.done();
  const { sets } = data;
  const isKnown = (itemId: string) => sets.numberOf(itemId) !== -1;
  const items = sets.itemIds.filter(isKnown).length;
  return {
    recommenders,
    tuned: options.tuning ? chosen.map(({ tuned }) => tuned) : [],
    notes: notesOn(chosen, items, log),
    scales: { items, popularityOf: popularityScale(sets) },
    isKnown,
  };
}

/** Where a baseline is less than its paper. */
function notesOn(chosen: readonly Chosen[], items: number, { kind }: EventLog): string[] {
  const cut = chosen.map(({ tuned }) => tuned).filter(({ tried, of }) => tried > 0 && tried < of);
  const restricted = chosen
    .map(({ tuned }) => tuned.name)
    .filter((name) => EASE_BASELINES.includes(name) && (name !== 'prototype' || kind === 'carts'));
  return [
    ...(restricted.length > 0 && items > EASE_MAX_ITEMS
      ? [`${restricted.join(', ')}: fitted on the ${EASE_MAX_ITEMS} most sold of ${items} items, the others are never answered`]
      : []),
    ...cut.map(({ name, tried, of }) => `${name}: time ran out after ${tried} of ${of} settings`),
  ];
}

interface Chosen {
  readonly variant: Variant;
  readonly tuned: Tuned;
}

function choose(about: FitAbout, { names = [], tuning, progress }: BaselineOptions): Chosen[] {
  const wanted = BASELINES.filter(({ name }) => names.includes(name));
  if (!tuning) {
    return wanted.map(({ name, variants }) => {
      const [variant] = variants as readonly [Variant];
      return { variant, tuned: { name, settings: variant.settings, tried: 0, of: variants.length } };
    });
  }
  progress?.stage('baselines, tuning', wanted.length);
  const ground = toTuningGround(about, tuning.historyDays);
  const chosen = wanted.map((baseline, i) => {
    progress?.tick(i, baseline.name);
    return tuneBaseline(baseline, ground);
  });
  progress?.done();
  return chosen;
}
