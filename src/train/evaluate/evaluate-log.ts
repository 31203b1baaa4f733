// In: a log, its split and a bundle's recommender. Out: the report that `train` stores and `evaluate` prints. Runs in Node.
import { EVENT_TYPES } from '../../core/domain/event.js';
import type { EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { type BaselineOptions, type Baselines, createBaselines } from './baselines/create-baselines.js';
import type { Tuned } from './baselines/tune-baseline.js';
import type { Interval } from './bootstrap.js';
import { type Answers, answer, figuresOf, type MethodFigures, pairedGain, SMALL_CART, sliceAnswers } from './evaluate.js';
import { GROWING_CART_SIZES, makeQueries } from './make-queries.js';
import type { Protocol, Query } from './query.js';
import type { Recommender } from './recommender.js';

/** The model's gain in hit rate over one baseline on the same queries, with its paired 95 % interval. */
export interface Gain extends Interval {
  readonly over: string;
  readonly k: number;
}

/** One table of a report: every method on the same queries. */
export interface ReportTable {
  readonly protocol: Protocol;
  /** `all`, `≤ 5 shown`, `first 3 shown` */
  readonly slice: string;
  /** days of own purchases that the device remembers; 0 = anonymous */
  readonly historyDays: number;
  /** seeds of the masks pooled in this table */
  readonly seeds: readonly number[];
  readonly queries: number;
  /** the model first */
  readonly methods: readonly MethodFigures[];
  readonly gains: readonly Gain[];
}

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
  /** the baselines' settings, chosen on the last fifth of the training sessions; empty when they were not tuned */
  readonly tuned: readonly Tuned[];
  readonly tables: readonly ReportTable[];
}

export interface EvaluationPlan {
  readonly log: EventLog;
  /** what the baselines are fitted on; the bundle saw nothing later */
  readonly train: SessionRange;
  readonly test: SessionRange;
  readonly model: Recommender;
  readonly seeds: readonly number[];
  readonly protocols: readonly Protocol[];
  /** days of own purchases; a table with them is added to each where visitors and purchases are known. 0 = none */
  readonly historyDays: number;
  readonly maxQueries?: number;
  /** of `BASELINE_NAMES`, default those that `train` measures beside; `openTensorflow` must have been awaited for EASE */
  readonly baselines?: readonly string[];
  /** chooses the baselines' settings inside `train`, for the first protocol; default: the usual settings */
  readonly tune?: boolean;
  readonly progress: ProgressReporter;
}

/** Days a device remembers its own purchases: 13 months, the default retention. */
export const HISTORY_DAYS = 396;

/** Cut-offs at which gains are given. */
const GAIN_CUTOFFS = [4, 10, 20] as const;

/** The protocols that suit a log: baskets for carts, prefixes for browsing, and what comes before adds where there are adds. */
export function protocolsFor({ kind, type }: EventLog): Protocol[] {
  if (kind === 'carts') return ['masked-basket', 'growing-cart'];
  const hasAdds = type.includes(EVENT_TYPES.indexOf('add_to_cart'));
  return hasAdds ? ['next-item', 'next-new-item', 'next-add'] : ['next-item', 'next-new-item'];
}

