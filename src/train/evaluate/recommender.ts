import type { Query } from './query.js';

export interface ScoredItem {
  readonly itemId: string;
  readonly score: number;
}

/** Anything that answers a query with a ranking: a bundle or a baseline. */
export interface Recommender {
  readonly name: string;
  /** whether own purchases change its answers */
  readonly usesHistory?: boolean;
  /** What a page's rules keep off every slate of a query, besides what the query itself rules out. */
  keepsOff?(query: Query): (itemId: string) => boolean;
  /** The best k items that the query does not rule out, best first, followed by all that tie with the k-th. */
  recommend(query: Query, k: number): readonly ScoredItem[];
}

/**
 * The best k of a score table and all that tie with the k-th; items that score 0 are not answers.
 *
 * @param touched indices that may score above 0; the others are not looked at
 */
export function bestOf(scores: Float64Array, touched: ArrayLike<number>, k: number): number[] {
  const least = leastOfBest(scores, touched, k);
  const candidates: number[] = [];
  for (let i = 0; i < touched.length; i++) {
    const item = touched[i] as number;
    const score = scores[item] as number;
    if (score > 0 && score >= least) candidates.push(item);
  }
  return candidates.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}

/** The k-th best score, 0 where fewer are above 0. Sorting thousands of items for the best twenty is most of what a baseline costs. */
function leastOfBest(scores: Float64Array, touched: ArrayLike<number>, k: number): number {
  // the best so far, ascending behind the zeros that they displace
  const best = new Float64Array(Math.min(k, touched.length));
  for (let i = 0; i < touched.length; i++) {
    const score = scores[touched[i] as number] as number;
    if (!(score > (best[0] as number))) continue;
    let place = 0;
    for (; place + 1 < best.length && (best[place + 1] as number) < score; place++) best[place] = best[place + 1] as number;
    best[place] = score;
  }
  return best[0] ?? 0;
}

/** Items asked for beyond k, as a factor: rules take some away. */
const SPARE = 3;

/** A method whose answers pass the rules of another's pages: what may not be shown takes no place and can be no hit. */
export function underRulesOf(ruler: Recommender, method: Recommender): Recommender {
  return {
    ...method,
    recommend(query, k) {
      const isOff = ruler.keepsOff?.(query);
      if (isOff === undefined) return method.recommend(query, k);
      const kept = method.recommend(query, SPARE * k).filter(({ itemId }) => !isOff(itemId));
      const last = kept[k - 1];
      return last === undefined ? kept : kept.filter(({ score }, place) => place < k || score === last.score);
    },
  };
}
