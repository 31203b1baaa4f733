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

/** The bits of the nearest float16 of each value. @see IEEE 754-2019, binary16 */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.slice().buffer);
  return Uint16Array.from(bits, (word) => {
    const sign = (word >>> 16) & 0x8000;
    const magnitude = word & 0x7fffffff;
    if (magnitude >= HALF_OVERFLOW) return sign | HALF_MAX;
    if (magnitude < HALF_SMALLEST_NORMAL) return sign; // too small to matter in a weight
    // half to even: add just under half of the last kept place, and its lowest bit
    const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
    return sign | Math.min(HALF_MAX, (rounded - HALF_SMALLEST_NORMAL + 0x800000) >>> 13 & 0x7fff);
  });
}
