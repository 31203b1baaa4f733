// In: sparse carts, what weighs them, and the edges that need no pool. Out: these edges and, pooled, those that too few visitors had. Runs in Node.
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import type { WeighOf } from './content-strength.js';
import type { ItemSessions } from './item-sessions.js';
import { buildNeighbours } from './neighbour-builder.js';
import { type EdgePooling, MOST_EDGES, poolEdges } from './pooled-edges.js';

export interface CartPooling extends Omit<EdgePooling, 'weighOf'> {
  readonly weighOf: WeighOf;
  /** edges that enough visitors had, or whose ends are described alike: they keep their weights */
  readonly supported: NeighbourTable;
}

/** Pools the edges of carts that too few visitors had, beside those that need no pool. */
export function poolCartEdges(sessions: ItemSessions, { weighOf, supported, ...pooling }: CartPooling): NeighbourTable {
  const pooled = poolEdges(sessions, {
    ...pooling,
    weighOf: (counted, counts) => weighOf(counted, { counts, popularity: Float64Array.from(counts) }),
  });
  const limits = { count: pooling.count, neighbours: MOST_EDGES + (pooling.neighbours ?? 0), isSupported: () => true };
  return buildNeighbours(limits, (row, into) => {
    const found = new Set<number>();
    for (const { starts, rows, weights } of [pooled, supported]) {
      for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
        into[rows[e] as number] = weights[e] as number;
        found.add(rows[e] as number);
      }
    }
    return found;
  });
}
