import { TillsideError } from '../errors.js';

// neighbours-*.bin and first-*.bin: magic, count, edges (u32 each, little-endian), then two streams of bits, each number's lowest bit first, each
// stream filled up to a byte. The first is the index, in a coarse file behind the base of the scales (16 bits): for every 32 rows how many bits they
// take (`blockBits`) and how many edges they have (`blockEdges`). The second has the rows 1…count: n (`count` bits) and, when n > 0, the scale
// (`scale` bits), k (`rice` bits), n neighbour rows ascending as Rice codes of the step from the one before less 1 (from 0 at first: the
// step's upper bits in unary as ones and a zero, then its k lower bits), and n levels (`level` bits):
// weight = (level + 1)² × scale, where the scale is the upper half of a float32, in a coarse file base + 16 times the number written.
// In a file with folded edges these have even levels and the others odd ones.
// At 3,800 items about 16 bits an edge and 4 bytes an item, coarse 13 bits an edge and 2 bytes an item.
/** "TLN6", fine; "TLN7", fine and folded; "TLN8" and "TLN9", the same coarse. */
export const MAGICS: readonly number[] = [0x364e4c54, 0x374e4c54, 0x384e4c54, 0x394e4c54];
export const FOLDED = 1;
export const COARSE = 2;
export const HEADER_BYTES = 12;
export const BASE_BITS = 16;
/** Rows that are found, and so read, together: an index of every row would take four times the bytes of the rest that it saves. */
export const BLOCK_ROWS = 32;

/** Bits of a row's numbers, by how many bits what is written of a scale is shifted, and bits of the index. */
export type Widths = readonly [
  count: number,
  scale: number,
  rice: number,
  level: number,
  shift: number,
  blockBits: number,
  blockEdges: number,
];

/** @param kind place in `MAGICS` */
export function widthsOf(kind: number): Widths {
  return kind & COARSE ? [3, 8, 4, 4 + (kind & FOLDED), 4, 13, 8] : [8, 16, 5, 7, 0, 19, 13];
}

/** Bytes of the index and what is before it. */
export function indexEnd(kind: number, count: number): number {
  const [, , , , , blockBits, blockEdges] = widthsOf(kind);
  const bits = (kind & COARSE ? BASE_BITS : 0) + Math.ceil(count / BLOCK_ROWS) * (blockBits + blockEdges);
  return HEADER_BYTES + Math.ceil(bits / 8);
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
