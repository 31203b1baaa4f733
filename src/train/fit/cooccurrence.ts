import { indexOccurrences } from './item-occurrences.js';
import type { ItemSessions } from './item-sessions.js';
import type { WeighNeighbours } from './neighbour-builder.js';

export interface CooccurrenceShape {
  /** steps over which the weight of a pair falls by e; `Infinity` where order says little (carts) */
  readonly gapSteps: number;
  /** weight of a pair read against its order */
  readonly backward: number;
  /** most steps between the two items of a pair */
  readonly reach: number;
  /** power of the source item's popularity that divides a weight */
  readonly sourcePower: number;
  /** power of the target item's popularity that divides a weight */
  readonly targetPower: number;
}

/** Browsing: near steps count, and rather forward. */
export const SESSION_COOCCURRENCE: CooccurrenceShape = {
  gapSteps: 3,
  backward: 0.8,
  reach: 15,
  sourcePower: 0.75,
  targetPower: 0.1,
};

/** Carts: every pair counts alike. `reach` keeps a wholesaler's basket from costing its square. */
export const CART_COOCCURRENCE: CooccurrenceShape = {
  gapSteps: Infinity,
  backward: 1,
  reach: 100,
  sourcePower: 0.5,
  targetPower: 0.5,
};

/**
 * Weighs a row's neighbours by decayed co-occurrence: Σ decay · length^-½ · e^(-(gap-1)/gapSteps) over the pairs of all
 * sessions, divided by powers of both items' counts. Works row by row, so memory does not grow with the number of pairs.
 */
export function createCooccurrence(sessions: ItemSessions, counts: ArrayLike<number>, shape: CooccurrenceShape): WeighNeighbours {
  const occurrences = indexOccurrences(sessions, counts.length - 1);
  const byGap = Float64Array.from({ length: shape.reach + 1 }, (_, gap) => Math.exp(-(gap - 1) / shape.gapSteps));
  const targetScale = Float64Array.from(counts, (count) => (count > 0 ? count ** -shape.targetPower : 0));
  const rowsSet = new Uint32Array(counts.length);
  const seenAt = new Uint32Array(counts.length);
  let calls = 0;
  return (row, into) => {
    let set = 0;
    calls++;
    for (let o = occurrences.starts[row] as number; o < (occurrences.starts[row + 1] as number); o++) {
      const place = occurrences.places[o] as number;
      const session = occurrences.sessions[o] as number;
      const begin = sessions.starts[session] as number;
      const end = sessions.starts[session + 1] as number;
      const weight = (sessions.decay[session] as number) / Math.sqrt(end - begin);
      for (let other = Math.max(begin, place - shape.reach); other < Math.min(end, place + shape.reach + 1); other++) {
        const target = sessions.rows[other] as number;
        if (target === row) continue;
        if (seenAt[target] !== calls) {
          seenAt[target] = calls;
          rowsSet[set++] = target;
          into[target] = 0;
        }
        const gap = byGap[Math.abs(other - place)] as number;
        into[target] = (into[target] as number) + weight * gap * (other < place ? shape.backward : 1);
      }
    }
    const found = rowsSet.subarray(0, set);
    const sourceScale = (counts[row] as number) ** -shape.sourcePower;
    for (const target of found) into[target] = (into[target] as number) * sourceScale * (targetScale[target] as number);
    return found;
  };
}
