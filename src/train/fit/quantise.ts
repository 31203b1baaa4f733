import type { ItemTable } from '../../core/model/item-table.js';

const LEVELS = 255;

/** Quantises item embeddings to bytes: value ≈ byte · scale + min, off by at most scale / 2. @param values `[count + 1, dim]` */
export function quantise(values: Float32Array, { count, dim }: { count: number; dim: number }): ItemTable {
  let min = 0;
  let max = 0;
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const scale = max > min ? (max - min) / LEVELS : 1;
  const bytes = Uint8Array.from(values, (value) => Math.max(0, Math.min(LEVELS, Math.round((value - min) / scale))));
  return { count, dim, scale, min, bytes };
}

/** The values that a device sees. @returns `[count + 1, dim]` */
export function dequantise({ bytes, scale, min }: ItemTable): Float32Array {
  return Float32Array.from(bytes, (byte) => byte * scale + min);
}
