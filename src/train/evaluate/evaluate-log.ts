// In: a log, its split and a bundle's recommender. Out: the report that `train` stores and `evaluate` prints. Runs in Node.
import { EVENT_TYPES } from '../../core/domain/event.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { type BaselineOptions, type Baselines, createBaselines } from './baselines/create-baselines.js';
import type { Tuned } from './baselines/tune-baseline.js';
import { type Answers, answer } from './evaluate.js';
import { createItemLikeness } from './item-likeness.js';
import { makeQueries } from './make-queries.js';
import type { Protocol, Query } from './query.js';
import { type Recommender, underRulesOf } from './recommender.js';
import { describe, type ReportTable, type Round, type Setting, type TableScales, tabulate } from './tabulate.js';

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
  /** what titles, variants and categories are read from */
  readonly catalog?: readonly CatalogRow[];
  readonly progress: ProgressReporter;
}

/** Days a device remembers its own purchases: 13 months, the default retention. */
export const HISTORY_DAYS = 396;

/** The protocols that suit a log: baskets for carts, prefixes for browsing, and what comes before adds where there are adds. */
export function protocolsFor({ kind, type }: EventLog): Protocol[] {
  if (kind === 'carts') return ['masked-basket', 'cart-page', 'growing-cart'];
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

/** Only the masks of baskets depend on the seed; the other protocols ask the same whatever it is. */
function seedsOf({ seeds }: EvaluationPlan, protocol: Protocol): readonly number[] {
  return protocol === 'masked-basket' || protocol === 'cart-page' ? seeds : seeds.slice(0, 1);
}

/** A method that does not use own purchases answers a question alike with and without them, and is asked once. */
function askAll(
  plan: EvaluationPlan,
  baselines: Baselines,
  { protocol, histories }: { protocol: Protocol; histories: readonly number[] },
): ReportTable[] {
  const methods = methodsOf(plan, baselines);
  const asked = seedsOf(plan, protocol).map((seed): Round => {
    const queries = queriesOf(plan, baselines, { protocol, historyDays: 0, seed });
    return { seeds: [seed], queries, answers: askMethods(plan, methods, { queries, title: `${protocol}, seed ${seed}` }) };
  });
  return histories.flatMap((historyDays) => {
    const setting = { protocol, historyDays };
    const rounds = historyDays > 0 ? asked.map((round) => askAgain(plan, baselines, { round, setting })) : asked;
    const pooled = rounds.length > 1 ? [...rounds, pool(rounds)] : rounds;
    return pooled.flatMap((round, i) =>
      tabulate(round, { setting, model: plan.model, scales: toScales(plan, baselines), isWhole: i === pooled.length - 1 }),
    );
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
  const methods = methodsOf(plan, baselines).filter(({ usesHistory }) => usesHistory);
  const again = askMethods(plan, methods, { queries, title: `${describe(setting)}, seed ${seed}` });
  const answers = round.answers.map(
    (before, m) => (m === 0 ? again[0] : again.find(({ name }) => name === before.name)) ?? before,
  );
  return { ...round, queries, answers };
}

/** The model and the baselines, all under the rules of the model's pages. */
function methodsOf({ model }: EvaluationPlan, { recommenders }: Baselines): Recommender[] {
  return [model, ...recommenders.map((method) => underRulesOf(model, method))];
}

function toScales({ catalog = [] }: EvaluationPlan, { scales, isKnown }: Baselines): TableScales {
  const likeness = createItemLikeness(catalog);
  return { ...scales, isKnown, ...(likeness && { likeness }) };
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

/** The rounds of several masks as one. */
function pool(rounds: readonly Round[]): Round {
  const answers = rounds[0]?.answers.map(({ name }, m): Answers => {
    const parts = rounds.map((round) => round.answers[m] as Answers);
    return {
      name,
      ranks: Float64Array.from(parts.flatMap(({ ranks }) => [...ranks])),
      lists: parts.flatMap(({ lists }) => lists),
      topScores: Float64Array.from(parts.flatMap(({ topScores }) => [...topScores])),
    };
  });
  return {
    seeds: rounds.flatMap(({ seeds }) => seeds),
    queries: rounds.flatMap(({ queries }) => queries),
    answers: answers ?? [],
  };
}
