import { TillsideError } from '../errors.js';
import type { ItemIndex } from '../features/item-index.js';
import type { Bundle } from './bundle.js';
import type { FileRole } from './bundle-format.js';
import { parseCatalog } from './catalog.js';
import { decodeItemFacts } from './item-facts.js';
import { createItemIndex } from './item-index.js';
import type { ItemTable } from './item-table.js';
import { type LayersModel, readLayersModel } from './layers-model.js';
import type { Manifest } from './manifest.schema.js';
import { decodeNeighbours } from './neighbour-table.js';
import { decodeText } from './parse-json.js';
import { parseVocabulary } from './vocabulary.js';

/** The verified bytes of a bundle's files. */
export type BundleBytes = ReadonlyMap<FileRole, Uint8Array>;

const MAX_TABLE_PARAMETERS = 64_000_000;
const MAX_OTHER_PARAMETERS = 4_000_000;

/** A bundle without its models. */
export type Tables = Omit<Bundle, 'models'>;

/**
 * Reads the tables of a bundle: all that the neighbours tier needs.
 *
 * @param index of the same bundle, where it has been read
 * @throws {TillsideError} `model-invalid`, `model-incompatible`
 */
export function readTables(manifest: Manifest, bytes: BundleBytes, index = readIndex(manifest, bytes)): Tables {
  return joinTables(manifest, bytes, { index, neighbours: 'neighbours', catalog: 'catalog' });
}

/** Reads the first stage of a bundle: the same with fewer neighbours, and no cards but of what these lead to. @throws as `readTables` */
export function readFirstStage(manifest: Manifest, bytes: BundleBytes): Tables {
  const index = readIndex(manifest, bytes);
  return joinTables(manifest, bytes, { index, neighbours: 'first-neighbours', catalog: 'first-catalog' });
}

function readIndex(manifest: Manifest, bytes: BundleBytes): ItemIndex {
  const vocabulary = parseVocabulary(textOf('vocabulary', bytes));
  const { itemIds } = vocabulary;
  if (itemIds.length !== manifest.items.count)
    throw mismatch(`${manifest.items.count} items in its manifest, ${itemIds.length} in its vocabulary`);
  return createItemIndex(vocabulary, decodeItemFacts(bytesOf('item-facts', bytes)));
}

function joinTables(
  manifest: Manifest,
  bytes: BundleBytes,
  { index, ...roles }: { readonly index: ItemIndex; readonly neighbours: FileRole; readonly catalog: FileRole },
): Tables {
  const { count } = index;
  const neighbours = decodeNeighbours(bytesOf(roles.neighbours, bytes));
  const { length } = neighbours.starts;
  if (length !== count + 2) throw mismatch(`neighbours of ${length - 2} items, ${count} in its vocabulary`);
  const itemIds = Array.from({ length: count }, (_, i) => index.itemIdOf(i + 1));
  const { factsOf } = parseCatalog(textOf(roles.catalog, bytes), itemIds);
  return { manifest, index, factsOf, neighbours };
}

/**
 * Reads the two models and the item table they share.
 *
 * @throws {TillsideError} `model-invalid`, `model-incompatible`
 */
export function readModels(manifest: Manifest, bytes: BundleBytes): NonNullable<Bundle['models']> {
  const { count, dim } = manifest.items;
  const tableSize = (count + 1) * dim;
  if (tableSize > MAX_TABLE_PARAMETERS)
    throw mismatch(`${tableSize} numbers in its item table, of at most ${MAX_TABLE_PARAMETERS}`);
  const model = (role: FileRole, weights: readonly FileRole[], maxParameters: number): LayersModel => {
    const shards = new Map(weights.map((weight) => [pathOf(weight, manifest), bytesOf(weight, bytes)]));
    return readLayersModel({ text: textOf(role, bytes), shards, maxParameters });
  };
  const session = model('session-model', ['item-table', 'session-weights'], tableSize + MAX_OTHER_PARAMETERS);
  const ranker = model('ranker-model', ['ranker-weights'], MAX_OTHER_PARAMETERS);
  return { itemTable: readItemTable(session, manifest, bytes), session, ranker };
}

function readItemTable({ groups }: LayersModel, manifest: Manifest, bytes: BundleBytes): ItemTable {
  const { count, dim } = manifest.items;
  const specs = groups.get(pathOf('item-table', manifest)) ?? [];
  const [spec] = specs;
  const { dtype, scale, min } = spec?.quantization ?? {};
  if (specs.length !== 1 || dtype !== 'uint8' || scale === undefined || min === undefined)
    throw mismatch('its item table is not one uint8 weight');
  if (spec?.shape.join() !== `${count + 1},${dim}`)
    throw mismatch(`its item table is [${spec?.shape}], not [${count + 1},${dim}]`);
  return { count, dim, scale, min, bytes: bytesOf('item-table', bytes) };
}

function pathOf(role: FileRole, { files }: Manifest): string {
  return files.find((file) => file.role === role)?.path ?? '';
}

function bytesOf(role: FileRole, bytes: BundleBytes): Uint8Array {
  const found = bytes.get(role);
  if (!found) throw new TillsideError('model-invalid', `The bundle's ${role} is missing. Publish the bundle again.`);
  return found;
}

function textOf(role: FileRole, bytes: BundleBytes): string {
  return decodeText(bytesOf(role, bytes), { what: `The bundle's ${role}`, code: 'model-invalid' });
}

function mismatch(what: string): TillsideError {
  return new TillsideError('model-incompatible', `The bundle's parts do not fit: ${what}. Train the bundle again.`);
}
