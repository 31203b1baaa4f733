// In: methods' answers to the same questions. Out: the tables of a report. Runs in Node.
import { drawResamples, type Interval, type Resamples } from './bootstrap.js';
import { type Answers, type Compared, figuresOf, type MethodFigures, pairedGain, type Scales, sliceAnswers } from './evaluate.js';
import { exposureByPopularity } from './list-metrics.js';
import { rankingMetrics } from './metrics.js';
import type { Protocol, Query } from './query.js';
import type { Recommender } from './recommender.js';
import { lineSlices, tableSlices, type TargetScales } from './slices.js';

/** The model's gain over one baseline on the same queries, with its paired 95 % interval. */
export interface Gain extends Interval, Compared {
  readonly over: string;
}

/** The model beside the best baseline of a part of the questions. */
export interface SliceLine {
  readonly slice: string;
  readonly queries: number;
  readonly model: SliceFigures;
  /** the best by HR@10 on these questions */
  readonly best: SliceFigures & { readonly name: string };
  /** in HR@10 */
  readonly gain: Interval;
}

export interface SliceFigures {
  readonly hr4: number;
  readonly hr10: number;
  readonly mrr20: number;
}

/** How often the target was in the top 4 where the model's first suggestion scored alike. */
export interface ConfidenceGroup {
  /** mean score of the first suggestion: an affinity unless the bundle says that it is a probability */
  readonly score: number;
  readonly hr4: number;
  /** how often that first suggestion was the target */
  readonly hr1: number;
  readonly queries: number;
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
  /**
   * targets that the page's rules keep off every slate, misses for every method: out of stock; in `cart-page` and `next-add` also variants
   * and near-duplicates of the cart
   */
  readonly ruledOut: number;
  /** parts of these questions; only where they are all of the setting's, all seeds pooled */
  readonly lines?: readonly SliceLine[];
  /** the same by how sure the model was, least sure first */
  readonly confidence?: readonly ConfidenceGroup[];
  /** `[10]` share of the targets by popularity, the least popular tenth of the catalogue first */
  readonly targetsByPopularity: readonly number[];
}

/** What is asked and what a device knows. */
export interface Setting {
  readonly protocol: Protocol;
  readonly historyDays: number;
}

/** The questions of one or several masks and every method's answers, the model's first. */
export interface Round {
  readonly seeds: readonly number[];
  readonly queries: readonly Query[];
  readonly answers: readonly Answers[];
}

export type TableScales = Omit<Scales, 'resamples'> & TargetScales;

interface Tabulating {
  readonly setting: Setting;
  readonly model: Recommender;
  readonly scales: TableScales;
  /** whether the round holds every question of the setting */
  readonly isWhole: boolean;
}

/** Figures at which gains are given. */
const COMPARED: readonly Compared[] = [
  { figure: 'HR', k: 4 },
  { figure: 'HR', k: 10 },
  { figure: 'HR', k: 20 },
  { figure: 'MRR', k: 20 },
];

/** Groups of the confidence plot. */
const GROUPS = 10;

/** A round as tables. */
export function tabulate(round: Round, tabulating: Tabulating): ReportTable[] {
  const { setting, model, scales, isWhole } = tabulating;
  return tableSlices(setting.protocol, round.queries).map(({ name, keep }, i): ReportTable => {
    const { queries, answers, resamples } = sliceRound(round, keep);
    const [ours, ...others] = answers as [Answers, ...Answers[]];
    const gains = others.flatMap((other) =>
      COMPARED.map(
        (compared): Gain => ({ over: other.name, ...compared, ...pairedGain(ours, other, { resamples, ...compared }) }),
      ),
    );
    return {
      ...setting,
      slice: name,
      seeds: round.seeds,
      queries: queries.length,
      methods: answers.map((each) => figuresOf(each, queries, { ...scales, resamples })),
      gains,
      ruledOut: queries.filter((query) => model.keepsOff?.(query)(query.target)).length,
      ...(isWhole && i === 0 && { lines: toLines(round, scales), confidence: toConfidence(ours) }),
      targetsByPopularity: exposureByPopularity(
        queries.map(({ target }) => [target]),
        scales.popularityOf,
      ),
    };
  });
}

/** A part of a round's questions and samples of their sessions. */
export function sliceRound(
  { seeds, queries, answers }: Round,
  keep: readonly number[],
): Round & { readonly resamples: Resamples } {
  const kept = keep.map((i) => queries[i] as Query);
  const sessions = kept.map(({ sessionId }) => sessionId);
  const resamples = drawResamples(sessions, seeds[0] as number);
  return { seeds, queries: kept, answers: answers.map((each) => sliceAnswers(each, keep)), resamples };
}

function toLines(round: Round, scales: TableScales): SliceLine[] {
  return lineSlices(round.queries, scales).flatMap(({ name, keep }) => {
    const { queries, answers, resamples } = sliceRound(round, keep);
    const [ours, ...others] = answers as [Answers, ...Answers[]];
    const ranked = others.map((each) => ({ each, hr10: figuresAt(each).hr10 })).sort((a, b) => b.hr10 - a.hr10);
    const best = ranked[0]?.each;
    if (best === undefined) return [];
    const gain = pairedGain(ours, best, { resamples, figure: 'HR', k: 10 });
    const figures = { model: figuresAt(ours), best: { name: best.name, ...figuresAt(best) } };
    return [{ slice: name, queries: queries.length, ...figures, gain }];
  });
}

function figuresAt({ ranks }: Answers): SliceFigures {
  const at = (k: number) => rankingMetrics(ranks, k);
  return { hr4: at(4).hr, hr10: at(10).hr, mrr20: at(20).mrr };
}

function toConfidence({ ranks, topScores }: Answers): ConfidenceGroup[] {
  const order = Array.from(topScores.keys()).filter((i) => Number.isFinite(topScores[i]));
  order.sort((a, b) => (topScores[a] as number) - (topScores[b] as number));
  const groups = Array.from({ length: GROUPS }, (_, g) =>
    order.slice(Math.floor((g * order.length) / GROUPS), Math.floor(((g + 1) * order.length) / GROUPS)),
  );
  return groups
    .filter((group) => group.length > 0)
    .map((group) => ({
      score: group.reduce((sum, i) => sum + (topScores[i] as number), 0) / group.length,
      hr4: group.filter((i) => (ranks[i] as number) <= 4).length / group.length,
      hr1: group.filter((i) => (ranks[i] as number) <= 1).length / group.length,
      queries: group.length,
    }));
}

/** A table's protocol in words. */
export function describe({ protocol, historyDays }: Setting): string {
  return historyDays > 0 ? `${protocol}, with ${historyDays} days of own purchases` : protocol;
}
