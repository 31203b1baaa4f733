import { TillsideError } from '../errors.js';

// neighbours-*.bin and first-*.bin: magic, count, edges (u32 each, little-endian), then one stream of bits, each number's lowest bit first.
// A coarse file's stream begins with the base of its scales (16 bits). For every row 1…count: n (`count` bits) and, when n > 0, the scale
// (`scale` bits), k (`rice` bits), n neighbour rows ascending as Rice codes of the step from the one before less 1 (from 0 at first: the
// step's upper bits in unary as ones and a zero, then its k lower bits), and n levels (`level` bits):
// weight = (level + 1)² × scale, where the scale is the upper half of a float32, in a coarse file base + 16 times the number written.
// In a file with folded edges these have even levels and the others odd ones.
// At 3,800 items about 16 bits an edge and 4 bytes an item, coarse 13 bits an edge and 2 bytes an item.
/** "TLN2", fine; "TLN3", fine and folded; "TLN4" and "TLN5", the same coarse. */
export const MAGICS: readonly number[] = [0x324e4c54, 0x334e4c54, 0x344e4c54, 0x354e4c54];
export const FOLDED = 1;
export const COARSE = 2;
export const HEADER_BYTES = 12;
export const BASE_BITS = 16;

/** Bits of a row's numbers, and by how many bits what is written of a scale is shifted. */
export type Widths = readonly [count: number, scale: number, rice: number, level: number, shift: number];

/** @param kind place in `MAGICS` */
export function widthsOf(kind: number): Widths {
  return kind & COARSE ? [3, 8, 4, 4 + (kind & FOLDED), 4] : [8, 16, 5, 7, 0];
}

const float = new DataView(new ArrayBuffer(4));

/** The upper half of a float32's bits, rounded up so that no weight passes the largest level. */
export function toHalfScale(scale: number): number {
  float.setFloat32(0, scale);
  const half = float.getUint16(0);
  return fromHalfScale(half) < scale ? half + 1 : half;
}

export function fromHalfScale(half: number): number {
  float.setUint32(0, half * 0x10000);
  return float.getFloat32(0);
}

export function invalid(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's neighbour table is invalid: ${what}. Train the bundle again.`);
}
