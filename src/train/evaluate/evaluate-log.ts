// In: a log, its split and a bundle's recommender. Out: the report that `train` stores and `evaluate` prints. Runs in Node.
import { EVENT_TYPES } from '../../core/domain/event.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { type Ablation, ablate } from './ablation/ablate.js';
import type { AblatedPart } from './ablation/bundle-parts.js';
import { askRounds, type SettingRounds } from './ask-rounds.js';
import { type BaselineOptions, type Baselines, createBaselines } from './baselines/create-baselines.js';
import type { Tuned } from './baselines/tune-baseline.js';
import type { ExposureReport } from './exposures/measure-exposures.js';
import { type Headline, headlineProtocol, toHeadline } from './headline.js';
import { createItemLikeness } from './item-likeness.js';
import type { Protocol } from './query.js';
import { type Recommender, underRulesOf } from './recommender.js';
import { type Replay, toReplay } from './replay.js';
import { type ReportTable, type Round, type Setting, type TableScales, tabulate } from './tabulate.js';

export interface EvaluationReport {
  readonly split: {
    readonly trainSessions: number;
    readonly testSessions: number;
    /** ISO 8601: when the first and the last test session began */
    readonly from: string;
    readonly until: string;
  };
  /** items that training knew: all of them are ranked, none is sampled */
  readonly items: number;
  /** what a reader of the tables must know, a sentence each */
  readonly notes: readonly string[];
  /** absent where no protocol asks for a new item */
  readonly headline?: Headline;
  /** the baselines' settings, chosen on the last fifth of the training sessions; empty when they were not tuned */
  readonly tuned: readonly Tuned[];
  readonly tables: readonly ReportTable[];
  readonly ablation?: Ablation;
  /** absent where no prices are known or no protocol asks for a new item */
  readonly replay?: Replay;
  /** absent without a file of impressions */
  readonly exposures?: ExposureReport;
}

export interface EvaluationPlan {
  readonly log: EventLog;
  /** what the baselines are fitted on; the bundle saw nothing later */
  readonly train: SessionRange;
  readonly test: SessionRange;
  readonly model: Recommender;
  readonly seeds: readonly number[];
  readonly protocols: readonly Protocol[];
  /** days of own purchases, measured beside none where visitors and purchases are known; default 13 months alone */
  readonly histories?: readonly number[];
  readonly maxQueries?: number;
  /** of `BASELINE_NAMES`, default those that `train` measures beside; `openTensorflow` must have been awaited for EASE */
  readonly baselines?: readonly string[];
  /** chooses the baselines' settings inside `train`, for the first protocol; default: the usual settings */
  readonly tune?: boolean;
  /** the parts of the model that a setting reads, each off in turn; absent: they are not measured */
  readonly partsOf?: (setting: Setting) => readonly AblatedPart[];
  /** what titles, variants and categories are read from */
  readonly catalog?: readonly CatalogRow[];
  readonly progress: ProgressReporter;
}

/** Days a device remembers its own purchases: 13 months, the default retention. */
export const HISTORY_DAYS = 396;
/** What `evaluate` measures: a browser that deletes what it stored after a week, a month, and all that is kept. */
export const MEASURED_HISTORIES: readonly number[] = [7, 30, HISTORY_DAYS];

/** The protocols that suit a log: baskets for carts, prefixes for browsing, and what comes before adds where there are adds. */
export function protocolsFor({ kind, type }: EventLog): Protocol[] {
  if (kind === 'carts') return ['masked-basket', 'cart-page', 'growing-cart'];
  const hasAdds = type.includes(EVENT_TYPES.indexOf('add_to_cart'));
  return hasAdds ? ['next-item', 'next-new-item', 'next-add'] : ['next-item', 'next-new-item'];
}

