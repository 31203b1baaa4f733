import { BEHAVIOUR_FEATURES } from '../../core/features/feature-names.js';
import { input, layers, type LayersModel, model } from '@tensorflow/tfjs-layers';
import { tensor, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { Random } from './random.js';

/** Sizes of a session model. */
export interface SessionShape {
  /** items, without row 0 */
  readonly count: number;
  readonly dim: number;
  readonly units: number;
}

/** Weights of the session model in TF.js's order: embeddings, LSTM kernel, recurrent kernel and bias, dense kernel and bias. */
export type SessionWeights = readonly Float32Array[];

export const EMBEDDING_LAYER = 'item_embedding';

/**
 * Builds the session model: items and behaviour → LSTM → a vector in the space of the item embeddings.
 *
 * @param everyStep training: `[batch, steps, dim]`; serving: the vector after the last step, `[batch, dim]`
 */
export function buildSessionModel({ count, dim, units }: SessionShape, { everyStep }: { everyStep: boolean }): LayersModel {
  // Weights are always set or loaded: zeros cost nothing to draw, and nothing here may draw from Math.random.
  const kernel = { kernelInitializer: 'zeros' } as const;
  const items = input({ shape: [null], dtype: 'int32', name: 'items' });
  const behaviour = input({ shape: [null, BEHAVIOUR_FEATURES.length], name: 'behaviour' });
  const embedded = layers
    .embedding({ name: EMBEDDING_LAYER, inputDim: count + 1, outputDim: dim, embeddingsInitializer: 'zeros' })
    .apply(items);
  const steps = layers
    .concatenate({ name: 'steps' })
    .apply([embedded, behaviour] as Parameters<ReturnType<typeof layers.concatenate>['apply']>[0]);
  const lstm = layers.lstm({
    name: 'lstm',
    units,
    returnSequences: everyStep,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'zeros',
    ...kernel,
  });
  const session = layers.dense({ name: 'session', units: dim, ...kernel }).apply(lstm.apply(steps));
  return model({ name: 'session', inputs: [items, behaviour], outputs: session as ReturnType<typeof input> });
}

/** Draws the first weights: embeddings as given, Glorot uniform kernels, forget gates open. */
export function initialWeights({ dim, units }: SessionShape, embeddings: Float32Array, random: Random): SessionWeights {
  const width = dim + BEHAVIOUR_FEATURES.length;
  const glorot = (rows: number, columns: number) => {
    const limit = Math.sqrt(6 / (rows + columns));
    return Float32Array.from({ length: rows * columns }, () => (2 * random.next() - 1) * limit);
  };
  const bias = new Float32Array(4 * units).fill(1, units, 2 * units);
  return [embeddings, glorot(width, 4 * units), glorot(units, 4 * units), bias, glorot(units, dim), new Float32Array(dim)];
}

/** Copies weights into a model. */
export function writeWeights(into: LayersModel, weights: SessionWeights): void {
  const tensors = into.getWeights().map((weight, i) => tensor(weights[i] as Float32Array, weight.shape as [number]));
  into.setWeights(tensors as Tensor[]);
  for (const each of tensors) each.dispose();
}

/** Copies a model's weights out. */
export function readWeights(from: LayersModel): SessionWeights {
  return from.getWeights().map((weight) => weight.dataSync<'float32'>().slice());
}

/** The variables that an optimiser moves, in the order of `SessionWeights`. */
export function variablesOf(from: LayersModel): Variable[] {
  return from.trainableWeights.map((weight) => weight.read() as Variable);
}
