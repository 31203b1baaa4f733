// In: methods and test questions. Out: the same figures for each, side by side, with paired intervals. Runs in Node.
import type { Interval, Resamples } from './bootstrap.js';
import { CUTOFFS, coverage, popularityBias, type RankingMetrics, rankingMetrics, rankOf } from './metrics.js';
import type { ItemLikeness } from './item-likeness.js';
import { diversity, exposureByPopularity, exposureShares, nearDuplicates } from './list-metrics.js';
import type { Query } from './query.js';
import type { Recommender } from './recommender.js';

const LIST_SIZE = 20;
/** What a cart page shows. */
export const SLATE_SIZE = 4;
/** A cart page's headline slice: carts that show this many items or fewer. */
export const SMALL_CART = 5;

/** What one method answered to every query. */
export interface Answers {
  readonly name: string;
  /** `[queries]` 1-based place of the target, Infinity when it is not in the top 20 */
  readonly ranks: Float64Array;
  /** `[queries]` the top 20 */
  readonly lists: readonly (readonly string[])[];
  /** `[queries]` the score of the first suggestion, NaN without one */
  readonly topScores: Float64Array;
}

/** Asks one method every query. @param onTick called after each query with the number answered */
export function answer(recommender: Recommender, queries: readonly Query[], onTick?: (done: number) => void): Answers {
  const ranks = new Float64Array(queries.length);
  const topScores = new Float64Array(queries.length);
  const lists = queries.map((query, i) => {
    const list = recommender.recommend(query, LIST_SIZE);
    ranks[i] = rankOf(list, query.target);
    topScores[i] = list[0]?.score ?? Number.NaN;
    onTick?.(i + 1);
    return list.slice(0, LIST_SIZE).map(({ itemId }) => itemId);
  });
  return { name: recommender.name, ranks, lists, topScores };
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
  /** `[20]` HR@1 … HR@20 */
  readonly curve: readonly number[];
  /** `[10]` share of the top 4 by popularity of the item, the least popular tenth of the catalogue first */
  readonly byPopularity4: readonly number[];
  /** what the top 4 look like to a shopper; absent without a catalogue */
  readonly looks4?: Looks;
  /** HR@10 with its 95 % interval over sessions */
  readonly hr10: Interval;
}

/** What the top 4 look like beside the cart. */
export interface Looks {
  /** share that are near-duplicates of a shown item */
  readonly nearDuplicates: number;
  /** the same by plain likeness of words, and of characters */
  readonly nearByWords: number;
  readonly nearByTrigrams: number;
  /** 0–1, 1 when no two titles on a slate share a word */
  readonly diversity: number;
  /** share by department, largest first */
  readonly byDepartment: Readonly<Record<string, number>>;
}

/** What figures are read from besides answers. */
export interface Scales {
  /** items that could be recommended */
  readonly items: number;
  /** 0–1, 1 = the most popular */
  popularityOf(itemId: string): number;
  /** absent where nothing is known of the items */
  readonly likeness?: ItemLikeness;
  /** of the queries' sessions */
  readonly resamples: Resamples;
}

export function figuresOf({ name, ranks, lists }: Answers, queries: readonly Query[], scales: Scales): MethodFigures {
  const at = Object.fromEntries(CUTOFFS.map((k) => [String(k), rankingMetrics(ranks, k)]));
  const slates = lists.map((list) => list.slice(0, SLATE_SIZE));
  const later = queries.filter((query, i) => lists[i]?.slice(0, 10).some((itemId) => query.later.includes(itemId))).length;
  return {
    method: name,
    at,
    anyLater10: later / Math.max(1, queries.length),
    coverage20: coverage(lists, scales.items),
    popularityBias20: popularityBias(lists, scales.popularityOf),
    curve: Array.from({ length: LIST_SIZE }, (_, i) => rankingMetrics(ranks, i + 1).hr),
    byPopularity4: exposureByPopularity(slates, scales.popularityOf),
    ...(scales.likeness && { looks4: looksOf(slates, queries, scales.likeness) }),
    hr10: scales.resamples.intervalOf(hitsAt(ranks, 10)),
  };
}

function looksOf(slates: readonly (readonly string[])[], queries: readonly Query[], likeness: ItemLikeness): Looks {
  const shown = queries.map((query) => query.shown);
  return {
    nearDuplicates: nearDuplicates(slates, shown, likeness.isNearDuplicate),
    nearByWords: nearDuplicates(slates, shown, likeness.isNearByWords),
    nearByTrigrams: nearDuplicates(slates, shown, likeness.isNearByTrigrams),
    diversity: diversity(slates, likeness),
    byDepartment: exposureShares(slates, likeness.departmentOf),
  };
}

/** Which figure of a query is compared. */
export interface Compared {
  readonly figure: 'HR' | 'MRR';
  readonly k: number;
}

/** Difference of two methods' hit rates or reciprocal ranks on the same queries, with its paired 95 % interval over sessions. */
export function pairedGain(
  ours: Answers,
  theirs: Answers,
  { resamples, figure, k }: Compared & { readonly resamples: Resamples },
): Interval {
  const credit = (rank: number) => (rank > k ? 0 : figure === 'HR' ? 1 : 1 / rank);
  return resamples.intervalOf(ours.ranks.map((rank, i) => credit(rank) - credit(theirs.ranks[i] as number)));
}

/** The answers to some of the queries. */
export function sliceAnswers(answers: Answers, keep: readonly number[]): Answers {
  return {
    name: answers.name,
    ranks: Float64Array.from(keep, (i) => answers.ranks[i] as number),
    lists: keep.map((i) => answers.lists[i] as readonly string[]),
    topScores: Float64Array.from(keep, (i) => answers.topScores[i] as number),
  };
}

function hitsAt(ranks: Float64Array, k: number): Float64Array {
  return ranks.map((rank) => (rank <= k ? 1 : 0));
}
