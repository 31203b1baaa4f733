import { encodeNeighbours } from '../../core/model/neighbour-encoder.js';
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { createStrongestFirst } from './strongest-first.js';

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
  const rank = createStrongestFirst(count);
  let at = 0;
  for (let row = 1; row <= count; row++) {
    const begin = at;
    for (const other of rank(weigh(row, scratch), scratch)) {
      if (at - begin === neighbours) break;
      if (other === row || !limits.isSupported(row, other)) continue;
      rows[at] = other;
      weights[at++] = scratch[other] as number;
    }
    starts[row + 1] = at;
  }
  return { starts, rows: rows.slice(0, at), weights: weights.slice(0, at) };
}

/** Marks the edges that too few visitors support as folded: nobody may say of them that the two are often bought together. */
export function markUnsupported(table: NeighbourTable, isSupported: NeighbourLimits['isSupported']): NeighbourTable {
  const { starts, rows } = table;
  const folded = new Uint8Array(rows.length);
  for (let row = 1; row < starts.length - 1; row++) {
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++)
      folded[e] = isSupported(row, rows[e] as number) ? 0 : 1;
  }
  return folded.includes(1) ? { ...table, folded } : table;
}

/** Shortens every row's list until the table, as it ships, takes no more bytes than it may. */
export function trimToBytes(table: NeighbourTable, bytes: number): NeighbourTable {
  if (encodeNeighbours(table).length <= bytes) return table;
  // A longer list never takes fewer bytes: one more row splits a step of the Rice code in two that together are as long less 1.
  let [fits, exceeds] = [1, longestRow(table)];
  while (exceeds - fits > 1) {
    const most = (fits + exceeds) >> 1;
    if (encodeNeighbours(shorten(table, most)).length > bytes) exceeds = most;
    else fits = most;
  }
  return shorten(table, fits);
}

/** Edges of the row that has the most. */
export function longestRow({ starts }: Pick<NeighbourTable, 'starts'>): number {
  return starts.reduce((most, start, i) => Math.max(most, start - (starts[i - 1] ?? 0)), 0);
}

function shorten(table: NeighbourTable, most: number): NeighbourTable {
  return keepEdges(table, (row, edge) => edge - (table.starts[row] as number) < most);
}

/** A table of some of its edges. */
export function keepEdges(table: NeighbourTable, isKept: (row: number, edge: number) => boolean): NeighbourTable {
  const { starts, rows, weights, folded } = table;
  const kept = new Uint32Array(rows.length);
  const shorter = new Uint32Array(starts.length);
  let at = 0;
  for (let row = 1; row < starts.length - 1; row++) {
    for (let edge = starts[row] as number; edge < (starts[row + 1] as number); edge++) if (isKept(row, edge)) kept[at++] = edge;
    shorter[row + 1] = at;
  }
  const edges = kept.subarray(0, at);
  const pick = (from: { readonly [edge: number]: number }) => (edge: number) => from[edge] as number;
  return {
    starts: shorter,
    rows: edges.map(pick(rows)),
    weights: Float32Array.from(edges, pick(weights)),
    ...(folded && { folded: Uint8Array.from(edges, pick(folded)) }),
  };
}
