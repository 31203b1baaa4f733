import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { transpose } from './matrices.js';
import { createRandom } from './random.js';

/** Power iterations: beyond this the subspace no longer turns. */
const ITERATIONS = 30;

/**
 * Embeds items so that neighbours lie close: the leading eigenspace of the symmetrically normalised neighbour graph, one unit
 * vector an item. An LSTM that starts from random embeddings never catches up with one that starts from these.
 *
 * @returns `[count + 1, dim]`; zeros for row 0 and for items without neighbours
 * @see Halko, Martinsson & Tropp 2011, https://arxiv.org/abs/0909.4061 (randomised subspace iteration)
 */
export function embedSpectrally(table: NeighbourTable, { dim, seed }: { dim: number; seed: number }): Float32Array {
  const count = table.starts.length - 2;
  const graph = toGraph(table);
  const random = createRandom(seed, 'spectral');
  let basis = Float64Array.from({ length: (count + 1) * dim }, (_, i) => (i < dim ? 0 : random.normal()));
  basis = orthonormalise(basis, dim);
  for (let i = 0; i < ITERATIONS; i++) basis = orthonormalise(spread(graph, basis, dim), dim);
  // One more step weighs each direction by its eigenvalue.
  return toUnitRows(spread(graph, basis, dim), dim);
}

/** A symmetric weighted graph, each edge divided by the root of both ends' degrees; an edge stands in the rows of both its ends. */
interface Graph {
  /** `[count + 2]`: the edges of row r are at starts[r] … starts[r + 1] − 1 */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly weights: Float64Array;
}

function toGraph({ starts, rows, weights }: NeighbourTable): Graph {
  const degree = new Float64Array(starts.length - 1);
  const next = new Uint32Array(starts.length);
  const eachEdge = (visit: (row: number, other: number, weight: number) => void) => {
    for (let row = 1; row < starts.length - 1; row++)
      for (let e = starts[row] as number; e < (starts[row + 1] as number); e++)
        visit(row, rows[e] as number, weights[e] as number);
  };
  eachEdge((row, other, weight) => {
    degree[row] = (degree[row] as number) + weight;
    degree[other] = (degree[other] as number) + weight;
    next[row + 1] = (next[row + 1] as number) + 1;
    next[other + 1] = (next[other + 1] as number) + 1;
  });
  for (let row = 1; row < next.length; row++) next[row] = (next[row] as number) + (next[row - 1] as number);
  const graph = { starts: next.slice(), ends: new Uint32Array(2 * rows.length), weights: new Float64Array(2 * rows.length) };
  const add = (row: number, other: number, weight: number) => {
    const at = next[row] as number;
    next[row] = at + 1;
    graph.ends[at] = other;
    graph.weights[at] = weight;
  };
  eachEdge((row, other, weight) => {
    const normalised = weight / Math.sqrt((degree[row] as number) * (degree[other] as number));
    add(row, other, normalised);
    add(other, row, normalised);
  });
  return graph;
}

/** Columns that are summed at once: their sums stay in registers, and a row of so many doubles is a cache line. */
const LANES = 8;

/** (I + A) · x / 2: the shift makes the most positive eigenvalues the largest. */
function spread(graph: Graph, x: Float64Array, dim: number): Float64Array<ArrayBuffer> {
  const into = new Float64Array(x.length);
  let column = 0;
  for (; column + LANES <= dim; column += LANES) spreadEight(graph, { x, into, dim, column });
  for (; column < dim; column++) spreadOne(graph, { x, into, dim, column });
  return into;
}

interface Spreading {
  readonly x: Float64Array;
  readonly into: Float64Array;
  readonly dim: number;
  /** the first of those to be spread */
  readonly column: number;
}

/** Of one column. */
function spreadOne({ starts, ends, weights }: Graph, { x, into, dim, column }: Spreading): void {
  for (let row = 0; row < starts.length - 1; row++) {
    let sum = x[row * dim + column] as number;
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++)
      sum += (weights[e] as number) * (x[(ends[e] as number) * dim + column] as number);
    into[row * dim + column] = sum / 2;
  }
}

