import type { Activate } from './activate.js';
import { type LayerSite, packColumns, weightOf } from './layer-site.js';

/** One step: reads the input and `h` beside it, writes `h` (and `c`) anew. */
export type Cell = () => void;

/** Where a cell works, as byte offsets; `units` are a multiple of 8, those beyond the layer's own never matter. */
export interface CellSite {
  readonly site: LayerSite;
  readonly features: number;
  readonly units: number;
  /** the layer's own, ≤ `units` */
  readonly own: number;
  /** `[features + units]`: a step's input, then `h` */
  readonly x: number;
  /** `[units]` after `h`: the LSTM's memory */
  readonly c: number;
  readonly activate: Activate | undefined;
  readonly gate: Activate | undefined;
}

/** @see Hochreiter and Schmidhuber 1997; Keras's order of gates: input, forget, candidate, output */
export function lstmCell(cell: CellSite): Cell {
  const { site, features, units, x, c, activate, gate } = cell;
  const gates = gatesOf(cell, { from: 0, count: 4 });
  const { memory } = site;
  const { z } = gates;
  const size = units * 4;
  const h = x / 4 + features;
  return () => {
    gates.run();
    gate?.(z, 2 * units);
    activate?.(z + 2 * size, units);
    gate?.(z + 3 * size, units);
    const floats = memory.floats();
    const i = z / 4;
    for (let j = 0; j < units; j++) {
      const kept = (floats[i + units + j] as number) * (floats[c / 4 + j] as number);
      const value = kept + (floats[i + j] as number) * (floats[i + 2 * units + j] as number);
      floats[c / 4 + j] = value;
      floats[i + j] = value;
    }
    activate?.(z, units);
    for (let j = 0; j < units; j++) floats[h + j] = (floats[i + 3 * units + j] as number) * (floats[i + j] as number);
  };
}

/** @see Cho et al. 2014, https://arxiv.org/abs/1406.1078: the reset gate comes before the product; Keras's order: update, reset, candidate */
export function gruCell(cell: CellSite): Cell {
  const { site, features, units, x, c, activate, gate } = cell;
  const gates = gatesOf(cell, { from: 0, count: 2 });
  const candidate = gatesOf(cell, { from: 2, count: 1 });
  const { memory } = site;
  const h = x / 4 + features;
  const before = c / 4;
  return () => {
    gates.run();
    gate?.(gates.z, 2 * units);
    const floats = memory.floats();
    const z = gates.z / 4;
    floats.copyWithin(before, h, h + units);
    for (let j = 0; j < units; j++) floats[h + j] = (floats[h + j] as number) * (floats[z + units + j] as number);
    candidate.run();
    activate?.(candidate.z, units);
    for (let j = 0; j < units; j++) {
      const update = floats[z + j] as number;
      floats[h + j] = update * (floats[before + j] as number) + (1 - update) * (floats[candidate.z / 4 + j] as number);
    }
  };
}

/** `count` gates of a cell in one product: their columns of the kernel, below them those of the recurrent kernel. */
function gatesOf({ site, features, units, own, x }: CellSite, { from, count }: { from: number; count: number }) {
  const { memory } = site;
  const { kernels } = memory;
  const kernel = weightOf(site, 'kernel') as Float32Array;
  const recurrent = weightOf(site, 'recurrent_kernel') as Float32Array;
  const bias = weightOf(site, 'bias') ?? new Float32Array();
  const all = kernel.length / features;
  const block = kernels.vectorBlock;
  const columns = Math.ceil((count * units) / block) * block;
  /** @returns where a padded column lies among the layer's own, -1 where it is padding */
  const columnOf = (column: number): number => {
    const unit = column % units;
    return unit < own && column < count * units ? (from + Math.floor(column / units)) * own + unit : -1;
  };
  const valueAt = (row: number, column: number): number => {
    const place = columnOf(column);
    if (place < 0 || row >= features + own) return 0;
    return (row < features ? kernel[row * all + place] : recurrent[(row - features) * all + place]) as number;
  };
  const rows = features + units;
  const w = memory.place(packColumns(rows, { columns, block, valueAt }));
  const b = memory.place(Float32Array.from({ length: columns }, (_, column) => bias[columnOf(column)] ?? 0));
  const z = memory.allocate(columns * 4);
  return { z, run: () => kernels.multiplyVector(x, rows, columns, w, b, z) };
}
