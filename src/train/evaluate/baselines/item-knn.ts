import type { Recommender } from '../recommender.js';
import { createScoreSheet, type SessionSets, shownItems } from './session-sets.js';

/** How one kind of item neighbourhood counts. */
export interface ItemKnn {
  readonly name: string;
  /** weight of a session of `size` distinct items */
  weightOf(size: number): number;
  /** @param shared weighted sessions that hold both @param own sessions that hold the shown item @param other those that hold its neighbour */
  similarity(shared: number, own: number, other: number): number;
}

interface Neighbours {
  readonly items: Uint32Array;
  readonly scores: Float32Array;
}

/** Recommends the neighbours of what is shown, their similarities added up. Neighbours are counted when first asked for. */
export function createItemKnn(sets: SessionSets, kind: ItemKnn): Recommender {
  const known = new Map<number, Neighbours>();
  const sheet = createScoreSheet(sets);
  const sums = new Float64Array(sets.itemIds.length);
  return {
    name: kind.name,
    recommend(query, k) {
      for (const item of shownItems(sets, query)) {
        const neighbours = known.get(item) ?? countNeighbours(sets, item, { ...kind, sums });
        known.set(item, neighbours);
        sheet.addAll(neighbours.items, neighbours.scores);
      }
      return sheet.finish(query, k);
    },
  };
}

interface Counting extends Omit<ItemKnn, 'name'> {
  /** all zero before and after */
  readonly sums: Float64Array;
}

function countNeighbours(sets: SessionSets, item: number, { weightOf, similarity, sums }: Counting): Neighbours {
  const touched: number[] = [];
  for (const session of sets.sessionsOf(item)) {
    const others = sets.itemsOf(session);
    const weight = weightOf(others.length);
    for (let i = 0; i < others.length; i++) {
      const other = others[i] as number;
      if (other === item) continue;
      if (sums[other] === 0) touched.push(other);
      sums[other] = (sums[other] as number) + weight;
    }
  }
  const items = Uint32Array.from(touched);
  const own = sets.sessionsOf(item).length;
  const scores = Float32Array.from(touched, (other) => similarity(sums[other] as number, own, sets.sessionsOf(other).length));
  for (const other of touched) sums[other] = 0;
  return { items, scores };
}
