import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import * as layers from '@tensorflow/tfjs-layers';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { TillsideError } from '../../src/core/errors.js';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES, FEATURES_VERSION } from '../../src/core/features/feature-names.js';
import { encodeCatalog } from '../../src/core/model/catalog.js';
import type { FetchFile } from '../../src/core/model/fetch-file.js';
import { createItemColumns, encodeItemFacts } from '../../src/core/model/item-facts.js';
import { scoreItems } from '../../src/core/model/item-table.js';
import { canonicalManifest } from '../../src/core/model/manifest.js';
import { type FileRole, FORMAT_VERSION, type Manifest } from '../../src/core/model/manifest.schema.js';
import { encodeNeighbours } from '../../src/core/model/neighbour-table.js';
import { encodeVocabulary } from '../../src/core/model/vocabulary.js';

export const ITEM_COUNT = 30;
export const DIM = 8;
const UNITS = 8;
const SCALE = 0.01;
const MIN = -1.28;

/** A base64 Ed25519 key pair for signed bundles. */
export interface SigningKey {
  readonly publicKey: string;
  sign(text: string): string;
}

export interface BundleOptions {
  readonly id?: string;
  readonly version?: number;
  /** false: tables alone */
  readonly models?: boolean;
  readonly signWith?: SigningKey;
  /** changes a file before it is digested: the bundle is then whole, but wrong */
  readonly alter?: Partial<Record<FileRole, (bytes: Uint8Array) => Uint8Array>>;
  /** changes the manifest before it is signed */
  readonly alterManifest?: (manifest: Manifest) => unknown;
}

/** A complete bundle in memory, and a host that serves it. */
export interface TinyBundle {
  readonly manifestUrl: string;
  readonly manifest: Manifest;
  readonly manifestText: string;
  /** file name → bytes; what a test changes here, the host serves */
  readonly files: Map<string, Uint8Array>;
  /** serves `files`, and `manifestText` as manifest.json; refuses every other file */
  readonly fetchFile: FetchFile;
  /** names of the files asked for */
  readonly requests: string[];
  pathOf(role: FileRole): string;
}

export function aSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey: raw.toString('base64'), sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64') };
}

/** Builds a small valid bundle of 30 items with random, seeded models of dim 8; item ids are `item-1` … `item-30`, in row order. */
export async function aBundle(options: BundleOptions = {}): Promise<TinyBundle> {
  const { id = 'tiny', version = 1, models = true, alter = {} } = options;
  const parts: { role: FileRole; path: string; bytes: Uint8Array }[] = [];
  const add = (role: FileRole, stem: string, content: Uint8Array | string): string => {
    const plain = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const bytes = alter[role]?.(plain) ?? plain;
    const [name, extension] = stem.split('.');
    const path = `${name}-${sha256(bytes).slice(0, 8)}.${extension}`;
    parts.push({ role, path, bytes });
    return path;
  };
  addTables(add);
  const goldens = models ? await addModels(add) : [];
  const unsigned = {
    formatVersion: FORMAT_VERSION,
    id,
    version,
    createdAt: '2026-01-01T00:00:00.000Z',
    files: parts.map(({ role, path, bytes }) => ({ role, path, bytes: bytes.length, sha256: sha256(bytes) })),
    items: { count: ITEM_COUNT, dim: models ? DIM : 0 },
    features: {
      name: 'tillside-features',
      version: FEATURES_VERSION,
      behaviour: plainNormalisation(BEHAVIOUR_FEATURES),
      candidate: plainNormalisation(CANDIDATE_FEATURES),
      live: [...CANDIDATE_FEATURES],
    },
    output: 'affinity',
    log: 'sessions',
    goldens,
    metrics: {},
    training: { seed: 1 },
  } satisfies Manifest;
  const altered = (options.alterManifest?.(unsigned) ?? unsigned) as Manifest;
  const { signWith } = options;
  const signature = signWith && { key: signWith.publicKey, value: signWith.sign(canonicalManifest(altered)) };
  const manifest = signature ? { ...altered, signature } : altered;
  return host(manifest, new Map(parts.map(({ path, bytes }) => [path, bytes])));
}

