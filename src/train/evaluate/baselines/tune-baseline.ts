// In: a baseline's grid and the sessions it may see. Out: the settings that answer the last fifth of them best. Runs in Node.
import { TRAIN_SHARE } from '../../settings.js';
import { answer } from '../evaluate.js';
import { makeQueries } from '../make-queries.js';
import { rankingMetrics } from '../metrics.js';
import type { Query } from '../query.js';
import type { Baseline, BaselineSettings, FitAbout, FitData, Variant } from './baseline.js';
import { toFitData } from './fit-data.js';

/** Questions that settings are chosen on: enough to tell them apart by a point or two. */
const TUNING_QUERIES = 1000;
const CUTOFF = 20;
/** A grid that takes longer than this is left, with the best of what was tried. */
const TUNING_MS = 150_000;

/** What was chosen for a baseline, and from how many. */
export interface Tuned {
  readonly name: string;
  readonly settings: BaselineSettings;
  /** settings tried; fewer than `of` when time ran out */
  readonly tried: number;
  readonly of: number;
  /** NDCG@20 on validation of what was chosen; absent where nothing was to choose */
  readonly ndcg20?: number;
}

/** A fit on the first part of the training sessions and questions from their last part: the test sees neither choice. */
export interface TuningGround {
  readonly data: FitData;
  readonly queries: readonly Query[];
}

/** @param historyDays of own purchases, for the baselines that use them */
export function toTuningGround({ log, range, protocol, seed }: FitAbout, historyDays: number): TuningGround {
  const cut = range.from + Math.floor((range.to - range.from) * TRAIN_SHARE);
  const data = toFitData({ log, range: { from: range.from, to: cut }, protocol, seed });
  const isKnown = (itemId: string) => data.sets.numberOf(itemId) !== -1;
  const options = { protocol, seed, isKnown, historyDays, maxQueries: TUNING_QUERIES };
  return { data, queries: makeQueries(log, { from: cut, to: range.to }, options) };
}

/** Tries a baseline's settings in their order; the first of the best is chosen. @param now ms */
export function tuneBaseline(
  { name, variants }: Baseline,
  { data, queries }: TuningGround,
  now: () => number = () => performance.now(),
): { readonly variant: Variant; readonly tuned: Tuned } {
  const [usual] = variants as readonly [Variant];
  if (variants.length === 1 || queries.length === 0) {
    return { variant: usual, tuned: { name, settings: usual.settings, tried: 0, of: variants.length } };
  }
  const end = now() + TUNING_MS;
  let best = { variant: usual, ndcg20: Number.NEGATIVE_INFINITY };
  let tried = 0;
  for (const variant of variants) {
    if (tried > 0 && now() > end) break;
    const { ranks } = answer(variant.fit(data), queries);
    const { ndcg } = rankingMetrics(ranks, CUTOFF);
    if (ndcg > best.ndcg20) best = { variant, ndcg20: ndcg };
    tried++;
  }
  const { variant, ndcg20 } = best;
  return { variant, tuned: { name, settings: variant.settings, tried, of: variants.length, ndcg20 } };
}
