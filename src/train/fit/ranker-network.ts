// In: layers, or the sizes of new ones. Out: the ranker as TF.js fits it, whose last hidden layer is a committee. Node, main thread.
import {
  add,
  fused,
  matMul,
  mul,
  relu,
  reshape,
  type Tensor2D,
  tensor1d,
  tensor2d,
  transpose,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import type { DenseLayer } from './dense-layers.js';
import type { Random } from './random.js';

/** Units of the last hidden layer that are one member of the committee. */
const MEMBER_UNITS = 8;

/** A ranker that is being fitted. */
export interface RankerNetwork {
  readonly kernels: readonly Variable[];
  readonly biases: readonly Variable[];
  /** how many rankers the last hidden layer is made of; they share all layers before it */
  readonly members: number;
}

/**
 * Creates a network from layers, or draws one: every eight units of its last hidden layer are a ranker of their own. Another number of units
 * is one ranker.
 *
 * @param sizes features, hidden layers and 1
 */
export function createRankerNetwork(
  sizes: readonly number[],
  random: Random,
  layers: readonly DenseLayer[] | undefined,
): RankerNetwork {
  const units = sizes.at(-2) as number;
  const members = sizes.length > 2 && units % MEMBER_UNITS === 0 ? units / MEMBER_UNITS : 1;
  const start = layers && scaleLast(layers, members);
  const shapes = sizes.slice(1).map((outputs, i): [number, number] => [sizes[i] as number, outputs]);
  const isLast = (i: number) => i === shapes.length - 1;
  const drawn = ([rows, columns]: readonly [number, number], i: number) =>
    draw(rows * columns, Math.sqrt(6 / ((isLast(i) ? rows / members : rows) + columns)), random);
  return {
    kernels: shapes.map((shape, i) => variable(tensor2d(start?.[i]?.kernel ?? drawn(shape, i), shape))),
    biases: shapes.map(([, outputs], i) => variable(tensor1d(start?.[i]?.bias ?? new Float32Array(outputs)))),
    members,
  };
}

/** What each member says of each candidate of each question. @param input `[questions · slots, features]` @returns `[members · questions, slots]` */
export function scoreByMembers({ kernels, biases, members }: RankerNetwork, input: Tensor2D, slots: number): Tensor2D {
  const last = kernels.length - 1;
  const hidden = kernels.slice(0, last).reduce<Tensor2D>((values, kernel, i) => {
    const dense = { a: values, b: kernel as unknown as Tensor2D, bias: biases[i] as Variable };
    return relu(fused.matMul(dense) as Tensor2D);
  }, input);
  const kernel = kernels[last] as Variable;
  const [units] = kernel.shape as [number, number];
  const own = mul(kernel, tensor2d(blocks(units, members), [units, members])) as Tensor2D;
  const scores = add(matMul(hidden, own), biases[last] as Variable);
  const questions = input.shape[0] / slots;
  return reshape(transpose(reshape(scores, [questions, slots, members]), [2, 0, 1]), [members * questions, slots]);
}

/** The layers as they are now, which answer with the mean of the members. */
export function layersOf({ kernels, biases, members }: RankerNetwork): DenseLayer[] {
  const layers = kernels.map((kernel, i) => {
    const [inputs, outputs] = kernel.shape as [number, number];
    const read = (from: Variable) => from.dataSync<'float32'>().slice();
    return { inputs, outputs, kernel: read(kernel), bias: read(biases[i] as Variable) };
  });
  return scaleLast(layers, 1 / members);
}

/** A member counts its own units whole, the layers together a share of each: their last kernel is the mean. */
function scaleLast(layers: readonly DenseLayer[], factor: number): DenseLayer[] {
  const scale = (values: Float32Array) => values.map((value) => value * factor);
  return layers.map((layer, i) => (i < layers.length - 1 ? layer : { ...layer, kernel: scale(layer.kernel) }));
}

/** `[units, members]`: 1 where a unit is the member's, else 0. */
function blocks(units: number, members: number): Float32Array {
  const isOwn = (unit: number, member: number) => Math.floor((unit * members) / units) === member;
  return Float32Array.from({ length: units * members }, (_, at) => Number(isOwn(Math.floor(at / members), at % members)));
}

function draw(length: number, limit: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => (2 * random.next() - 1) * limit);
}
