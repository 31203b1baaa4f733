// In: an older bundle. Out: what a fit can start from: item vectors by item, session weights, ranker layers. Node, main thread.
import type { Bundle } from '../../core/model/bundle.js';
import type { LayersModelFiles, WeightSpec } from '../../core/model/runtime.js';
import type { DenseLayer } from '../fit/dense-layers.js';
import type { TrainingRecord } from '../settings.js';
import { fromFloat16 } from '../fit/float16.js';
import { invert } from '../fit/invert.js';
import { dequantise } from '../fit/quantise.js';

/** Where a fit starts that does not start from nothing. Everything is found by item, not by row: rows follow popularity, which changes. */
export interface WarmStart {
  /** of the older bundle */
  readonly version: number;
  /** epoch ms: when the last session began that the older bundle has seen; NaN where it does not say */
  readonly until: number;
  readonly items: number;
  /** width of the item vectors; 0 where there are none */
  readonly dim: number;
  /** `[dim]` the item's vector as devices have it; undefined for an item that the older bundle does not know */
  vectorOf(itemId: string): Float32Array | undefined;
  /** LSTM kernel, recurrent kernel and bias, dense kernel and bias; absent where there is no session model */
  readonly session?: readonly Float32Array[];
  /** absent in a bundle of tables */
  readonly ranker?: readonly DenseLayer[];
  /** whether this is a fit of earlier sessions of the same log: a part of the epochs is then enough */
  readonly isOwn?: boolean;
}

/** Reads what a fit can start from. */
export function readWarmStart({ manifest, index, models }: Bundle): WarmStart {
  const { count, dim } = manifest.items;
  const { until } = manifest.training as Partial<TrainingRecord>;
  const about = { version: manifest.version, until: Date.parse(until ?? ''), items: count };
  const ranker = models && { ranker: readLayers(models.ranker) };
  if (!models?.session || !models.itemTable) return { ...about, dim: 0, vectorOf: () => undefined, ...ranker };
  const vectors = dequantise(models.itemTable);
  return {
    ...about,
    dim,
    vectorOf(itemId) {
      const row = index.rowOf(itemId);
      return row > 0 ? vectors.subarray(row * dim, (row + 1) * dim) : undefined;
    },
    session: readWeights(models.session).slice(1),
    ...ranker,
  };
}

/** Whether the older bundle has seen nothing that began at a time or later: only then may what is measured start from it. */
export function isBefore({ until }: WarmStart, time: number): boolean {
  return until < time;
}

/** Fewer items in common than this times the width do not span the older bundle's space. */
const LEAST_KNOWN = 2;

/**
 * Puts the older vectors where a fit would start from its own. The two lie in different spaces: vectors of items that the older bundle
 * does not know are carried over by the linear map that fits the items both know best. `openTensorflow` must have been awaited.
 *
 * @param own `[count + 1, dim]` @returns `[count + 1, dim]`; undefined where widths differ or too few items are known
 */
export function warmEmbeddings(warm: WarmStart, itemIds: readonly string[], own: Float32Array): Float32Array | undefined {
  const dim = own.length / (itemIds.length + 1);
  const vectors = itemIds.map((itemId) => warm.vectorOf(itemId));
  if (warm.dim !== dim || vectors.filter((vector) => vector !== undefined).length < LEAST_KNOWN * dim) return undefined;
  const map = fitLinearMap(own, vectors, dim);
  const into = new Float32Array(own.length);
  vectors.forEach((vector, i) => {
    const at = (i + 1) * dim;
    into.set(vector ?? multiply(own.subarray(at, at + dim), map), at);
  });
  return into;
}

/** The older session weights behind embeddings of its space; `fresh` where sizes differ. @param fresh as a cold fit would start */
export function warmSession({ session = [] }: WarmStart, fresh: readonly Float32Array[]): readonly Float32Array[] {
  const fits = session.length === fresh.length - 1 && session.every(({ length }, i) => length === fresh[i + 1]?.length);
  return fits ? [...fresh.slice(0, 1), ...session] : fresh;
}

/** The older ranker's layers where it has just these sizes. @param sizes features, hidden layers and 1 */
export function warmRanker({ ranker }: WarmStart, sizes: readonly number[]): readonly DenseLayer[] | undefined {
  const fits = ranker?.every(({ inputs, outputs }, i) => inputs === sizes[i] && outputs === sizes[i + 1]);
  return fits && ranker?.length === sizes.length - 1 ? ranker : undefined;
}

/** Ridge of the map, as a share of a unit vector's length: few items span few directions. */
const RIDGE = 0.01;

/** The `[dim, dim]` map from own vectors to the older ones, by ridge regression over the items both know. */
function fitLinearMap(own: Float32Array, vectors: readonly (Float32Array | undefined)[], dim: number): Float32Array {
  const gram = new Float32Array(dim * dim);
  const cross = new Float32Array(dim * dim);
  for (let i = 0; i < dim; i++) gram[i * dim + i] = RIDGE;
  vectors.forEach((vector, i) => {
    if (vector === undefined) return;
    const from = own.subarray((i + 1) * dim, (i + 2) * dim);
    addOuter(gram, from, from);
    addOuter(cross, from, vector);
  });
  const inverse = invert(gram, dim);
  const rows = Array.from({ length: dim }, (_, row) => multiply(inverse.subarray(row * dim, (row + 1) * dim), cross));
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

function addOuter(into: Float32Array, a: Float32Array, b: Float32Array): void {
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const at = i * b.length + j;
      into[at] = (into[at] as number) + (a[i] as number) * (b[j] as number);
    }
  }
}

/** `[n]` times `[n, n]`. */
function multiply(vector: Float32Array, matrix: Float32Array): Float32Array {
  const size = vector.length;
  return Float32Array.from({ length: size }, (_, column) =>
    vector.reduce((sum, value, row) => sum + value * (matrix[row * size + column] as number), 0),
  );
}

/** Weights of a model as numbers, in its order. The files hold them as float16, an item table as bytes. */
function readWeights({ weightSpecs, weightData }: LayersModelFiles): Float32Array[] {
  let at = 0;
  return weightSpecs.map((spec) => {
    const size = spec.shape.reduce((product, side) => product * side, 1);
    const width = spec.quantization?.dtype === 'uint8' ? 1 : spec.quantization?.dtype === undefined ? 4 : 2;
    const bytes = weightData.slice(at, at + size * width);
    at += size * width;
    return toNumbers(bytes, spec);
  });
}

function toNumbers(bytes: Uint8Array, { quantization }: WeightSpec): Float32Array {
  if (quantization === undefined) return new Float32Array(bytes.buffer);
  const { dtype, scale = 1, min = 0 } = quantization;
  if (dtype === 'float16') return fromFloat16(new Uint16Array(bytes.buffer));
  const whole = dtype === 'uint8' ? bytes : new Uint16Array(bytes.buffer);
  return Float32Array.from(whole, (value) => value * scale + min);
}

function readLayers(model: LayersModelFiles): DenseLayer[] {
  const weights = readWeights(model);
  return model.weightSpecs.flatMap(({ shape }, i) => {
    if (shape.length !== 2) return [];
    const [inputs, outputs] = shape as [number, number];
    return [{ inputs, outputs, kernel: weights[i] as Float32Array, bias: weights[i + 1] as Float32Array }];
  });
}
