import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import * as layers from '@tensorflow/tfjs-layers';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../../src/core/features/feature-names.js';
import { scoreItems } from '../../src/core/model/item-table.js';
import type { FileRole } from '../../src/core/model/bundle-format.js';
import type { Golden } from '../../src/core/model/manifest.schema.js';

export const ITEM_COUNT = 30;
export const DIM = 8;
const UNITS = 8;
const SCALE = 0.01;
const MIN = -1.28;

/** Adds a file to a bundle under a name with its digest. @returns the name */
export type AddFile = (role: FileRole, stem: string, content: Uint8Array | string) => string;

/** Adds a ranker and, unless there is to be none, a session model with seeded random weights, as training publishes them. @returns their recorded answers */
export async function addModels(add: AddFile, hasSession = true): Promise<Golden[]> {
  await tf.setBackend('cpu');
  const random = randomOf(11);
  const table = Uint8Array.from({ length: (ITEM_COUNT + 1) * DIM }, () => Math.floor(random() * 256));
  const session = sessionModel(table, random);
  const ranker = rankerModel(random);
  if (hasSession) addSession(add, session, table);
  const rankerPath = add('ranker-weights', 'ranker.bin', packWeights(ranker.weights));
  add('ranker-model', 'ranker.json', modelJson(ranker, [{ paths: [rankerPath], weights: ranker.weights.map(specOf) }]));
  const goldens = [3, 1].map((steps) => aGolden(session, ranker, { table, steps, random }));
  session.dispose();
  ranker.dispose();
  return hasSession ? goldens : goldens.map((golden) => ({ ...golden, rows: [], behaviour: [], top: [], scores: [] }));
}

function addSession(add: AddFile, session: layers.LayersModel, table: Uint8Array): void {
  const tablePath = add('item-table', 'items.u8', table);
  const weightsPath = add('session-weights', 'session.bin', packWeights(session.weights.slice(1)));
  const tableSpec = {
    ...specOf(session.weights[0] as layers.LayerVariable),
    quantization: { dtype: 'uint8', scale: SCALE, min: MIN, original_dtype: 'float32' },
  };
  // The larger shard first: of two shards with the larger last, tf.io.http 4.22 reads zeros (CompositeArrayBuffer takes them for equals).
  const groups = [
    { paths: [weightsPath], weights: session.weights.slice(1).map(specOf) },
    { paths: [tablePath], weights: [tableSpec] },
  ];
  add('session-model', 'session.json', modelJson(session, groups));
}

function sessionModel(table: Uint8Array, random: () => number): layers.LayersModel {
  const items = layers.input({ shape: [null], dtype: 'int32', name: 'items' });
  const behaviour = layers.input({ shape: [null, BEHAVIOUR_FEATURES.length], name: 'behaviour' });
  const embedded = layers.layers.embedding({ inputDim: ITEM_COUNT + 1, outputDim: DIM, name: 'item_embedding' }).apply(items);
  const steps = layers.layers.concatenate({ name: 'step' }).apply([embedded as layers.SymbolicTensor, behaviour]);
  const encoded = layers.layers.lstm({ units: UNITS, recurrentInitializer: 'zeros', name: 'encoder' }).apply(steps);
  const output = layers.layers.dense({ units: DIM, name: 'session_vector' }).apply(encoded);
  const model = layers.model({ inputs: [items, behaviour], outputs: output as layers.SymbolicTensor });
  const values = Array.from(table, (byte) => byte * SCALE + MIN);
  fill(model, random, [tf.tensor2d(values, [ITEM_COUNT + 1, DIM])]);
  return model;
}

function rankerModel(random: () => number): layers.LayersModel {
  const model = layers.sequential();
  model.add(layers.layers.dense({ units: 8, activation: 'relu', inputShape: [CANDIDATE_FEATURES.length], name: 'hidden' }));
  model.add(layers.layers.dense({ units: 1, activation: 'sigmoid', name: 'affinity' }));
  fill(model, random, []);
  return model;
}

/** Sets the first weights as given, the others at random. */
function fill(model: layers.LayersModel, random: () => number, given: tf.Tensor[]): void {
  const rest = model.weights.slice(given.length).map(({ shape }) => {
    const sides = shape as number[];
    return tf.tensor(
      Array.from({ length: tf.util.sizeFromShape(sides) }, () => random() - 0.5),
      sides,
    );
  });
  model.setWeights([...given, ...rest]);
  tf.dispose([...given, ...rest]);
}

function specOf({ originalName, shape }: layers.LayerVariable) {
  return { name: originalName, shape, dtype: 'float32' };
}

function packWeights(weights: readonly layers.LayerVariable[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(weights.map((weight) => Buffer.from((weight.read().dataSync() as Float32Array).slice().buffer))),
  );
}

function modelJson(model: layers.LayersModel, weightsManifest: unknown): string {
  return JSON.stringify({ format: 'layers-model', modelTopology: model.toJSON(null, false), weightsManifest });
}

interface GoldenSource {
  readonly table: Uint8Array;
  readonly steps: number;
  readonly random: () => number;
}

function aGolden(session: layers.LayersModel, ranker: layers.LayersModel, { table, steps, random }: GoldenSource): Golden {
  const rows = Array.from({ length: steps }, () => 1 + Math.floor(random() * ITEM_COUNT));
  const behaviour = Array.from({ length: steps * BEHAVIOUR_FEATURES.length }, random);
  const features = CANDIDATE_FEATURES.map(() => random() - 0.5);
  const vector = tf.tidy(() => {
    const inputs = [tf.tensor2d(rows, [1, steps], 'int32'), tf.tensor3d(behaviour, [1, steps, BEHAVIOUR_FEATURES.length])];
    return (session.predict(inputs) as tf.Tensor).dataSync() as Float32Array;
  });
  const affinity = tf.tidy(
    () => (ranker.predict(tf.tensor2d(features, [1, features.length])) as tf.Tensor).dataSync()[0] as number,
  );
  const scores = scoreItems({ count: ITEM_COUNT, dim: DIM, scale: SCALE, min: MIN, bytes: table }, vector);
  const top = Array.from({ length: ITEM_COUNT }, (_, i) => i + 1)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number))
    .slice(0, 5);
  return { rows, behaviour, top, scores: top.map((row) => scores[row] as number), features, affinity };
}

/** Seeded numbers in 0–1. @see mulberry32 */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
