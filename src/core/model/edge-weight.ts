import type { NeighbourTable } from './neighbour-table.js';

/** The weight of the edge from one row to another, 0 when there is none. */
export function edgeWeight({ starts, rows, weights }: NeighbourTable, from: number, to: number): number {
  for (let e = starts[from] as number; e < (starts[from + 1] as number); e++) if (rows[e] === to) return weights[e] as number;
  return 0;
}
