import type { TillsideError } from '../errors.js';
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
  type Widths,
  widthsOf,
} from './neighbour-format.js';

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
  /** Reads a row's neighbours, which until then may not be there; absent: all are. */
  readonly read?: (row: number) => void;
}

/** Bits that can be read at once. */
const WORD_BITS = 24;
const WORD_MASK = 2 ** WORD_BITS - 1;
/** Rows fit in 22 bits, so that a weight and a row sort as one number. */
const ROW_BITS = 22;
const ROW_SPAN = 2 ** ROW_BITS;
const MAX_ROWS = 2_000_000;

/**
 * Reads `neighbours-*.bin` and `first-*.bin` whole; allocates at most 16 times the file's own size.
 *
 * @throws {TillsideError} `model-invalid` for a wrong length, a row out of range, a weight that is not positive and finite
 */
export function decodeNeighbours(bytes: Uint8Array): NeighbourTable {
  const { table, readRows } = open(bytes);
  for (let row = 1; row < table.starts.length; row += BLOCK_ROWS) readRows(row);
  return table;
}

/**
 * Opens the same files in place: rows are read by `read`, as a session asks for few of them. A row that is broken, which the digest
 * of the file leaves to who wrote it, has no neighbours, nor have those after it that lie with it.
 *
 * @throws {TillsideError} `model-invalid` for a wrong length or index
 */
export function openNeighbours(bytes: Uint8Array): NeighbourTable {
  const { table, readRows } = open(bytes);
  const read = (row: number): void => {
    try {
      readRows(row);
    } catch {
      // those that are not read weigh nothing
    }
  };
  return { ...table, read };
}

/** Reads the index alone, and makes room for the rows. */
function open(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = bytes.length < HEADER_BYTES ? -1 : MAGICS.indexOf(view.getUint32(0, true));
  if (kind < 0) throw broken(0);
  const widths = widthsOf(kind);
  const [countBits, , , levelBits, , blockBits, blockEdges] = widths;
  const count = view.getUint32(4, true);
  const edges = view.getUint32(8, true);
  const body = indexEnd(kind, count);
  if (count > MAX_ROWS || 8 * body + countBits * count + (1 + levelBits) * edges > 8 * bytes.length) throw broken(4);
  const folded = new Uint8Array(kind & FOLDED ? edges : 0);
  const starts = new Uint32Array(count + 2);
  const table = { starts, rows: new Uint32Array(edges), weights: new Float32Array(edges), ...(kind & FOLDED && { folded }) };
  const base = kind & COARSE && view.getUint16(HEADER_BYTES, true);
  const cursor = { ...table, folded, bytes, widths, base, at: 0, edge: 0, end: 0 };
  const blocks = Math.ceil(count / BLOCK_ROWS);
  /** the bit at which each block begins; 0 once it is read, and of the block of row 0, which has none */
  const begins = new Uint32Array(blocks + 2);
  begins[1] = 8 * body;
  let at = 8 * HEADER_BYTES + (kind & COARSE ? BASE_BITS : 0);
  for (let block = 1; block <= blocks; block++, at += blockBits + blockEdges) {
    begins[block + 1] = (begins[block] as number) + (wordAt(bytes, at) & ((1 << blockBits) - 1));
    cursor.edge += wordAt(bytes, at + blockBits) & ((1 << blockEdges) - 1);
    starts[Math.min(block * BLOCK_ROWS, count) + 1] = cursor.edge;
  }
  if (Math.ceil((begins[blocks + 1] as number) / 8) !== bytes.length || cursor.edge !== edges) throw broken(at >> 3);
  /** Reads the rows that lie with one. */
  const readRows = (wanted: number): void => {
    const block = Math.ceil(wanted / BLOCK_ROWS);
    if (!begins[block]) return;
    cursor.at = begins[block];
    begins[block] = 0;
    const last = Math.min(block * BLOCK_ROWS, count);
    let row = (block - 1) * BLOCK_ROWS + 1;
    cursor.edge = starts[row] as number;
    cursor.end = starts[last + 1] as number;
    starts.fill(cursor.end, row + 1, last + 1);
    for (; row <= last; row++) {
      starts[row] = cursor.edge;
      readRow(cursor, count);
    }
    if (cursor.edge !== cursor.end) throw broken(cursor.at >> 3);
  };
  return { table, readRows };
}

interface Cursor extends Required<Omit<NeighbourTable, 'read'>> {
  readonly bytes: Uint8Array;
  readonly widths: Widths;
  /** what every scale is added to */
  readonly base: number;
  /** the next bit */
  at: number;
  /** the next edge */
  edge: number;
  /** the first edge of the next block */
  end: number;
}

/**
 * Reads a row into the table. Most of a bundle is read before the browser has compiled anything: no edge calls a function of ours but `wordAt`, nothing is
 * raised to a power, and the browser sorts: each takes several times as long then.
 */
function readRow(cursor: Cursor, count: number): void {
  const { bytes, rows, weights, folded, base } = cursor;
  const [countBits, scaleBits, riceBits, levelBits, shift] = cursor.widths;
  const levels = 1 << levelBits;
  let { at } = cursor;
  const size = wordAt(bytes, at) & ((1 << countBits) - 1);
  at += countBits;
  cursor.at = at;
  if (size === 0) return;
  const head = wordAt(bytes, at);
  const scale = fromHalfScale(base + ((head & ((1 << scaleBits) - 1)) << shift));
  const isScale = scale > 0 && Math.fround(scale * levels * levels) < Number.POSITIVE_INFINITY;
  if (!isScale || cursor.edge + size > cursor.end) throw broken(at >> 3);
  const rice = (head >>> scaleBits) & ((1 << riceBits) - 1);
  at += scaleBits + riceBits;
  const unit = 2 ** rice;
  // sortable: (the highest level − level) × 2²² + row, so strongest first, ties by row
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
  for (let i = 0; i < size; i++, at += levelBits)
    keys[i] = (levels - 1 - (wordAt(bytes, at) & (levels - 1))) * ROW_SPAN + (keys[i] as number);
  cursor.at = at;
  keys.sort();
  for (let i = 0; i < size; i++, cursor.edge++) {
    const drop = (keys[i] as number) >>> ROW_BITS; // from the highest level
    folded[cursor.edge] = drop & 1; // odd where the level is even; out of bounds where none is marked
    weights[cursor.edge] = (levels - drop) * (levels - drop) * scale;
    keys[i] = (keys[i] as number) & (ROW_SPAN - 1);
  }
}

/** The bits from one on, of which `WORD_BITS` are whole; zeros behind the end. Spelt out, as a loop takes several times as long. */
function wordAt(bytes: Uint8Array, at: number): number {
  const from = at >> 3;
  const upper = ((bytes[from + 2] as number) << 16) | ((bytes[from + 3] as number) << 24);
  return ((bytes[from] as number) | ((bytes[from + 1] as number) << 8) | upper) >>> (at & 7);
}

function broken(at: number): TillsideError {
  return invalid(`it is broken at byte ${at}`);
}