/** Asks the model and every baseline the same questions. */
export function evaluateLog(plan: EvaluationPlan): EvaluationReport {
  const { log, train, test } = plan;
  const histories = plan.historyDays > 0 && hasHistory(log, test) ? [0, plan.historyDays] : [0];
  const baselines = createBaselines(log, train, baselineOptions(plan, Math.max(...histories)));
  const tables = plan.protocols.flatMap((protocol) => askAll(plan, baselines, { protocol, histories }));
  const startOf = (session: number) => new Date(log.startedAt[session] as number).toISOString();
  return {
    split: {
      trainSessions: train.to - train.from,
      testSessions: test.to - test.from,
      from: startOf(test.from),
      until: startOf(test.to - 1),
    },
    items: baselines.scales.items,
    tuned: baselines.tuned,
    tables,
  };
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

interface Setting {
  readonly protocol: Protocol;
  readonly historyDays: number;
}

/** Only the masks of a masked basket depend on the seed; the other protocols ask the same whatever it is. */
function seedsOf({ seeds }: EvaluationPlan, protocol: Protocol): readonly number[] {
  return protocol === 'masked-basket' ? seeds : seeds.slice(0, 1);
}

/** A method that does not use own purchases answers a question alike with and without them, and is asked once. */
function askAll(
  plan: EvaluationPlan,
  baselines: Baselines,
  { protocol, histories }: { protocol: Protocol; histories: readonly number[] },
): ReportTable[] {
  const methods = [plan.model, ...baselines.recommenders];
  const asked = seedsOf(plan, protocol).map((seed): Round => {
    const queries = queriesOf(plan, baselines, { protocol, historyDays: 0, seed });
    return { seeds: [seed], queries, answers: askMethods(plan, methods, { queries, title: `${protocol}, seed ${seed}` }) };
  });
  return histories.flatMap((historyDays) => {
    const setting = { protocol, historyDays };
    const rounds = historyDays > 0 ? asked.map((round) => askAgain(plan, baselines, { round, setting })) : asked;
    return (rounds.length > 1 ? [...rounds, pool(rounds)] : rounds).flatMap((round) => tabulate(round, baselines, setting));
  });
}

/** The same questions with own purchases known. */
function askAgain(
  plan: EvaluationPlan,
  baselines: Baselines,
  { round, setting }: { readonly round: Round; readonly setting: Setting },
): Round {
  const [seed = 1] = round.seeds;
  const queries = queriesOf(plan, baselines, { ...setting, seed });
  const methods = [plan.model, ...baselines.recommenders].filter(({ usesHistory }) => usesHistory);
  const again = askMethods(plan, methods, { queries, title: `${describe(setting)}, seed ${seed}` });
  const answers = round.answers.map(
    (before, m) => (m === 0 ? again[0] : again.find(({ name }) => name === before.name)) ?? before,
  );
  return { ...round, queries, answers };
}

function queriesOf(
  { log, test, maxQueries }: EvaluationPlan,
  { isKnown }: Baselines,
  setting: Setting & { readonly seed: number },
): Query[] {
  return makeQueries(log, test, { ...setting, isKnown, ...(maxQueries !== undefined && { maxQueries }) });
}

function askMethods(
  { progress }: EvaluationPlan,
  methods: readonly Recommender[],
  { queries, title }: { queries: readonly Query[]; title: string },
): Answers[] {
  progress.stage(title, queries.length * methods.length);
  const answers = methods.map((method, m) =>
    answer(method, queries, (done) => progress.tick(m * queries.length + done, method.name)),
  );
  progress.done();
  return answers;
}

interface Round {
  readonly seeds: readonly number[];
  readonly queries: readonly Query[];
  readonly answers: readonly Answers[];
}

/** The rounds of several masks as one. */
function pool(rounds: readonly Round[]): Round {
  const answers = rounds[0]?.answers.map(({ name }, m): Answers => {
    const parts = rounds.map((round) => round.answers[m] as Answers);
    return {
      name,
      ranks: Float64Array.from(parts.flatMap(({ ranks }) => [...ranks])),
      lists: parts.flatMap(({ lists }) => lists),
    };
  });
  return {
    seeds: rounds.flatMap(({ seeds }) => seeds),
    queries: rounds.flatMap(({ queries }) => queries),
    answers: answers ?? [],
  };
}

function tabulate({ seeds, queries, answers }: Round, baselines: Baselines, setting: Setting): ReportTable[] {
  const seed = seeds[0] as number;
  return slicesOf(setting.protocol, queries).map(([slice, keep]) => {
    const kept = keep.map((i) => queries[i] as Query);
    const parts = answers.map((each) => sliceAnswers(each, keep));
    const [ours, ...others] = parts as [Answers, ...Answers[]];
    const gains = others.flatMap((other) =>
      GAIN_CUTOFFS.map((k): Gain => ({ over: other.name, k, ...pairedGain(ours, other, { queries: kept, k, seed }) })),
    );
    const methods = parts.map((each) => figuresOf(each, kept, { ...baselines.scales, seed }));
    return { ...setting, slice, seeds, queries: kept.length, methods, gains };
  });
}

/** Parts of the queries that get a table of their own, with the places of their queries. */
function slicesOf(protocol: Protocol, queries: readonly Query[]): [name: string, keep: number[]][] {
  const where = (isKept: (shown: number) => boolean) => queries.flatMap(({ shown }, i) => (isKept(shown.length) ? [i] : []));
  const slices: [string, number[]][] = [];
  if (protocol === 'growing-cart') {
    for (const size of GROWING_CART_SIZES) slices.push([`first ${size} shown`, where((shown) => shown === size)]);
    return slices;
  }
  slices.push(['all', where(() => true)]);
  if (protocol === 'masked-basket') slices.push([`≤ ${SMALL_CART} shown`, where((shown) => shown <= SMALL_CART)]);
  return slices;
}

/** A table's protocol in words. */
export function describe({ protocol, historyDays }: Setting): string {
  return historyDays > 0 ? `${protocol}, with ${historyDays} days of own purchases` : protocol;
}
