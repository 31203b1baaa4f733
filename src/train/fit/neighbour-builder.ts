import type { NeighbourTable } from '../../core/model/neighbour-table.js';

export interface NeighbourLimits {
  /** items, without row 0 */
  readonly count: number;
  /** most neighbours kept of one item */
  readonly neighbours: number;
  /** whether enough distinct visitors had both rows */
  isSupported(row: number, other: number): boolean;
}

/** Fills `into[1…count]` with a row's weight for every other row and returns the rows that it set. */
export type WeighNeighbours = (row: number, into: Float32Array) => Iterable<number>;

/** Keeps each row's strongest supported neighbours. The same weights always give the same table: ties go to the more popular row. */
export function buildNeighbours(limits: NeighbourLimits, weigh: WeighNeighbours): NeighbourTable {
  const { count, neighbours } = limits;
  const starts = new Uint32Array(count + 2);
  const rows = new Uint32Array(count * neighbours);
  const weights = new Float32Array(count * neighbours);
  const scratch = new Float32Array(count + 1);
  let at = 0;
  for (let row = 1; row <= count; row++) {
    const touched: number[] = [];
    for (const other of weigh(row, scratch)) if (other !== row && (scratch[other] as number) > 0) touched.push(other);
    touched.sort((a, b) => (scratch[b] as number) - (scratch[a] as number) || a - b);
    const begin = at;
    for (const other of touched) {
      if (at - begin === neighbours) break;
      if (!limits.isSupported(row, other)) continue;
      rows[at] = other;
      weights[at++] = scratch[other] as number;
    }
    starts[row + 1] = at;
  }
  return { starts, rows: rows.slice(0, at), weights: weights.slice(0, at) };
}
