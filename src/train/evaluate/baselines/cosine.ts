import type { Recommender } from '../recommender.js';
import { createScoreSheet, type SessionSets, shownItems } from './session-sets.js';

interface Neighbours {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

/** Item-item cosine over all sessions, summed over what is shown. @see Sarwar et al. 2001 */
export function createCosine(sets: SessionSets): Recommender {
  return createWeighted('cosine', sets, () => 1);
}

/** The same with each session of m items weighted 1/√(m − 1), so wholesale baskets do not drown the ordinary ones. */
export function createWeightedCosine(sets: SessionSets): Recommender {
  return createWeighted('cosine-weighted', sets, (size) => 1 / Math.sqrt(Math.max(1, size - 1)));
}

function createWeighted(name: string, sets: SessionSets, weightOf: (size: number) => number): Recommender {
  const known = new Map<number, Neighbours>();
  const sheet = createScoreSheet(sets);
  const sums = new Float64Array(sets.itemIds.length);
  const neighboursOf = (item: number): Neighbours => {
    const kept = known.get(item) ?? countNeighbours(sets, item, { weightOf, sums });
    known.set(item, kept);
    return kept;
  };
  return {
    name,
    recommend(query, k) {
      for (const item of shownItems(sets, query)) {
        const { items, scores } = neighboursOf(item);
        for (let i = 0; i < items.length; i++) sheet.add(items[i] as number, scores[i] as number);
      }
      return sheet.finish(query, k);
    },
  };
}

interface Counting {
  weightOf(size: number): number;
  /** all zero before and after */
  readonly sums: Float64Array;
}

function countNeighbours(sets: SessionSets, item: number, { weightOf, sums }: Counting): Neighbours {
  const touched: number[] = [];
  for (const session of sets.sessionsOf(item)) {
    const others = sets.itemsOf(session);
    const weight = weightOf(others.length);
    for (const other of others) {
      if (other === item) continue;
      if (sums[other] === 0) touched.push(other);
      sums[other] = (sums[other] as number) + weight;
    }
  }
  const items = Uint32Array.from(touched);
  const own = sets.sessionsOf(item).length;
  const scores = Float32Array.from(touched, (other) => (sums[other] as number) / Math.sqrt(own * sets.sessionsOf(other).length));
  for (const other of touched) sums[other] = 0;
  return { items, scores };
}
