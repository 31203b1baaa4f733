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

const scratch = new DataView(new ArrayBuffer(4));

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
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) throw invalid('it does not start as one');
  const count = view.getUint32(4, true);
  const edges = view.getUint32(8, true);
  if (HEADER_BYTES + count + edges * MIN_EDGE_BYTES > bytes.length) throw invalid(`${bytes.length} bytes cannot hold ${edges} edges of ${count} items`);
  const table = { starts: new Uint32Array(count + 2), rows: new Uint32Array(edges), weights: new Float32Array(edges) };
  let at = HEADER_BYTES;
  let edge = 0;
  for (let row = 1; row <= count; row++) {
    const size = bytes[at] ?? 0;
    if (edge + size > edges) throw invalid(`it holds more than the ${edges} edges that it states`);
    at = size === 0 ? at + 1 : decodeRow(view, at, table, edge);
    edge += size;
    table.starts[row + 1] = edge;
  }
  if (at !== bytes.length || edge !== edges) throw invalid(`it ends at byte ${at} of ${bytes.length} with ${edge} of ${edges} edges`);
  return table;
}

/** Decodes the row that starts at byte `from` to edge `edge` and the following ones. @returns where the next row starts */
function decodeRow(view: DataView, from: number, { starts, rows, weights }: NeighbourTable, edge: number): number {
  const count = starts.length - 2;
  const size = view.getUint8(from);
  if (from + 3 > view.byteLength) throw invalid('it is cut off');
  const scale = fromHalfScale(view.getUint16(from + 1, true));
  if (!(scale > 0 && scale * LEVELS < Number.POSITIVE_INFINITY)) throw invalid(`a scale is ${scale}`);
  let at = from + 3;
  let last = 0;
  const found: { row: number; level: number }[] = [];
  for (let i = 0; i < size; i++) {
    let step = 0;
    for (let n = 0; ; n++, at++) {
      if (at >= view.byteLength || n === MAX_VARINT_BYTES) throw invalid('it is cut off');
      step |= (view.getUint8(at) & 127) << (7 * n);
      if (view.getUint8(at) < 128) break;
    }
    at++;
    last += step;
    if (step < 1 || last > count) throw invalid(`a neighbour is row ${last} of ${count}`);
    found.push({ row: last, level: 0 });
  }
  if (at + size > view.byteLength) throw invalid('it is cut off');
  for (const entry of found) {
    entry.level = view.getUint8(at++);
    if (entry.level === 0) throw invalid('a weight is 0');
  }
  found.sort((a, b) => b.level - a.level || a.row - b.row);
  found.forEach(({ row, level }, i) => {
    rows[edge + i] = row;
    weights[edge + i] = level * scale;
  });
  return at;
}

/** The upper half of a float32's bits, rounded up so that no weight passes the largest level. */
function toHalfScale(scale: number): number {
  scratch.setFloat32(0, scale);
  const half = scratch.getUint16(0);
  return fromHalfScale(half) < scale ? half + 1 : half;
}

function fromHalfScale(half: number): number {
  scratch.setUint32(0, half * 0x10000);
  return scratch.getFloat32(0);
}

function invalid(what: string): TillsideError {
  return new TillsideError('model-invalid', `The bundle's neighbour table is invalid: ${what}. Train the bundle again.`);
}
