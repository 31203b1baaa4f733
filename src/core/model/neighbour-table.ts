import { TillsideError } from '../errors.js';

/** Item → its strongest neighbours, as compressed sparse rows. Row 0 (unknown) is empty. */
export interface NeighbourTable {
  /** `[count + 2]`: the neighbours of row r are at starts[r] … starts[r + 1] − 1 */
  readonly starts: Uint32Array;
  /** neighbour rows, strongest first within a row */
  readonly rows: Uint32Array;
  /** > 0, comparable across rows */
  readonly weights: Float32Array;
}

// neighbours-*.bin, little-endian: magic, count, edges (u32 each), then for every row 1…count: n u8 and, when n > 0, the scale as
// bfloat16 (the upper half of a float32), n neighbour rows ascending as varints of the step from the one before (from 0 at first),
// n weights u8: weight = byte × scale. About 2.5 bytes an edge and 3 an item.
const MAGIC = 0x314e4c54; // "TLN1"
const HEADER_BYTES = 12;
/** the least an edge takes: one byte of varint, one of weight */
const MIN_EDGE_BYTES = 2;
const LEVELS = 255;
const MAX_VARINT_BYTES = 4;
/** Rows fit in 22 bits, so that a weight and a row sort as one number. */
const ROW_SPAN = 2 ** 22;
const MAX_ROWS = 2_000_000;

const float = new DataView(new ArrayBuffer(4));

/**
 * Writes `neighbours-*.bin`. A weight is off by at most 0.4 % of its row's largest.
 *
 * @throws {TillsideError} `model-invalid` for more than 255 neighbours, one twice, or a weight that is not positive and finite
 */
export function encodeNeighbours(table: NeighbourTable): Uint8Array {
  const count = table.starts.length - 2;
  const bytes: number[] = [];
  for (let row = 1; row <= count; row++) encodeRow(table, row, bytes);
  const out = new Uint8Array(HEADER_BYTES + bytes.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, count, true);
  view.setUint32(8, table.rows.length, true);
  out.set(bytes, HEADER_BYTES);
  return out;
}

function encodeRow({ starts, rows, weights }: NeighbourTable, row: number, out: number[]): void {
  const from = starts[row] as number;
  const size = (starts[row + 1] as number) - from;
  if (size > 255) throw invalid(`row ${row} has ${size} neighbours, at most 255 fit`);
  out.push(size);
  if (size === 0) return;
  const order = Array.from({ length: size }, (_, i) => from + i).sort((a, b) => (rows[a] as number) - (rows[b] as number));
  const largest = Math.max(...weights.subarray(from, from + size));
  if (!(largest < Number.POSITIVE_INFINITY)) throw invalid(`row ${row} has a weight of ${largest}`);
  const half = toHalfScale(largest / LEVELS);
  const scale = fromHalfScale(half);
  out.push(half & 0xff, half >> 8);
  let last = 0;
  for (const edge of order) {
    const step = (rows[edge] as number) - last;
    if (step < 1) throw invalid(`row ${row} lists row ${rows[edge]} twice`);
    last += step;
    let rest = step;
    for (; rest > 127; rest >>>= 7) out.push((rest & 127) | 128);
    out.push(rest);
  }
  for (const edge of order) {
    const weight = weights[edge] as number;
    if (!(weight > 0)) throw invalid(`row ${row} has a weight of ${weight}`);
    out.push(Math.max(1, Math.round(weight / scale)));
  }
}

/**
 * Reads `neighbours-*.bin`; allocates at most six times the file's own size.
 *
 * @throws {TillsideError} `model-invalid` for a wrong length, a row out of range or out of order, a weight that is not positive and finite
 */
export function decodeNeighbours(bytes: Uint8Array): NeighbourTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) throw broken(0);
  const count = view.getUint32(4, true);
  const edges = view.getUint32(8, true);
  if (count > MAX_ROWS || HEADER_BYTES + count + edges * MIN_EDGE_BYTES > bytes.length) {
    throw invalid(`${bytes.length} bytes cannot hold ${edges} edges of ${count} items`);
  }
  const table = { starts: new Uint32Array(count + 2), rows: new Uint32Array(edges), weights: new Float32Array(edges) };
  const scratch = new Uint32Array(255);
  const cursor = { view, at: HEADER_BYTES };
  let edge = 0;
  for (let row = 1; row <= count; row++) {
    const keys = scratch.subarray(0, take(cursor));
    if (edge + keys.length > edges) throw broken(cursor.at);
    if (keys.length > 0) {
      const scale = readRow(cursor, count, keys);
      for (const key of keys) {
        table.rows[edge] = key % ROW_SPAN;
        table.weights[edge++] = (LEVELS - Math.floor(key / ROW_SPAN)) * scale;
      }
    }
    table.starts[row + 1] = edge;
  }
  if (cursor.at !== bytes.length || edge !== edges) {
    throw broken(cursor.at);
  }
  return table;
}

interface Cursor {
  readonly view: DataView;
  at: number;
}

/** Reads a row's neighbours as sortable keys, (255 − level) × 2²² + row, strongest first, ties by row. @returns the scale of its levels */
function readRow(cursor: Cursor, count: number, keys: Uint32Array): number {
  const scale = fromHalfScale(take(cursor) | (take(cursor) << 8));
  if (!(scale > 0 && Math.fround(scale * LEVELS) < Number.POSITIVE_INFINITY)) throw broken(cursor.at);
  let last = 0;
  for (let i = 0; i < keys.length; i++) {
    const step = takeVarint(cursor);
    last += step;
    if (step < 1 || last > count) throw broken(cursor.at);
    keys[i] = last;
  }
  for (let i = 0; i < keys.length; i++) {
    const level = take(cursor);
    if (level === 0) throw broken(cursor.at);
    keys[i] = (LEVELS - level) * ROW_SPAN + (keys[i] as number);
  }
  keys.sort();
  return scale;
}

function take(cursor: Cursor): number {
  if (cursor.at >= cursor.view.byteLength) throw broken(cursor.at);
  return cursor.view.getUint8(cursor.at++);
}

function takeVarint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 7 * MAX_VARINT_BYTES; shift += 7) {
    const byte = take(cursor);
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
  throw broken(cursor.at);
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
