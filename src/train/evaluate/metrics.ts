import type { ScoredItem } from './recommender.js';

/** Cut-offs at which ranking metrics are read; 4 is what a cart page shows. */
export const CUTOFFS = [4, 5, 10, 20] as const;

/** Metrics of one target a query, at one cut-off; each 0–1. */
export interface RankingMetrics {
  /** hit rate: share of queries with the target in the top k */
  readonly hr: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** mean reciprocal rank */
  readonly mrr: number;
  readonly ndcg: number;
}

/**
 * 1-based place of the target, the mean of the places that tie with it; Infinity when it is not in the list. The order of the list counts,
 * not its scores: the rules of a slate may put an item before one that scores higher.
 *
 * @param list best first, with all that tie with the last
 */
export function rankOf(list: readonly ScoredItem[], target: string): number {
  const at = list.findIndex(({ itemId }) => itemId === target);
  const score = list[at]?.score;
  if (score === undefined) return Number.POSITIVE_INFINITY;
  let first = at;
  let last = at;
  while (list[first - 1]?.score === score) first--;
  while (list[last + 1]?.score === score) last++;
  return (first + last) / 2 + 1;
}

/** @param ranks 1-based, one a query; Infinity is a miss */
export function rankingMetrics(ranks: ArrayLike<number>, k: number): RankingMetrics {
  let hits = 0;
  let reciprocal = 0;
  let gain = 0;
  for (let i = 0; i < ranks.length; i++) {
    const rank = ranks[i] as number;
    if (rank > k) continue;
    hits++;
    reciprocal += 1 / rank;
    gain += 1 / Math.log2(1 + rank);
  }
  const n = Math.max(1, ranks.length);
  const hr = hits / n;
  const precision = hr / k;
  return {
    hr,
    precision,
    recall: hr,
    f1: hr === 0 ? 0 : (2 * precision * hr) / (precision + hr),
    mrr: reciprocal / n,
    ndcg: gain / n,
  };
}

/** Share of the catalogue that appears in any of the lists. */
export function coverage(lists: readonly (readonly string[])[], items: number): number {
  const seen = new Set<string>();
  for (const list of lists) for (const itemId of list) seen.add(itemId);
  return items === 0 ? 0 : Math.min(1, seen.size / items);
}

/** Mean popularity of what is recommended, 0–1: 1 recommends only the most popular item, 0.5 is a draw over the catalogue. */
export function popularityBias(lists: readonly (readonly string[])[], popularityOf: (itemId: string) => number): number {
  let sum = 0;
  let count = 0;
  for (const list of lists) {
    for (const itemId of list) sum += popularityOf(itemId);
    count += list.length;
  }
  return count === 0 ? 0 : sum / count;
}
