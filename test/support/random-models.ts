import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import * as layers from '@tensorflow/tfjs-layers';
import type { LayersModelFiles, WeightSpec } from '../../src/core/model/runtime.js';
import { randomOf } from './tiny-models.js';

export const ROWS = 23;
export const BEHAVIOUR = 3;

const ACTIVATIONS = ['linear', 'relu', 'tanh', 'sigmoid', 'hardSigmoid', 'softplus', 'elu', 'swish', 'gelu', 'softmax'] as const;
/** Of cells: none that makes a state, and with it a rounding, larger at every step. */
const GATES = ['sigmoid', 'hardSigmoid'] as const;
const STATES = ['tanh', 'sigmoid', 'linear', 'softplus'] as const;

type Random = () => number;
type Node = layers.SymbolicTensor;

const int = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
const oneOf = <T>(random: Random, values: readonly T[]): T => values[int(random, 0, values.length - 1)] as T;

/** A layer on `[batch, steps, width]` that keeps batch and steps, or a few that do so together. */
const STEPS: readonly ((x: Node, random: Random) => Node)[] = [
  (x, random) => dense(x, random),
  (x, random) => dense(x, random),
  (x, random) => recurrent(x, random, true),
  (x, random) => layers.layers.activation({ activation: oneOf(random, ACTIVATIONS) }).apply(x) as Node,
  (x) => layers.layers.dropout({ rate: 0.5 }).apply(x) as Node,
  (x, random) => layers.layers.concatenate({ axis: -1 }).apply([x, dense(x, random)]) as Node,
  (x, random) => layers.layers.add().apply([x, dense(x, random, x.shape.at(-1) as number), x]) as Node,
  (x) => layers.layers.permute({ dims: [2, 1] }).apply(layers.layers.permute({ dims: [2, 1] }).apply(x)) as Node,
  (x) => layers.layers.reshape({ targetShape: [null, x.shape.at(-1) as number] }).apply(x) as Node,
  (x) => layers.layers.concatenate({ axis: 1 }).apply([x, x]) as Node,
  (x, random) => {
    const other = dense(x, random, x.shape.at(-1) as number);
    const likeness = layers.layers.dot({ axes: 2, normalize: random() < 0.5 }).apply([x, other]);
    const weights = layers.layers.activation({ activation: 'softmax' }).apply(likeness);
    return layers.layers.dot({ axes: [2, 1] }).apply([weights as Node, x]) as Node;
  },
];

function dense(x: Node, random: Random, units = int(random, 1, 37)): Node {
  const activation = oneOf(random, ACTIVATIONS);
  return layers.layers.dense({ units, activation, useBias: random() < 0.8 }).apply(x) as Node;
}

function recurrent(x: Node, random: Random, returnSequences: boolean): Node {
  const [activation, recurrentActivation] = [oneOf(random, STATES), oneOf(random, GATES)];
  const options = {
    units: int(random, 1, 21),
    returnSequences,
    activation,
    recurrentActivation,
    useBias: random() < 0.8,
    recurrentInitializer: 'zeros' as const,
  };
  return (random() < 0.5 ? layers.layers.lstm(options) : layers.layers.gru(options)).apply(x) as Node;
}

/** Builds a model of known layers at random: items and behaviour in, `[batch, width]` out. */
export function aRandomModel(seed: number): { readonly model: layers.LayersModel; readonly files: LayersModelFiles } {
  const random = randomOf(seed);
  const items = layers.input({ shape: [null], dtype: 'int32', name: 'items' });
  const behaviour = layers.input({ shape: [null, BEHAVIOUR], name: 'behaviour' });
  const embedded = layers.layers.embedding({ inputDim: ROWS, outputDim: int(random, 1, 19) }).apply(items) as Node;
  let x = layers.layers.concatenate().apply([embedded, behaviour]) as Node;
  for (let depth = int(random, 0, 4); depth > 0; depth--) x = oneOf(random, STEPS)(x, random);
  const last = recurrent(x, random, false);
  const head = dense(last, random, x.shape.at(-1) as number);
  const likeness = layers.layers.dot({ axes: [2, 1] }).apply([x, head]);
  const attention = layers.layers.activation({ activation: 'softmax' }).apply(likeness) as Node;
  const pooled = layers.layers.dot({ axes: [1, 1] }).apply([attention, x]) as Node;
  const outputs = random() < 0.5 ? head : (layers.layers.concatenate().apply([head, pooled]) as Node);
  const model = layers.model({ inputs: [items, behaviour], outputs });
  fill(model, random);
  return { model, files: publish(model, random) };
}

/** Small numbers, so that no activation runs away over the steps. */
function fill(model: layers.LayersModel, random: Random): void {
  const values = model.weights.map(({ shape }) => {
    const sides = shape as number[];
    return tf.tensor(
      Array.from({ length: tf.util.sizeFromShape(sides) }, () => (random() - 0.5) * 0.8),
      sides,
    );
  });
  model.setWeights(values);
  tf.dispose(values);
}

/** Writes the model as its files hold it, and sets its weights to what they unpack to. */
function publish(model: layers.LayersModel, random: Random): LayersModelFiles {
  const parts: Uint8Array[] = [];
  const weightSpecs: WeightSpec[] = [];
  const unpacked = model.weights.map((variable) => {
    const { quantization, bytes, values } = pack(variable.read().dataSync() as Float32Array, random);
    parts.push(bytes);
    const spec = { name: variable.originalName, shape: variable.shape as number[], dtype: 'float32' as const };
    weightSpecs.push(quantization ? { ...spec, quantization } : spec);
    return tf.tensor(values, variable.shape as number[]);
  });
  model.setWeights(unpacked);
  tf.dispose(unpacked);
  return { modelTopology: model.toJSON(null, false), weightSpecs, weightData: new Uint8Array(Buffer.concat(parts)) };
}

function pack(values: Float32Array, random: Random) {
  const dtype = oneOf(random, ['float32', 'uint8', 'uint16'] as const);
  if (dtype === 'float32') return { bytes: new Uint8Array(values.slice().buffer), values, quantization: undefined };
  const min = Math.min(...values);
  const scale = (Math.max(...values) - min) / (dtype === 'uint8' ? 255 : 65535) || 1;
  const rounded = Array.from(values, (value) => Math.round((value - min) / scale));
  const levels = dtype === 'uint8' ? Uint8Array.from(rounded) : Uint16Array.from(rounded);
  return {
    bytes: new Uint8Array(levels.buffer),
    values: Float32Array.from(levels, (level) => level * scale + min),
    quantization: { dtype, scale, min },
  };
}
