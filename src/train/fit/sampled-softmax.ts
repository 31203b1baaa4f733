import { fused, gather, type Scalar, type Tensor1D, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import type { Random } from './random.js';

/** Draws rows with probability ∝ popularity^power. */
export interface RowSampler {
  draw(): number;
  /** of one draw */
  probabilityOf(row: number): number;
}

/** Creates a sampler by inverse cumulative sums. */
export function createRowSampler(popularity: ArrayLike<number>, power: number, random: Random): RowSampler {
  const cumulative = new Float64Array(popularity.length);
  for (let row = 1; row < cumulative.length; row++) {
    const weight = popularity[row] as number;
    cumulative[row] = (cumulative[row - 1] as number) + (weight > 0 ? weight ** power : 0);
  }
  const total = cumulative[cumulative.length - 1] as number;
  const find = (at: number, from: number, to: number): number => {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  // What each of as many equal parts of 0…1 as a power of two draws first: where the search of a part begins and ends.
  const parts = 2 ** Math.ceil(Math.log2(cumulative.length));
  const guide = Uint32Array.from({ length: parts + 1 }, (_, part) => find((part / parts) * total, 1, cumulative.length - 1));
  return {
    draw() {
      const share = random.next();
      const part = Math.floor(share * parts);
      return find(share * total, guide[part] as number, guide[part + 1] as number);
    },
    probabilityOf: (row) => ((cumulative[row] as number) - (cumulative[row - 1] as number)) / total,
  };
}

/** The rows that a batch's softmax runs over. */
export interface SampledClasses {
  /** `[classes]` distinct rows: every target of the batch and drawn negatives */
  readonly rows: Int32Array;
  /** `[classes]` −log of how often a row is expected among them: corrects the sampled softmax to the full one */
  readonly correction: Float32Array;
  /** `[targets]` place of each target in `rows` */
  readonly labels: Int32Array;
}

/** Gathers the classes of a batch. @see Bengio & Senécal 2008 (sampled softmax), Hidasi & Karatzoglou 2018 (in-batch negatives) */
export function sampleClasses(
  targets: Int32Array,
  negatives: number,
  samplers: { batch: RowSampler; drawn: RowSampler },
): SampledClasses {
  const places = new Map<number, number>();
  const placeOf = (row: number): number => {
    const place = places.get(row) ?? places.size;
    places.set(row, place);
    return place;
  };
  const labels = targets.map(placeOf);
  for (let i = 0; i < negatives; i++) placeOf(samplers.drawn.draw());
  const rows = Int32Array.from(places.keys());
  const correction = Float32Array.from(rows, (row) => {
    const expected = targets.length * samplers.batch.probabilityOf(row) + negatives * samplers.drawn.probabilityOf(row);
    return -Math.log(Math.max(1e-9, -Math.expm1(-expected)));
  });
  return { rows, correction, labels };
}

/**
 * Mean cross entropy of session vectors against the sampled classes.
 *
 * @param sessions `[targets, dim]` @param embeddings `[count + 1, dim]`
 */
export function sampledSoftmaxLoss(sessions: Tensor2D, embeddings: Tensor2D, classes: SampledClasses): Scalar {
  const candidates = gather(embeddings, tensor1d(classes.rows, 'int32')) as Tensor2D;
  const bias: Tensor1D = tensor1d(classes.correction);
  const logits = fused.matMul({ a: sessions, b: candidates, transposeB: true, bias }) as Tensor2D;
  return crossEntropy(logits, classes.labels);
}
