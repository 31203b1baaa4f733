import { add, addN, fused, mul, relu, reshape, type Scalar, square, sum, type Tensor2D, tensor1d, tensor2d, tidy, train, type Variable, variable } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import type { DenseLayer } from './dense-layers.js';
import type { Random } from './random.js';
import type { RankerExample } from './ranker-examples.js';

/** Questions in one gradient step. */
const BATCH = 128;
const LEARNING_RATE = 3e-3;
/** Weight decay, as an L2 term of the loss. */
const DECAY = 1e-4;
/** A slot without a candidate. */
const EMPTY = -1e9;

/** Fits a ranker listwise, one epoch at a time. */
export interface RankerLearner {
  /** @param rate share of the first learning rate @returns mean loss */
  learnEpoch(examples: readonly RankerExample[], rate: number): number;
  /** The layers as they are now. */
  layers(): DenseLayer[];
  dispose(): void;
}

/** @param sizes features, hidden layers and 1 @see Cao et al. 2007 (ListNet, top-1) */
export function createRankerLearner(sizes: readonly number[], random: Random): RankerLearner {
  const shapes = sizes.slice(1).map((outputs, i): [number, number] => [sizes[i] as number, outputs]);
  const kernels = shapes.map((shape) => variable(tensor2d(glorot(shape, random), shape)));
  const biases = shapes.map(([, outputs]) => variable(tensor1d(new Float32Array(outputs))));
  const optimizer = train.adam(LEARNING_RATE);
  const width = sizes[0] as number;
  const forward = (features: Tensor2D): Tensor2D =>
    kernels.reduce<Tensor2D>((input, kernel, i) => {
      const output = fused.matMul({ a: input, b: kernel as unknown as Tensor2D, bias: biases[i] as Variable }) as Tensor2D;
      return i < kernels.length - 1 ? relu(output) : output;
    }, features);
  const lossOf = ({ features, empty, labels, slots }: RankerBatch): Scalar => {
    const logits = add(reshape(forward(tensor2d(features, [labels.length * slots, width])), [labels.length, slots]), tensor2d(empty, [labels.length, slots]));
    const decay = mul(addN(kernels.map((kernel) => sum(square(kernel)))), DECAY);
    return add(crossEntropy(logits as Tensor2D, labels), decay) as Scalar;
  };
  return {
    learnEpoch(examples, rate) {
      (optimizer as unknown as { learningRate: number }).learningRate = LEARNING_RATE * rate;
      const order = random.shuffle(Uint32Array.from(examples, (_, i) => i));
      let total = 0;
      for (let from = 0; from < order.length; from += BATCH) {
        const batch = toBatch(Array.from(order.subarray(from, from + BATCH), (i) => examples[i] as RankerExample), width);
        total += tidy(() => optimizer.minimize(() => lossOf(batch), true, [...kernels, ...biases])?.dataSync()[0] ?? 0) * batch.labels.length;
      }
      return total / Math.max(1, order.length);
    },
    layers: () =>
      kernels.map((kernel, i) => {
        const [inputs, outputs] = kernel.shape as [number, number];
        return { inputs, outputs, kernel: kernel.dataSync<'float32'>().slice(), bias: (biases[i] as Variable).dataSync<'float32'>().slice() };
      }),
    dispose() {
      for (const each of [...kernels, ...biases]) each.dispose();
      optimizer.dispose();
    },
  };
}

interface RankerBatch {
  readonly slots: number;
  /** `[examples · slots, features]` */
  readonly features: Float32Array;
  /** `[examples · slots]` 0, or `EMPTY` where there is no candidate */
  readonly empty: Float32Array;
  readonly labels: Int32Array;
}

function toBatch(examples: readonly RankerExample[], width: number): RankerBatch {
  const slots = Math.max(...examples.map(({ candidates }) => candidates));
  const features = new Float32Array(examples.length * slots * width);
  const empty = new Float32Array(examples.length * slots).fill(EMPTY);
  examples.forEach((example, i) => {
    features.set(example.features, i * slots * width);
    empty.fill(0, i * slots, i * slots + example.candidates);
  });
  return { slots, features, empty, labels: Int32Array.from(examples, ({ target }) => target) };
}

function glorot([rows, columns]: readonly [number, number], random: Random): Float32Array {
  const limit = Math.sqrt(6 / (rows + columns));
  return Float32Array.from({ length: rows * columns }, () => (2 * random.next() - 1) * limit);
}
