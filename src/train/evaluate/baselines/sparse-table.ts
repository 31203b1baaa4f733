import { bestOf } from '../recommender.js';
import type { ScoreSheet } from './session-sets.js';

/** Item → its strongest neighbours, pruned and quantised as a bundle ships it. */
export interface SparseTable {
  /** Adds a row, times a factor. */
  addRow(item: number, factor: number, sheet: Pick<ScoreSheet, 'add'>): void;
  /** sum of a row's weights */
  sumOf(item: number): number;
}

/** Neighbours kept of an item, and levels of a weight. */
const NEIGHBOURS = 20;
const LEVELS = 255;

/**
 * Builds a table row by row.
 *
 * @param rowOf writes an item's weights into `[items]` scratch, all 0 before, and returns the items that it touched
 */
export function buildSparseTable(items: number, rowOf: (item: number, into: Float64Array) => ArrayLike<number>): SparseTable {
  const scratch = new Float64Array(items);
  const starts = new Uint32Array(items + 1);
  const neighbours = new Uint32Array(items * NEIGHBOURS);
  const weights = new Float32Array(items * NEIGHBOURS);
  const sums = new Float64Array(items);
  let edge = 0;
  for (let item = 0; item < items; item++) {
    const touched = rowOf(item, scratch);
    const best = bestOf(scratch, touched, NEIGHBOURS).slice(0, NEIGHBOURS);
    const largest = scratch[best[0] ?? 0] as number;
    for (const other of best) {
      const weight = (Math.max(1, Math.round(((scratch[other] as number) / largest) * LEVELS)) * largest) / LEVELS;
      neighbours[edge] = other;
      weights[edge++] = weight;
      sums[item] = (sums[item] as number) + weight;
    }
    for (let i = 0; i < touched.length; i++) scratch[touched[i] as number] = 0;
    starts[item + 1] = edge;
  }
  return {
    addRow(item, factor, sheet) {
      const end = starts[item + 1] as number;
      for (let e = starts[item] as number; e < end; e++) sheet.add(neighbours[e] as number, factor * (weights[e] as number));
    },
    sumOf: (item) => sums[item] as number,
  };
}