function host(manifest: Manifest, files: Map<string, Uint8Array>): TinyBundle {
  const manifestText = JSON.stringify(manifest);
  const requests: string[] = [];
  return {
    manifestUrl: 'https://shop.test/assets/manifest.json',
    manifest,
    manifestText,
    files,
    requests,
    async fetchFile(url, { maxBytes }) {
      const name = url.slice(url.lastIndexOf('/') + 1);
      requests.push(name);
      const bytes = files.get(name) ?? (name === 'manifest.json' ? new TextEncoder().encode(manifestText) : undefined);
      if (!bytes) throw new TillsideError('bundle-unreachable', `${url} answered 404.`);
      if (bytes.length > maxBytes) throw new TillsideError('bundle-too-large', `${url} is larger than ${maxBytes} bytes.`);
      return bytes.slice();
    },
    pathOf: (role) => manifest.files.find((file) => file.role === role)?.path ?? '',
  };
}

type AddFile = (role: FileRole, stem: string, content: Uint8Array | string) => string;

function addTables(add: AddFile): void {
  const random = randomOf(7);
  const itemIds = Array.from({ length: ITEM_COUNT }, (_, i) => `item-${i + 1}`);
  add('vocabulary', 'vocabulary.json', encodeVocabulary({ itemIds, aliases: new Map([['sku-2', 2]]) }));
  const categories = ['Kitchen > Mugs', 'Kitchen > Plates', 'Garden'];
  const columns = createItemColumns(ITEM_COUNT);
  for (let row = 1; row <= ITEM_COUNT; row++) {
    columns.price[row] = row;
    columns.category[row] = 1 + (row % categories.length);
    columns.popularity[row] = 255 - Math.floor(((row - 1) * 256) / ITEM_COUNT);
  }
  columns.family[6] = 5;
  add('item-facts', 'items.bin', encodeItemFacts(columns));
  const starts = Uint32Array.from({ length: ITEM_COUNT + 2 }, (_, row) => Math.max(0, row - 1) * 3);
  const rows = Uint32Array.from({ length: ITEM_COUNT * 3 }, (_, e) => 1 + ((Math.floor(e / 3) + 1 + (e % 3)) % ITEM_COUNT));
  const weights = Float32Array.from({ length: ITEM_COUNT * 3 }, (_, e) => (3 - (e % 3)) * (0.2 + 0.05 * random()));
  add('neighbours', 'neighbours.bin', encodeNeighbours({ starts, rows, weights }));
  const facts = itemIds.map((itemId, i) => ({
    itemId,
    title: `Item ${i + 1}`,
    price: i + 1,
    currency: 'GBP',
    category: categories[(i + 1) % categories.length] as string,
    url: `/products/${itemId}`,
  }));
  add('catalog', 'catalog.json', encodeCatalog(facts));
}

async function addModels(add: AddFile): Promise<Manifest['goldens']> {
  await tf.setBackend('cpu');
  const random = randomOf(11);
  const table = Uint8Array.from({ length: (ITEM_COUNT + 1) * DIM }, () => Math.floor(random() * 256));
  const session = sessionModel(table, random);
  const ranker = rankerModel(random);
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
  const rankerPath = add('ranker-weights', 'ranker.bin', packWeights(ranker.weights));
  add('ranker-model', 'ranker.json', modelJson(ranker, [{ paths: [rankerPath], weights: ranker.weights.map(specOf) }]));
  const goldens = [3, 1].map((steps) => aGolden(session, ranker, { table, steps, random }));
  session.dispose();
  ranker.dispose();
  return goldens;
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

function aGolden(
  session: layers.LayersModel,
  ranker: layers.LayersModel,
  { table, steps, random }: GoldenSource,
): Manifest['goldens'][number] {
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

function plainNormalisation(names: readonly string[]) {
  return { names: [...names], mean: names.map(() => 0), deviation: names.map(() => 1) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Seeded numbers in 0–1. @see mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
