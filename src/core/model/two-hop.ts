import type { NeighbourTable } from './neighbour-table.js';

/**
 * Weight of the second hop by kind of log, chosen on validation data. Browsing: 0.5–1.5 are near-equal. Carts: EASE's weights already
 * account for indirect neighbours, and any second hop costs hit rate.
 */
export const SECOND_HOP = { carts: 0, sessions: 0.5 } as const;

/**
 * Scores every item by its co-purchase with a weighted set of rows (0 and repeats are allowed). Overwrites `into`, `[count + 1]`,
 * and returns it.
 */
export type TwoHop = (rows: ArrayLike<number>, weights: ArrayLike<number>, into: Float32Array) => Float32Array;

/**
 * Makes the two-hop scorer of a table T: q′ · T with q′ = q + secondHop · q · T̂, where T̂ is T with rows that sum to 1. It keeps its own
 * scratch: a call allocates nothing, and calls must not overlap.
 */
export function createTwoHop(table: NeighbourTable, secondHop: number = SECOND_HOP.sessions): TwoHop {
  const { starts, rows: neighbours, weights: edges, read } = table;
  const length = starts.length - 1;
  const spread = new Float32Array(length);
  const sums = new Float32Array(length); // 0 where it was not asked for yet
  const sumOf = (row: number): number => {
    read?.(row);
    sums[row] ||= edges.subarray(starts[row], starts[row + 1]).reduce((sum, weight) => sum + weight, 0);
    return sums[row] as number;
  };
  const addEdges = (row: number, factor: number, into: Float32Array): void => {
    read?.(row);
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      const neighbour = neighbours[e] as number;
      into[neighbour] = (into[neighbour] as number) + factor * (edges[e] as number);
    }
  };
  return (rows, weights, into) => {
    spread.fill(0);
    into.fill(0);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const weight = weights[i] as number;
      spread[row] = (spread[row] as number) + weight;
      if (secondHop > 0 && sumOf(row) > 0) addEdges(row, (secondHop * weight) / sumOf(row), spread);
    }
    for (let row = 1; row < length; row++) {
      if (spread[row] !== 0) addEdges(row, spread[row] as number, into);
    }
    return into;
  };
}
