import {
  gather,
  reshape,
  type Scalar,
  type Tensor2D,
  type Tensor3D,
  tensor1d,
  tensor2d,
  tensor3d,
  tidy,
  train,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { BEHAVIOUR_FEATURES } from '../../core/features/feature-names.js';
import { createRandom, type Random } from './random.js';
import { createRowSampler, sampleClasses, type SampledClasses, sampledSoftmaxLoss } from './sampled-softmax.js';
import type { SessionBatch } from './session-batches.js';
import { variablesOf } from './session-layers.js';

/** Fits a session model one gradient step at a time. */
export interface SessionLearner {
  /** @returns the batch's loss before the step */
  learn(batch: SessionBatch, rate: number): number;
  /** Mean loss; the same classes are drawn each time it is asked. */
  lossOf(batches: readonly SessionBatch[]): number;
  dispose(): void;
}

export interface SessionLearning {
  readonly dim: number;
  readonly seed: number;
  /** `[count + 1]` */
  readonly popularity: ArrayLike<number>;
  readonly random: Random;
  /** whether the embeddings learn too */
  readonly movesItems: boolean;
}

const NEGATIVES = 512;
const NEGATIVE_POWER = 0.75;
/** Adam's rate until `learn` says another. */
const FIRST_RATE = 4e-3;

/** Creates the learner of a model that answers at every step. */
export function createSessionLearner(model: LayersModel, fit: SessionLearning): SessionLearner {
  const variables = variablesOf(model);
  const moved = fit.movesItems ? variables : variables.slice(1);
  const optimizer = train.adam(FIRST_RATE);
  const samplersOf = (random: Random) => ({
    batch: createRowSampler(fit.popularity, 1, random),
    drawn: createRowSampler(fit.popularity, NEGATIVE_POWER, random),
  });
  const samplers = samplersOf(fit.random);
  const forward = (batch: SessionBatch, classes: SampledClasses): Scalar => {
    const rows = tensor2d(batch.rows, [batch.size, batch.steps], 'int32');
    const behaviour: Tensor3D = tensor3d(batch.behaviour, [batch.size, batch.steps, BEHAVIOUR_FEATURES.length]);
    const sessions = reshape(model.apply([rows, behaviour]) as Tensor3D, [batch.size * batch.steps, fit.dim]);
    const asked = gather(sessions, tensor1d(batch.places, 'int32')) as Tensor2D;
    return sampledSoftmaxLoss(asked, variables[0] as unknown as Tensor2D, classes);
  };
  return {
    learn(batch, rate) {
      (optimizer as unknown as { learningRate: number }).learningRate = rate;
      const classes = sampleClasses(batch.targets, NEGATIVES, samplers);
      return tidy(() => optimizer.minimize(() => forward(batch, classes), true, moved)?.dataSync()[0] ?? 0);
    },
    lossOf(batches) {
      const fixed = samplersOf(createRandom(fit.seed, 'held out'));
      let sum = 0;
      let targets = 0;
      for (const batch of batches) {
        const classes = sampleClasses(batch.targets, NEGATIVES, fixed);
        sum += tidy(() => forward(batch, classes).dataSync()[0] as number) * batch.targets.length;
        targets += batch.targets.length;
      }
      return sum / Math.max(1, targets);
    },
    dispose: () => optimizer.dispose(),
  };
}