/** Asks the model and every baseline the same questions. */
export function evaluateLog(plan: EvaluationPlan): EvaluationReport {
  const { log, train, test, model, protocols } = plan;
  const histories = hasHistory(log, test) ? historiesOf(plan) : [0];
  const baselines = createBaselines(log, train, baselineOptions(plan, Math.max(...histories)));
  const scales = toScales(plan, baselines);
  const asking = { ...plan, histories, methods: methodsOf(plan, baselines), isKnown: baselines.isKnown };
  const chiefProtocol = headlineProtocol(protocols);
  const memoriesOf = (protocol: Protocol, p: number) => (p === 0 || protocol === chiefProtocol ? histories : ends(histories));
  const settings = protocols.flatMap((protocol, p) => askRounds({ ...asking, histories: memoriesOf(protocol, p) }, protocol));
  const chief = settings.filter(({ setting }) => setting.protocol === chiefProtocol);
  const headline = toHeadline(chief, scales);
  const ablation = ablateLast(plan, settings);
  const replay = toReplay(chief, plan);
  const startOf = (session: number) => new Date(log.startedAt[session] as number).toISOString();
  return {
    split: {
      trainSessions: train.to - train.from,
      testSessions: test.to - test.from,
      from: startOf(test.from),
      until: startOf(test.to - 1),
    },
    items: baselines.scales.items,
    notes: baselines.notes,
    tuned: baselines.tuned,
    ...(headline && { headline }),
    tables: settings.flatMap((each) => toTables(each, model, scales)),
    ...(ablation && { ablation }),
    ...(replay && { replay }),
  };
}

/** Where the most parts speak: repeats count only where they may be answers, own purchases only where they are known. */
function ablateLast({ partsOf, progress }: EvaluationPlan, settings: readonly SettingRounds[]): Ablation | undefined {
  const widest = settings.findLast(({ setting }) => setting.protocol === 'next-item');
  const [first] = settings;
  const chosen = widest ?? settings.findLast(({ setting }) => setting.protocol === first?.setting.protocol);
  if (partsOf === undefined || chosen === undefined) return undefined;
  const { setting, rounds } = chosen;
  return ablate(partsOf(setting), { round: rounds[0] as Round, setting, progress });
}

/** None and the longest: what is neither first nor in the headline need not say again what each week of memory brings. */
function ends(histories: readonly number[]): number[] {
  return [...new Set([histories[0] ?? 0, histories.at(-1) ?? 0])];
}

/** Ascending, anonymous first. */
function historiesOf({ histories = [HISTORY_DAYS] }: EvaluationPlan): number[] {
  return [...new Set([0, ...histories])].sort((a, b) => a - b);
}

function baselineOptions(plan: EvaluationPlan, historyDays: number): BaselineOptions {
  const { baselines, tune, protocols, seeds, progress } = plan;
  const [protocol = 'masked-basket'] = protocols;
  const [seed = 1] = seeds;
  return { protocol, seed, progress, ...(baselines && { names: baselines }), ...(tune && { tuning: { historyDays } }) };
}

/** Whether any device of the test could remember a purchase. */
function hasHistory({ kind, type, visitors }: EventLog, { from, to }: SessionRange): boolean {
  const hasPurchases = kind === 'carts' || type.includes(EVENT_TYPES.indexOf('purchase'));
  return hasPurchases && visitors.subarray(from, to).some((visitor) => visitor !== -1);
}

/** The model and the baselines, all under the rules of the model's pages. */
function methodsOf({ model }: EvaluationPlan, { recommenders }: Baselines): Recommender[] {
  return [model, ...recommenders.map((method) => underRulesOf(model, method))];
}

function toScales({ catalog = [] }: EvaluationPlan, { scales, isKnown }: Baselines): TableScales {
  const likeness = createItemLikeness(catalog);
  return { ...scales, isKnown, ...(likeness && { likeness }) };
}

function toTables({ setting, rounds }: SettingRounds, model: Recommender, scales: TableScales): ReportTable[] {
  return rounds.flatMap((round, i) => tabulate(round, { setting, model, scales, isWhole: i === rounds.length - 1 }));
}