/** Of eight columns, spelt out: sums in an array take three times as long. */
function spreadEight({ starts, ends, weights }: Graph, { x, into, dim, column }: Spreading): void {
  for (let row = 0; row < starts.length - 1; row++) {
    const own = row * dim + column;
    let [a, b, c, d] = [x[own] as number, x[own + 1] as number, x[own + 2] as number, x[own + 3] as number];
    let [f, g, h, i] = [x[own + 4] as number, x[own + 5] as number, x[own + 6] as number, x[own + 7] as number];
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      const end = (ends[e] as number) * dim + column;
      const weight = weights[e] as number;
      a += weight * (x[end] as number);
      b += weight * (x[end + 1] as number);
      c += weight * (x[end + 2] as number);
      d += weight * (x[end + 3] as number);
      f += weight * (x[end + 4] as number);
      g += weight * (x[end + 5] as number);
      h += weight * (x[end + 6] as number);
      i += weight * (x[end + 7] as number);
    }
    into[own] = a / 2;
    into[own + 1] = b / 2;
    into[own + 2] = c / 2;
    into[own + 3] = d / 2;
    into[own + 4] = f / 2;
    into[own + 5] = g / 2;
    into[own + 6] = h / 2;
    into[own + 7] = i / 2;
  }
}

/** Modified Gram–Schmidt over the columns of `[rows, dim]`. Each column is laid out in one piece and taken out of four others at once. */
function orthonormalise(x: Float64Array<ArrayBuffer>, dim: number): Float64Array<ArrayBuffer> {
  const rows = x.length / dim;
  const columns = transpose(x, new Float64Array(x.length), [rows, dim]);
  const columnOf = (column: number) => columns.subarray(column * rows, (column + 1) * rows);
  for (let column = 0; column < dim; column++) {
    const done = columnOf(column);
    toUnit(done);
    let next = column + 1;
    for (; next + 3 < dim; next += 4)
      takeOutOfFour(done, [columnOf(next), columnOf(next + 1), columnOf(next + 2), columnOf(next + 3)]);
    for (; next < dim; next++) takeOut(done, columnOf(next));
  }
  return transpose(columns, new Float64Array(x.length), [dim, rows]);
}

type Four<T> = readonly [T, T, T, T];

/** What `takeOut` does to each of four: sums that do not wait for each other take a third of the time. */
function takeOutOfFour(done: Float64Array, [a, b, c, d]: Four<Float64Array>): void {
  let [dotA, dotB, dotC, dotD] = [0, 0, 0, 0];
  for (let i = 0; i < done.length; i++) {
    const value = done[i] as number;
    dotA += value * (a[i] as number);
    dotB += value * (b[i] as number);
    dotC += value * (c[i] as number);
    dotD += value * (d[i] as number);
  }
  for (let i = 0; i < done.length; i++) {
    const value = done[i] as number;
    a[i] = (a[i] as number) - dotA * value;
    b[i] = (b[i] as number) - dotB * value;
    c[i] = (c[i] as number) - dotC * value;
    d[i] = (d[i] as number) - dotD * value;
  }
}

/** Subtracts from a column what lies along a unit vector. */
function takeOut(done: Float64Array, column: Float64Array): void {
  let dot = 0;
  for (let i = 0; i < done.length; i++) dot += (done[i] as number) * (column[i] as number);
  for (let i = 0; i < done.length; i++) column[i] = (column[i] as number) - dot * (done[i] as number);
}

function toUnit(column: Float64Array): void {
  let squares = 0;
  for (let i = 0; i < column.length; i++) squares += (column[i] as number) ** 2;
  const norm = Math.sqrt(squares) || 1;
  for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) / norm;
}

/** The leading columns alone, each row of length 1 again. @returns `[rows, dim]` */
export function narrowRows(x: Float32Array, { width, dim }: { width: number; dim: number }): Float32Array {
  if (dim >= width) return x;
  const leading = Float64Array.from(
    { length: (x.length / width) * dim },
    (_, i) => x[Math.floor(i / dim) * width + (i % dim)] as number,
  );
  return toUnitRows(leading, dim);
}

function toUnitRows(x: Float64Array, dim: number): Float32Array {
  const unit = new Float32Array(x.length);
  for (let row = 0; row < x.length; row += dim) {
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += (x[row + d] as number) ** 2;
    if (squares < 1e-18) continue;
    for (let d = 0; d < dim; d++) unit[row + d] = (x[row + d] as number) / Math.sqrt(squares);
  }
  return unit;
}
