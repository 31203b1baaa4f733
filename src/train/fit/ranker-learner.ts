import {
  add,
  addN,
  mul,
  type Scalar,
  square,
  sum,
  type Tensor2D,
  tensor2d,
  tidy,
  tile,
  train,
  type Variable,
} from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import type { DenseLayer } from './dense-layers.js';
import type { Random } from './random.js';
import type { RankerExample } from './ranker-examples.js';
import { createRankerNetwork, layersOf, type RankerNetwork, scoreByMembers } from './ranker-network.js';

/** Questions in one gradient step. */
const BATCH = 128;
const LEARNING_RATE = 3e-3;
/** Weight decay of a member, as an L2 term of its loss. */
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

export interface RankerStart {
  /** layers of these sizes, default: drawn ones */
  readonly layers?: readonly DenseLayer[] | undefined;
  /** columns that are fed as 0 */
  readonly muted?: readonly number[];
}

/** @param sizes features, hidden layers and 1 @see Cao et al. 2007 (ListNet, top-1); members learn from the same lists, each for itself */
export function createRankerLearner(
  sizes: readonly number[],
  random: Random,
  { layers: start, muted = [] }: RankerStart = {},
): RankerLearner {
  const network = createRankerNetwork(sizes, random, start);
  const variables = [...network.kernels, ...network.biases];
  const optimizer = train.adam(LEARNING_RATE);
  const learn = (batch: RankerBatch): number =>
    tidy(() => optimizer.minimize(() => lossOf(network, batch), true, variables)?.dataSync()[0] ?? 0);
  return {
    learnEpoch(examples, rate) {
      (optimizer as unknown as { learningRate: number }).learningRate = LEARNING_RATE * rate;
      const order = random.shuffle(Uint32Array.from(examples, (_, i) => i));
      let total = 0;
      for (let from = 0; from < order.length; from += BATCH) {
        const chosen = Array.from(order.subarray(from, from + BATCH), (i) => examples[i] as RankerExample);
        total += learn(toBatch(chosen, sizes[0] as number, muted)) * chosen.length;
      }
      return total / Math.max(1, order.length);
    },
    layers: () => layersOf(network),
    dispose() {
      for (const each of variables) each.dispose();
      optimizer.dispose();
    },
  };
}

/** The mean of what each member's loss would be if it learnt alone. */
function lossOf(network: RankerNetwork, { features, empty, labels, slots }: RankerBatch): Scalar {
  const { kernels, members } = network;
  const input = tensor2d(features, [labels.length * slots, (kernels[0] as Variable).shape[0] as number]);
  const mask = tile(tensor2d(empty, [labels.length, slots]), [members, 1]);
  const logits: Tensor2D = add(scoreByMembers(network, input, slots), mask);
  const right = Int32Array.from({ length: members * labels.length }, (_, i) => labels[i % labels.length] as number);
  const decay = mul(addN(kernels.map((kernel) => sum(square(kernel)))), DECAY / members);
  return add(crossEntropy(logits, right), decay);
}

interface RankerBatch {
  readonly slots: number;
  /** `[examples · slots, features]` */
  readonly features: Float32Array;
  /** `[examples · slots]` 0, or `EMPTY` where there is no candidate */
  readonly empty: Float32Array;
  readonly labels: Int32Array;
}

function toBatch(examples: readonly RankerExample[], width: number, muted: readonly number[]): RankerBatch {
  const slots = Math.max(...examples.map(({ candidates }) => candidates));
  const features = new Float32Array(examples.length * slots * width);
  const empty = new Float32Array(examples.length * slots).fill(EMPTY);
  examples.forEach((example, i) => {
    features.set(example.features, i * slots * width);
    empty.fill(0, i * slots, i * slots + example.candidates);
  });
  for (let from = 0; from < features.length; from += width) for (const column of muted) features[from + column] = 0;
  return { slots, features, empty, labels: Int32Array.from(examples, ({ target }) => target) };
}
