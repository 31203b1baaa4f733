import type { NeighbourTable } from '../../core/model/neighbour-table.js';
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
  orthonormalise(basis, dim);
  for (let i = 0; i < ITERATIONS; i++) {
    basis = spread(graph, basis, dim);
    orthonormalise(basis, dim);
  }
  // One more step weighs each direction by its eigenvalue.
  return toUnitRows(spread(graph, basis, dim), dim);
}

/** A symmetric weighted graph, each edge divided by the root of both ends' degrees. */
interface Graph {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly weight: Float64Array;
}

function toGraph({ starts, rows, weights }: NeighbourTable): Graph {
  const edges = rows.length;
  const degree = new Float64Array(starts.length - 1);
  const from = new Uint32Array(edges);
  for (let row = 1; row < starts.length - 1; row++) {
    for (let e = starts[row] as number; e < (starts[row + 1] as number); e++) {
      from[e] = row;
      const other = rows[e] as number;
      degree[row] = (degree[row] as number) + (weights[e] as number);
      degree[other] = (degree[other] as number) + (weights[e] as number);
    }
  }
  const weight = Float64Array.from(
    weights,
    (w, e) => w / Math.sqrt((degree[from[e] as number] as number) * (degree[rows[e] as number] as number)),
  );
  return { from, to: rows, weight };
}

/** (I + A) · x / 2: the shift makes the most positive eigenvalues the largest. */
function spread({ from, to, weight }: Graph, x: Float64Array, dim: number): Float64Array<ArrayBuffer> {
  const into = new Float64Array(x);
  for (let e = 0; e < weight.length; e++) {
    const a = (from[e] as number) * dim;
    const b = (to[e] as number) * dim;
    const w = weight[e] as number;
    for (let d = 0; d < dim; d++) {
      into[a + d] = (into[a + d] as number) + w * (x[b + d] as number);
      into[b + d] = (into[b + d] as number) + w * (x[a + d] as number);
    }
  }
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) / 2;
  return into;
}

/** Modified Gram–Schmidt over the columns of `[rows, dim]`, in place. */
function orthonormalise(x: Float64Array, dim: number): void {
  for (let column = 0; column < dim; column++) {
    for (let before = 0; before <= column; before++) {
      let dot = 0;
      for (let i = 0; i < x.length; i += dim) dot += (x[i + before] as number) * (x[i + column] as number);
      const isSelf = before === column;
      const norm = Math.sqrt(dot) || 1;
      for (let i = 0; i < x.length; i += dim) {
        const value = x[i + column] as number;
        x[i + column] = isSelf ? value / norm : value - dot * (x[i + before] as number);
      }
    }
  }
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
