import { rowActivationOf } from './activate.js';
import { MATRIX_BLOCK } from './kernels.js';
import { type LayerRun, type LayerSite, packColumns, shapeOf, unsupported, weightOf } from './layer-site.js';
import { unpackWeight } from './read-weights.js';
import { countOf, shapeTensor, type Tensor } from './tensor.js';

/** Rows of a table by number; a table of bytes stays one, and each row is unpacked as it is read. */
export function embeddingLayer(site: LayerSite): LayerRun {
  const { config, inputs, output, memory, weights } = site;
  const table = weights.get('embeddings');
  if (!table || config.mask_zero === true) throw unsupported(site, ' with a mask');
  const input = inputs[0] as Tensor;
  const [rows, dim] = table.spec.shape as [number, number];
  const isPacked = table.spec.quantization?.dtype === 'uint8';
  const { scale = 1, min = 0 } = (isPacked && table.spec.quantization) || {};
  const at = memory.place(isPacked ? table.bytes : unpackWeight(table));
  if (isPacked) site.tables.push({ at, count: rows - 1, dim, scale, min });
  return () => {
    const count = countOf(input.shape);
    shapeTensor(output, [...input.shape, dim], memory);
    const floats = memory.floats();
    const values: ArrayLike<number> = isPacked ? memory.bytes() : floats;
    const start = isPacked ? at : at / 4;
    for (let i = 0, to = output.at / 4; i < count; i++) {
      const row = floats[input.at / 4 + i] as number;
      const from = start + Math.min(Math.max(row, 0), rows - 1) * dim;
      for (let d = 0; d < dim; d++) floats[to++] = (values[from + d] as number) * scale + min;
    }
  };
}

/** `[…, k]` → `[…, units]`. */
export function denseLayer(site: LayerSite): LayerRun {
  const { output, memory } = site;
  const input = site.inputs[0] as Tensor;
  const [rows, columns] = shapeOf(site, 'kernel');
  const kernel = weightOf(site, 'kernel') as Float32Array;
  const valueAt = (row: number, column: number): number => kernel[row * columns + column] as number;
  const w = memory.place(packColumns(rows, { columns, block: MATRIX_BLOCK, valueAt }));
  const bias = new Float32Array(columns + MATRIX_BLOCK);
  bias.set(weightOf(site, 'bias') ?? []);
  const b = memory.place(bias);
  const activate = rowActivationOf(site);
  return () => {
    const count = countOf(input.shape) / rows;
    shapeTensor(output, [...input.shape.slice(0, -1), columns], memory);
    memory.kernels.multiply(input.at, count, rows, columns, w, b, output.at);
    activate?.(output.at, count * columns, columns);
  };
}

/** An activation by itself; the input is another layer's to read again, so it is copied. */
export function activationLayer(site: LayerSite): LayerRun {
  const { inputs, output, memory } = site;
  const input = inputs[0] as Tensor;
  const activate = rowActivationOf(site);
  return () => {
    const count = countOf(input.shape);
    shapeTensor(output, input.shape, memory);
    memory.floats().copyWithin(output.at / 4, input.at / 4, input.at / 4 + count);
    activate?.(output.at, count, input.shape.at(-1) as number);
  };
}

/** Dropout rests when it is not trained: the output is the input. */
export function dropoutLayer({ inputs, output }: LayerSite): LayerRun {
  const input = inputs[0] as Tensor;
  return () => {
    output.at = input.at;
    output.shape = input.shape;
  };
}
