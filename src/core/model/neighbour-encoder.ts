// In: a neighbour table. Out: the file that a browser reads, and what each row of it costs.
import {
  BASE_BITS,
  BLOCK_ROWS,
  COARSE,
  FOLDED,
  fromHalfScale,
  HEADER_BYTES,
  indexEnd,
  invalid,
  MAGICS,
  toHalfScale,
  type Widths,
  widthsOf,
} from './neighbour-format.js';
import type { NeighbourTable } from './neighbour-table.js';
import { cheapestRice, riceBits } from './rice-code.js';

const [FINE_COUNT, FINE_SCALE, FINE_RICE, FINE_LEVEL] = widthsOf(0);
/** Bits that are written at once. */
const WORD_BITS = 24;

/**
 * Writes `neighbours-*.bin`, and coarse `first-*.bin`. A weight is off by at most 1 % of its row's largest (2 % where edges are folded, coarse 10 %), a
 * small one by less. A coarse file writes a row whose largest weight is under 2⁻³⁰ of the table's with that.
 *
 * @throws {TillsideError} `model-invalid` for more than 255 neighbours (7 in a coarse file), one twice, or a weight that is not positive and finite
 */
export function encodeNeighbours(table: NeighbourTable, { isCoarse = false } = {}): Uint8Array {
  const count = table.starts.length - 2;
  const [index, bits] = [createBitWriter(), createBitWriter()];
  const kind = (isCoarse ? COARSE : 0) | (table.folded ? FOLDED : 0);
  const widths = widthsOf(kind);
  const base = isCoarse ? baseOf(table, widths) : 0;
  if (isCoarse) index.write(base, BASE_BITS);
  for (let row = 1; row <= count; ) {
    const [first, begin] = [row, bits.length()];
    for (const end = Math.min(count + 1, row + BLOCK_ROWS); row < end; row++) encodeRow(table, row, { bits, base, widths });
    indexBlock(index, widths, [bits.length() - begin, (table.starts[row] as number) - (table.starts[first] as number)]);
  }
  const stream = bits.toBytes();
  const body = indexEnd(kind, count);
  const out = new Uint8Array(body + stream.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGICS[kind] as number, true);
  view.setUint32(4, count, true);
  view.setUint32(8, table.rows.length, true);
  out.set(index.toBytes(), HEADER_BYTES);
  out.set(stream, body);
  return out;
}

type BitWriter = ReturnType<typeof createBitWriter>;

function createBitWriter() {
  let bytes = new Uint8Array(1 << 16);
  let used = 0;
  const write = (value: number, width: number): void => {
    if (used + width > 8 * bytes.length) {
      const grown = new Uint8Array(2 * bytes.length);
      grown.set(bytes);
      bytes = grown;
    }
    for (let written = 0; written < width; ) {
      const offset = used & 7;
      bytes[used >> 3] = (bytes[used >> 3] as number) | ((value >>> written) << offset);
      const step = Math.min(8 - offset, width - written);
      written += step;
      used += step;
    }
  };
  return {
    /** @param value of at most `width` bits */
    write,
    writeUnary(value: number): void {
      let ones = value;
      for (; ones >= WORD_BITS; ones -= WORD_BITS) write(2 ** WORD_BITS - 1, WORD_BITS);
      write(2 ** ones - 1, ones + 1);
    },
    length: () => used,
    toBytes: () => bytes.subarray(0, Math.ceil(used / 8)),
  };
}

function indexBlock(index: BitWriter, widths: Widths, [bits, edges]: readonly [bits: number, edges: number]): void {
  const [, , , , , blockBits, blockEdges] = widths;
  if (bits >= 2 ** blockBits) throw invalid(`${BLOCK_ROWS} of its rows take ${bits} bits, under ${2 ** blockBits} fit`);
  index.write(bits, blockBits);
  index.write(edges, blockEdges);
}

/** The least of the scales that are written is the largest one's, less what the width of a scale spans; never 0, which is no scale. */
function baseOf({ weights }: NeighbourTable, [, scale, , level, shift]: Widths): number {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const steps = Math.ceil(toHalfScale(largest / 4 ** level) / 2 ** shift);
  return Math.max(1, steps - (2 ** scale - 1)) * 2 ** shift;
}

interface RowWriting {
  readonly widths: Widths;
  readonly bits: BitWriter;
  readonly base: number;
}

function encodeRow({ starts, rows, weights, folded }: NeighbourTable, row: number, writing: RowWriting): void {
  const { bits, base } = writing;
  const [countBits, scaleBits, riceBits, levelBits, shift] = writing.widths;
  const from = starts[row] as number;
  const size = (starts[row + 1] as number) - from;
  if (size >= 2 ** countBits) throw invalid(`row ${row} has ${size} neighbours, at most ${2 ** countBits - 1} fit`);
  bits.write(size, countBits);
  if (size === 0) return;
  const keys = new Float64Array(size); // row × 256 + place among the edges: the two sort as one number
  for (let i = 0; i < size; i++) keys[i] = (rows[from + i] as number) * 256 + i;
  keys.sort();
  const steps: number[] = [];
  for (let i = 0, last = 0; i < size; i++) {
    const other = Math.floor((keys[i] as number) / 256);
    steps.push(other - last - 1);
    last = other;
  }
  if (steps.some((step) => step < 0)) throw invalid(`row ${row} lists a row twice`);
  const largest = Math.max(...weights.subarray(from, from + size));
  if (!(largest < Number.POSITIVE_INFINITY)) throw invalid(`row ${row} has a weight of ${largest}`);
  const half = toHalfScale(largest / 4 ** levelBits);
  const scaleSteps = Math.max(0, Math.ceil((half - base) / 2 ** shift));
  const scale = fromHalfScale(base + scaleSteps * 2 ** shift);
  const rice = Math.min(2 ** riceBits - 1, cheapestRice(steps, size));
  bits.write(scaleSteps, scaleBits);
  bits.write(rice, riceBits);
  for (const step of steps) {
    bits.writeUnary(step >>> rice);
    bits.write(step & (2 ** rice - 1), rice);
  }
  for (const key of keys) {
    const edge = from + (key % 256);
    const weight = weights[edge] as number;
    if (!(weight > 0)) throw invalid(`row ${row} has a weight of ${weight}`);
    bits.write(toLevel(Math.sqrt(weight / scale) - 1, levelBits, folded?.[edge]), levelBits);
  }
}

/** The nearest level; where edges are marked, the nearest even one for a folded edge, the nearest odd one for another. */
function toLevel(level: number, width: number, folded: number | undefined): number {
  if (folded === undefined) return Math.max(0, Math.round(level));
  const offset = 1 - folded;
  return Math.min(2 ** width - 2, Math.max(0, 2 * Math.round((level - offset) / 2))) + offset;
}

/** Bits of a row of the file that has the first `size` steps: each from a neighbour row to the next, less 1. */
export function bitsOfRow(steps: ArrayLike<number>, size: number): number {
  if (size === 0) return FINE_COUNT;
  const bits = riceBits(steps, size, cheapestRice(steps, size));
  return FINE_COUNT + FINE_SCALE + FINE_RICE + bits + FINE_LEVEL * size;
}

/** Bytes of the file whose rows, so many, take so many bits. */
export function fileBytes(count: number, bits: number): number {
  return indexEnd(0, count) + Math.ceil(bits / 8);
}
