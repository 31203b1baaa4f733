// In: methods and test questions. Out: the same figures for each, side by side, with paired intervals. Runs in Node.
import { bootstrap, type Interval } from './bootstrap.js';
import { CUTOFFS, coverage, popularityBias, type RankingMetrics, rankingMetrics, rankOf } from './metrics.js';
import type { Query } from './query.js';
import type { Recommender } from './recommender.js';

const LIST_SIZE = 20;
/** A cart page's headline slice: carts that show this many items or fewer. */
export const SMALL_CART = 5;

/** What one method answered to every query. */
export interface Answers {
  readonly name: string;
  /** `[queries]` 1-based place of the target, Infinity when it is not in the top 20 */
  readonly ranks: Float64Array;
  /** `[queries]` the top 20 */
  readonly lists: readonly (readonly string[])[];
}

/** Asks one method every query. @param onTick called after each query with the number answered */
export function answer(recommender: Recommender, queries: readonly Query[], onTick?: (done: number) => void): Answers {
  const ranks = new Float64Array(queries.length);
  const lists = queries.map((query, i) => {
    const list = recommender.recommend(query, LIST_SIZE);
    ranks[i] = rankOf(list, query.target);
    onTick?.(i + 1);
    return list.slice(0, LIST_SIZE).map(({ itemId }) => itemId);
  });
  return { name: recommender.name, ranks, lists };
}

/** The figures of one method on one slice of the queries. */
export interface MethodFigures {
  readonly method: string;
  /** by cut-off: `"4"`, `"5"`, `"10"`, `"20"` */
  readonly at: Readonly<Record<string, RankingMetrics>>;
  /** share of queries with any later item in the top 10 */
  readonly anyLater10: number;
  readonly coverage20: number;
  readonly popularityBias20: number;
  /** HR@10 with its 95 % interval over sessions */
  readonly hr10: Interval;
}

/** What figures are read from besides answers. */
export interface Scales {
  /** items that could be recommended */
  readonly items: number;
  /** 0–1, 1 = the most popular */
  popularityOf(itemId: string): number;
  readonly seed: number;
}

export function figuresOf({ name, ranks, lists }: Answers, queries: readonly Query[], scales: Scales): MethodFigures {
  const at = Object.fromEntries(CUTOFFS.map((k) => [String(k), rankingMetrics(ranks, k)]));
  const later = queries.filter((query, i) => lists[i]?.slice(0, 10).some((itemId) => query.later.includes(itemId))).length;
  return {
    method: name,
    at,
    anyLater10: later / Math.max(1, queries.length),
    coverage20: coverage(lists, scales.items),
    popularityBias20: popularityBias(lists, scales.popularityOf),
    hr10: bootstrap(hitsAt(ranks, 10), sessionsOf(queries), scales.seed),
  };
}

/** Difference of two methods' hit rates on the same queries, with its paired 95 % interval over sessions. */
export function pairedGain(
  ours: Answers,
  theirs: Answers,
  { queries, k, seed }: { queries: readonly Query[]; k: number; seed: number },
): Interval {
  const gain = hitsAt(ours.ranks, k).map((hit, i) => hit - ((theirs.ranks[i] as number) <= k ? 1 : 0));
  return bootstrap(gain, sessionsOf(queries), seed);
}

/** The answers to some of the queries. */
export function sliceAnswers(answers: Answers, keep: readonly number[]): Answers {
  return {
    name: answers.name,
    ranks: Float64Array.from(keep, (i) => answers.ranks[i] as number),
    lists: keep.map((i) => answers.lists[i] as readonly string[]),
  };
}

function hitsAt(ranks: Float64Array, k: number): Float64Array {
  return ranks.map((rank) => (rank <= k ? 1 : 0));
}

function sessionsOf(queries: readonly Query[]): string[] {
  return queries.map(({ sessionId }) => sessionId);
}
