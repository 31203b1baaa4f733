import type { NeighbourTable } from '../../src/core/model/neighbour-table.js';

/** Row r of 40 has the rows after it as neighbours, the nearest strongest. */
export function aNeighbourTable(size: number): NeighbourTable {
  const count = 40;
  const lists = Array.from({ length: count }, (_, i) => Array.from({ length: size }, (_, n) => ((i + n + 1) % count) + 1));
  const starts = new Uint32Array(count + 2);
  lists.forEach((list, i) => {
    starts[i + 2] = (starts[i + 1] as number) + list.length;
  });
  const weights = Float32Array.from(lists.flatMap((list) => list.map((_, n) => 1 / (n + 1))));
  return { starts, rows: Uint32Array.from(lists.flat()), weights };
}

/** The rows that a row's edges lead to. */
export const neighboursOf = ({ starts, rows }: NeighbourTable, row: number) => [...rows.subarray(starts[row], starts[row + 1])];
