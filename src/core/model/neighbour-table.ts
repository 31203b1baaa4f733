import { TillsideError } from '../errors.js';
import { cheapestRice, riceBits } from './rice-code.js';

/** Item → its strongest neighbours, as compressed sparse rows. Row 0 (unknown) is empty. */
export interface NeighbourTable {
  /** `[count + 2]`: the neighbours of row r are at starts[r] … starts[r + 1] − 1 */
  readonly starts: Uint32Array;
  /** neighbour rows, strongest first within a row */
  readonly rows: Uint32Array;
  /** > 0, comparable across rows */
  readonly weights: Float32Array;
  /** `[edges]` 1 for what nearness or the catalogue suggests and too few visitors show; absent: there is no such edge */
  readonly folded?: Uint8Array;
}

// neighbours-*.bin: magic, count, edges (u32 each, little-endian), then one stream of bits, each number's lowest bit first. For every
// row 1…count: n (8 bits) and, when n > 0, the scale as bfloat16 (the upper half of a float32, 16 bits), k (5 bits), n neighbour rows
// ascending as Rice codes of the step from the one before less 1 (from 0 at first: the step's upper bits in unary as ones and a zero,
// then its k lower bits), and n levels (7 bits): weight = (level + 1)² × scale. In a table with folded edges ("TLN3") these have even levels and the others
// odd ones. At 3,800 items about 16 bits an edge and 4 bytes an item.
const MAGIC = 0x324e4c54; // "TLN2"
const FOLDED_MAGIC = 0x334e4c54; // "TLN3"
const HEADER_BYTES = 12;
const COUNT_BITS = 8;
const SCALE_BITS = 16;
const RICE_BITS = 5;
const LEVEL_BITS = 7;
const LEVELS = 2 ** LEVEL_BITS;
/** Bits that can be read at once. */
const WORD_BITS = 24;
const WORD_MASK = 2 ** WORD_BITS - 1;
/** Rows fit in 22 bits, so that a weight and a row sort as one number. */
const ROW_BITS = 22;
const ROW_SPAN = 2 ** ROW_BITS;
const MAX_ROWS = 2_000_000;

const float = new DataView(new ArrayBuffer(4));

/**
 * Writes `neighbours-*.bin`. A weight is off by at most 1 % of its row's largest (2 % where edges are folded), a small one by less.
 *
 * @throws {TillsideError} `model-invalid` for more than 255 neighbours, one twice, or a weight that is not positive and finite
 */
export function encodeNeighbours(table: NeighbourTable): Uint8Array {
  const count = table.starts.length - 2;
  const bits = createBitWriter();
  for (let row = 1; row <= count; row++) encodeRow(table, row, bits);
  const stream = bits.toBytes();
  const out = new Uint8Array(HEADER_BYTES + stream.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, table.folded ? FOLDED_MAGIC : MAGIC, true);
  view.setUint32(4, count, true);
  view.setUint32(8, table.rows.length, true);
  out.set(stream, HEADER_BYTES);
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
    toBytes: () => bytes.subarray(0, Math.ceil(used / 8)),
  };
}

function encodeRow({ starts, rows, weights, folded }: NeighbourTable, row: number, bits: BitWriter): void {
  const from = starts[row] as number;
  const size = (starts[row + 1] as number) - from;
  if (size > 255) throw invalid(`row ${row} has ${size} neighbours, at most 255 fit`);
  bits.write(size, COUNT_BITS);
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
  const half = toHalfScale(largest / LEVELS ** 2);
  const scale = fromHalfScale(half);
  const rice = cheapestRice(steps, size);
  bits.write(half, SCALE_BITS);
  bits.write(rice, RICE_BITS);
  for (const step of steps) {
    bits.writeUnary(step >>> rice);
    bits.write(step & (2 ** rice - 1), rice);
  }
  for (const key of keys) {
    const edge = from + (key % 256);
    const weight = weights[edge] as number;
    if (!(weight > 0)) throw invalid(`row ${row} has a weight of ${weight}`);
    bits.write(toLevel(Math.sqrt(weight / scale) - 1, folded?.[edge]), LEVEL_BITS);
  }
}

/** The nearest level; where edges are marked, the nearest even one for a folded edge, the nearest odd one for another. */
function toLevel(level: number, folded: number | undefined): number {
  if (folded === undefined) return Math.max(0, Math.round(level));
  const offset = 1 - folded;
  return Math.min(LEVELS - 2, Math.max(0, 2 * Math.round((level - offset) / 2))) + offset;
}

/** Bits of a row of the file that has the first `size` steps: each from a neighbour row to the next, less 1. */
export function bitsOfRow(steps: ArrayLike<number>, size: number): number {
  if (size === 0) return COUNT_BITS;
  const bits = riceBits(steps, size, cheapestRice(steps, size));
  return COUNT_BITS + SCALE_BITS + RICE_BITS + bits + LEVEL_BITS * size;
}

/** Bytes of the file whose rows take so many bits. */
export function fileBytes(bits: number): number {
  return HEADER_BYTES + Math.ceil(bits / 8);
}

