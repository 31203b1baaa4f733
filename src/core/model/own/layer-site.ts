import { TillsideError } from '../../errors.js';
import type { ItemTable } from '../item-table.js';
import type { Memory } from './memory.js';
import { unpackWeight, type PackedWeight } from './read-weights.js';
import type { Tensor } from './tensor.js';

/** Where a layer stands: what it reads, writes and weighs by. */
export interface LayerSite {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly memory: Memory;
  /** by its name within the layer: "kernel" */
  readonly weights: ReadonlyMap<string, PackedWeight>;
  /** takes the tables of bytes that a layer places */
  readonly tables: PlacedTable[];
}

/** A table of bytes in the memory: the item table is one. */
export type PlacedTable = Omit<ItemTable, 'bytes'> & { readonly at: number };

/** Computes a layer's output of its inputs, as they are in this call. */
export type LayerRun = () => void;

/** Unpacks a weight; one that a layer does without is nothing. */
export function weightOf({ weights }: LayerSite, name: string): Float32Array | undefined {
  const weight = weights.get(name);
  return weight && unpackWeight(weight);
}

/** The shape of a weight that every layer of the kind has; two sides. */
export function shapeOf({ weights }: LayerSite, name: string): readonly [number, number] {
  return (weights.get(name) as PackedWeight).spec.shape as [number, number];
}

/** The error of a layer that only TF.js runs. */
export function unsupported({ name, className }: LayerSite, what: string): TillsideError {
  return new TillsideError(
    'runtime-unavailable',
    `tillside's own runtime does not run layer "${name}" (${className}${what}). With the runtime "auto" or "tfjs", TF.js does.`,
  );
}

/** Blocks of columns, `[columns / block, rows, block]`, as kernels read weights; what lies beyond the columns is 0. */
export function packColumns(
  rows: number,
  { columns, block, valueAt }: { columns: number; block: number; valueAt(row: number, column: number): number },
): Float32Array {
  const wide = Math.ceil(columns / block) * block;
  const packed = new Float32Array(rows * wide);
  let at = 0;
  for (let from = 0; from < wide; from += block) {
    for (let row = 0; row < rows; row++) {
      for (let column = from; column < from + block; column++) packed[at++] = column < columns ? valueAt(row, column) : 0;
    }
  }
  return packed;
}
