// In: the gift shop's bundle and a number of items. Out: a whole bundle of that many, its files in memory: the shop's own items and as many
// copies of them as it takes, each with edges among its own copy and a vector a little off, so that no two score alike.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { encodeCatalog, parseCatalog } from '../.build/core/model/catalog.js';
import { EARLY_FILE } from '../.build/core/model/early-files.js';
import { createItemColumns, decodeItemFacts, encodeItemFacts } from '../.build/core/model/item-facts.js';
import { encodeNeighbours } from '../.build/core/model/neighbour-encoder.js';
import { decodeNeighbours } from '../.build/core/model/neighbour-table.js';
import { createRuntime } from '../.build/core/model/own/own-runtime.js';
import { encodeVocabulary, parseVocabulary } from '../.build/core/model/vocabulary.js';
import { widen } from './wide-models.mjs';

const FOLDER = new URL('../examples/gift-shop/bundle/', import.meta.url);

/**
 * @param {number} count
 * @param {import('./wide-models.mjs').Shape} [shape] absent: the gift shop's models; else models of those sizes, with random weights
 * @returns {Promise<Map<string, Uint8Array>>} file name → bytes
 */
export async function scaledBundle(count, shape) {
  const shop = readShop();
  const [session, ranker] = [shop.json('session-model'), shop.json('ranker-model')];
  const wide = shape && widen({ session, ranker }, shape);
  const dim = shape?.dim ?? shop.manifest.items.dim;
  const tableBytes = wide?.tableBytes(count) ?? scaleTable(shop, count);
  const sessionWeights = wide?.sessionWeights ?? shop.bytes('session-weights');
  const rankerWeights = wide?.rankerWeights ?? shop.bytes('ranker-weights');
  const ids = shop.vocabulary.itemIds;
  const itemIds = Array.from({ length: count }, (_, i) =>
    i < ids.length ? ids[i] : `${ids[i % ids.length]}~${Math.floor(i / ids.length)}`,
  );
  const files = new Map();
  const entries = [];
  const add = (role, content) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { path: old } = shop.manifest.files.find((file) => file.role === role);
    const path = old.replace(/-[0-9a-f]+\./, `-${sha256.slice(0, 10)}.`);
    files.set(path, bytes);
    entries.push({ role, path, bytes: bytes.length, sha256 });
    return path;
  };
  files.set(EARLY_FILE, files.get(add('vocabulary', encodeVocabulary({ itemIds, aliases: new Map() }))));
  add('catalog', encodeCatalog(itemIds.map((itemId, i) => ({ ...shop.catalog.factsOf((i % ids.length) + 1), itemId }))));
  add('item-facts', encodeItemFacts(scaleFacts(shop, count)));
  add('neighbours', encodeNeighbours(scaleNeighbours(shop, count)));
  const tablePath = add('item-table', tableBytes);
  const weightsPath = add('session-weights', sessionWeights);
  const embedding = session.modelTopology.config.layers.find(({ class_name }) => class_name === 'Embedding');
  embedding.config.input_dim = count + 1;
  const [table, weights] = session.weightsManifest;
  table.paths = [tablePath];
  table.weights[0].shape[0] = count + 1;
  weights.paths = [weightsPath];
  add('session-model', JSON.stringify(session));
  ranker.weightsManifest[0].paths = [add('ranker-weights', rankerWeights)];
  add('ranker-model', JSON.stringify(ranker));
  const { signature: _, ...unsigned } = shop.manifest;
  const items = { ...unsigned.items, count, dim };
  const goldens = [await goldenOf({ session, ranker, tableBytes, sessionWeights, rankerWeights, shop, dim })];
  files.set(
    'manifest.json',
    new TextEncoder().encode(JSON.stringify({ ...unsigned, id: `scaled-${count}`, items, files: entries, goldens })),
  );
  return files;
}

function readShop() {
  const read = (path) => readFileSync(new URL(path, FOLDER));
  const manifest = JSON.parse(read('manifest.json').toString());
  const bytes = (role) => new Uint8Array(read(manifest.files.find((file) => file.role === role).path));
  const text = (role) => new TextDecoder().decode(bytes(role));
  const vocabulary = parseVocabulary(text('vocabulary'));
  return {
    manifest,
    bytes,
    json: (role) => JSON.parse(text(role)),
    vocabulary,
    catalog: parseCatalog(text('catalog'), vocabulary.itemIds),
    facts: decodeItemFacts(bytes('item-facts')),
    neighbours: decodeNeighbours(bytes('neighbours')),
    table: bytes('item-table'),
  };
}

function scaleTable({ table, manifest }, count) {
  const { dim, count: own } = manifest.items;
  const scaled = new Uint8Array((count + 1) * dim);
  for (let row = 1; row <= count; row++) {
    const copy = Math.floor((row - 1) / own);
    for (let d = 0; d < dim; d++) {
      const off = copy === 0 ? 0 : ((row * 31 + d * 17 + copy * 7) % 9) - 4;
      scaled[row * dim + d] = Math.min(255, Math.max(0, table[(((row - 1) % own) + 1) * dim + d] + off));
    }
  }
  return scaled;
}

function scaleFacts({ facts }, count) {
  const scaled = createItemColumns(count);
  for (let row = 1; row <= count; row++) {
    const from = ((row - 1) % facts.count) + 1;
    for (const name of ['price', 'category', 'brand', 'popularity', 'boost', 'available']) scaled[name][row] = facts[name][from];
    scaled.popularity[row] = 255 - Math.floor(((row - 1) * 256) / count);
    const family = facts.family[from] + (row - from);
    if (family <= count) scaled.family[row] = family;
  }
  return scaled;
}

function scaleNeighbours({ neighbours, manifest }, count) {
  const own = manifest.items.count;
  const starts = new Uint32Array(count + 2);
  const rows = [];
  const weights = [];
  for (let row = 1; row <= count; row++) {
    const from = ((row - 1) % own) + 1;
    starts[row] = rows.length;
    for (let e = neighbours.starts[from]; e < neighbours.starts[from + 1]; e++) {
      const to = neighbours.rows[e] + (row - from);
      if (to > count) continue;
      rows.push(to);
      weights.push(neighbours.weights[e]);
    }
  }
  starts[count + 1] = rows.length;
  return { starts, rows: Uint32Array.from(rows), weights: Float32Array.from(weights) };
}

async function goldenOf({ session, ranker, tableBytes, sessionWeights, rankerWeights, shop, dim }) {
  const model = ({ modelTopology, weightsManifest }, parts) => ({
    modelTopology,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: new Uint8Array(Buffer.concat(parts)),
  });
  const runtime = await createRuntime(
    {
      session: model(session, [tableBytes, sessionWeights]),
      ranker: model(ranker, [rankerWeights]),
    },
    { runtime: 'js' },
  );
  const { names } = shop.manifest.features.candidate;
  const rows = [1, 2, 3];
  const behaviour = Array.from({ length: rows.length * shop.manifest.features.behaviour.names.length }, (_, i) => (i % 3) / 3);
  const features = names.map((_, i) => (i % 5) / 5 - 0.4);
  const vector = runtime.encodeSession(Int32Array.from(rows), Float32Array.from(behaviour));
  const { scale, min } = session.weightsManifest[0].weights[0].quantization;
  const scoreOf = (row) => vector.reduce((sum, v, d) => sum + v * (tableBytes[row * dim + d] * scale + min), 0);
  const top = [4, 5, 6];
  const [affinity] = runtime.rankCandidates(Float32Array.from(features), 1);
  return { rows, behaviour, top, scores: top.map(scoreOf), features, affinity };
}
