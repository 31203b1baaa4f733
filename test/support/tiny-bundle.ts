import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { TillsideError } from '../../src/core/errors.js';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES, FEATURES_VERSION } from '../../src/core/features/feature-names.js';
import { encodeCatalog } from '../../src/core/model/catalog.js';
import { EARLY_FILE, joinEarlyFiles } from '../../src/core/model/early-files.js';
import { encodeFirstCatalog } from '../../src/core/model/first-catalog.js';
import type { FetchFile } from '../../src/core/model/fetch-file.js';
import { createItemColumns, encodeItemFacts } from '../../src/core/model/item-facts.js';
import { canonicalManifest } from '../../src/core/model/manifest.js';
import { type FileRole, FORMAT_VERSION } from '../../src/core/model/bundle-format.js';
import type { Manifest } from '../../src/core/model/manifest.schema.js';
import { encodeNeighbours } from '../../src/core/model/neighbour-encoder.js';
import { encodeVocabulary } from '../../src/core/model/vocabulary.js';
import { type AddFile, addModels, DIM, ITEM_COUNT, randomOf } from './tiny-models.js';

export { DIM, ITEM_COUNT } from './tiny-models.js';

/** A base64 Ed25519 key pair for signed bundles. */
export interface SigningKey {
  readonly publicKey: string;
  sign(text: string): string;
}

export interface BundleOptions {
  readonly id?: string;
  readonly version?: number;
  /** false: tables alone; `ranker`: no session model */
  readonly models?: boolean | 'ranker';
  /** true: with a first stage, of the first 20 items' cards and of each item's strongest neighbour among them */
  readonly firstStage?: boolean;
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
  addTables(add, options.firstStage);
  const hasSession = models === true;
  const goldens = models ? await addModels(add, hasSession) : [];
  const unsigned = {
    formatVersion: FORMAT_VERSION,
    id,
    version,
    createdAt: '2026-01-01T00:00:00.000Z',
    files: parts.map(({ role, path, bytes }) => ({ role, path, bytes: bytes.length, sha256: sha256(bytes) })),
    items: { count: ITEM_COUNT, dim: hasSession ? DIM : 0 },
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
  const early = joinEarlyFiles(parts.map(({ role, bytes }) => ({ role, content: bytes })));
  return host(manifest, new Map([...parts.map(({ path, bytes }) => [path, bytes] as const), [EARLY_FILE, early]]));
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

function addTables(add: AddFile, hasFirstStage = false): void {
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
  columns.group.set([ITEM_COUNT + 1, ITEM_COUNT + 1], 7);
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
  if (!hasFirstStage) return;
  const isWorthy = (edge: number) => edge % 3 === 0 && (rows[edge] as number) <= 20;
  const firstStarts = starts.map((start) => rows.subarray(0, start).filter((_, edge) => isWorthy(edge)).length);
  const first = {
    starts: firstStarts,
    rows: rows.filter((_, edge) => isWorthy(edge)),
    weights: weights.filter((_, edge) => isWorthy(edge)),
  };
  add('first-neighbours', 'first.bin', encodeNeighbours(first, { isCoarse: true }));
  const cards = Array.from({ length: 20 }, (_, i) => i + 1);
  add('first-catalog', 'first.json', encodeFirstCatalog(facts.slice(0, 20), cards, columns));
}

function plainNormalisation(names: readonly string[]) {
  return { names: [...names], mean: names.map(() => 0), deviation: names.map(() => 1) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
