import type { NeighbourTable } from './neighbour-table.js';

/** The edge from one row to another, and whether too few visitors show it to say so; `undefined` when there is none. */
export function findEdge(
  { starts, rows, weights, folded, read }: NeighbourTable,
  from: number,
  to: number,
): { readonly weight: number; readonly isFolded: boolean } | undefined {
  read?.(from);
  for (let e = starts[from] as number; e < (starts[from + 1] as number); e++)
    if (rows[e] === to) return { weight: weights[e] as number, isFolded: folded?.[e] === 1 };
  return undefined;
}