/**
 * Reads `neighbours-*.bin`; allocates at most ten times the file's own size.
 *
 * @throws {TillsideError} `model-invalid` for a wrong length, a row out of range, a weight that is not positive and finite
 */
export function decodeNeighbours(bytes: Uint8Array): NeighbourTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length < HEADER_BYTES ? 0 : view.getUint32(0, true);
  if (magic !== MAGIC && magic !== FOLDED_MAGIC) throw broken(0);
  const count = view.getUint32(4, true);
  const edges = view.getUint32(8, true);
  if (count > MAX_ROWS || COUNT_BITS * count + (1 + LEVEL_BITS) * edges > 8 * (bytes.length - HEADER_BYTES)) throw broken(4);
  const folded = new Uint8Array(magic === FOLDED_MAGIC ? edges : 0);
  const table = { starts: new Uint32Array(count + 2), rows: new Uint32Array(edges), weights: new Float32Array(edges) };
  const cursor = { ...table, folded, bytes, at: 8 * HEADER_BYTES, edge: 0 };
  for (let row = 1; row <= count; row++) {
    readRow(cursor, count);
    table.starts[row + 1] = cursor.edge;
  }
  if (Math.ceil(cursor.at / 8) !== bytes.length || cursor.edge !== edges) throw broken(cursor.at >> 3);
  return magic === FOLDED_MAGIC ? { ...table, folded } : table;
}

interface Cursor extends Required<NeighbourTable> {
  readonly bytes: Uint8Array;
  /** the next bit */
  at: number;
  /** the next edge */
  edge: number;
}

/**
 * Reads a row into the table. Most of a bundle is read before the browser has compiled anything: no edge calls a function of ours but `wordAt`, nothing is
 * raised to a power, and the browser sorts: each takes several times as long then.
 */
function readRow(cursor: Cursor, count: number): void {
  const { bytes, rows, weights, folded } = cursor;
  let { at } = cursor;
  const size = wordAt(bytes, at) & (2 ** COUNT_BITS - 1);
  at += COUNT_BITS;
  cursor.at = at;
  if (size === 0) return;
  const head = wordAt(bytes, at);
  const scale = fromHalfScale(head & (2 ** SCALE_BITS - 1));
  const isScale = scale > 0 && Math.fround(scale * LEVELS ** 2) < Number.POSITIVE_INFINITY;
  if (!isScale || cursor.edge + size > rows.length) throw broken(at >> 3);
  const rice = (head >>> SCALE_BITS) & (2 ** RICE_BITS - 1);
  at += SCALE_BITS + RICE_BITS;
  const unit = 2 ** rice;
  // sortable: (127 − level) × 2²² + row, so strongest first, ties by row
  const keys = rows.subarray(cursor.edge, cursor.edge + size);
  let last = 0;
  for (let i = 0; i < size; ) {
    const zeros = ~wordAt(bytes, at) & WORD_MASK;
    const ones = zeros ? 31 - Math.clz32(zeros & -zeros) : WORD_BITS;
    at += ones;
    last += ones * unit;
    if (!zeros) continue;
    last += 1 + (wordAt(bytes, ++at) & (unit - 1));
    at += rice;
    keys[i++] = last;
  }
  if (last > count) throw broken(at >> 3); // they ascend, so none before was larger
  for (let i = 0; i < size; i++, at += LEVEL_BITS)
    keys[i] = (LEVELS - 1 - (wordAt(bytes, at) & (LEVELS - 1))) * ROW_SPAN + (keys[i] as number);
  cursor.at = at;
  keys.sort();
  for (let i = 0; i < size; i++, cursor.edge++) {
    const drop = (keys[i] as number) >>> ROW_BITS; // 127 − level
    folded[cursor.edge] = drop & 1; // odd where the level is even; out of bounds where none is marked
    weights[cursor.edge] = (LEVELS - drop) * (LEVELS - drop) * scale;
    keys[i] = (keys[i] as number) & (ROW_SPAN - 1);
  }
}

/** The bits from one on, of which `WORD_BITS` are whole; zeros behind the end. Spelt out, as a loop takes several times as long. */
function wordAt(bytes: Uint8Array, at: number): number {
  const from = at >> 3;
  const upper = ((bytes[from + 2] as number) << 16) | ((bytes[from + 3] as number) << 24);
  return ((bytes[from] as number) | ((bytes[from + 1] as number) << 8) | upper) >>> (at & 7);
}

/** The upper half of a float32's bits, rounded up so that no weight passes the largest level. */
function toHalfScale(scale: number): number {
  float.setFloat32(0, scale);
  const half = float.getUint16(0);
  return fromHalfScale(half) < scale ? half + 1 : half;
}

function fromHalfScale(half: number): number {
  float.setUint32(0, half * 0x10000);
  return float.getFloat32(0);
}

function broken(at: number): TillsideError {
  return invalid(`it is broken at byte ${at}`);
}

function invalid(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's neighbour table is invalid: ${what}. Train the bundle again.`);
}
