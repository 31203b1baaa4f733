import type { NeighbourTable } from './neighbour-table.js';

/** A weighted set of rows. */
interface Query {
  readonly rows: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** One hop: the weighted sum, over the given items, of their co-purchase weight with every item. Overwrites `into`, `[count + 1]`. */
export function sumLift(table: NeighbourTable, query: Query, into: Float32Array): Float32Array {
  const { starts, rows, weights, read } = table;
  into.fill(0);
  for (let i = 0; i < query.rows.length; i++) {
    const row = query.rows[i] as number;
    read?.(row);
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      const neighbour = rows[e] as number;
      into[neighbour] = (into[neighbour] as number) + (query.weights[i] as number) * (weights[e] as number);
    }
  }
  return into;
}

/** One hop: the largest co-purchase weight that any of the given items has with every item. Overwrites `into`, `[count + 1]`. */
export function maxLift(table: NeighbourTable, queryRows: ArrayLike<number>, into: Float32Array): Float32Array {
  const { starts, rows, weights, read } = table;
  into.fill(0);
  for (let i = 0; i < queryRows.length; i++) {
    const row = queryRows[i] as number;
    read?.(row);
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      const neighbour = rows[e] as number;
      into[neighbour] = Math.max(into[neighbour] as number, weights[e] as number);
    }
  }
  return into;
}
