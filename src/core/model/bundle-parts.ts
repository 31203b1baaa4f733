import { TillsideError } from '../errors.js';
import type { ItemIndex } from '../features/item-index.js';
import type { Bundle } from './bundle.js';
import type { FileRole } from './bundle-format.js';
import { parseCatalog } from './catalog.js';
import { parseFirstCatalog } from './first-catalog.js';
import { decodeItemFacts } from './item-facts.js';
import { createItemIndex } from './item-index.js';
import type { ItemTable } from './item-table.js';
import { type LayersModel, readLayersModel } from './layers-model.js';
import type { Manifest } from './manifest.schema.js';
import { decodeNeighbours, type NeighbourTable } from './neighbour-table.js';
import { decodeText } from './parse-json.js';
import { parseVocabulary, type Vocabulary } from './vocabulary.js';

/** The verified bytes of a bundle's files. */
export type BundleBytes = ReadonlyMap<FileRole, Uint8Array>;

const MAX_TABLE_PARAMETERS = 64_000_000;
const MAX_OTHER_PARAMETERS = 4_000_000;

/** A bundle without its models. */
export type Tables = Omit<Bundle, 'models'>;

/** Reads the tables of a bundle: all that the neighbours tier needs. @throws {TillsideError} `model-invalid`, `model-incompatible` */
export function readTables(manifest: Manifest, bytes: BundleBytes): Tables {
  const vocabulary = readVocabulary(manifest, bytes);
  const index = createItemIndex(vocabulary, decodeItemFacts(bytesOf('item-facts', bytes)));
  const { factsOf } = parseCatalog(textOf('catalog', bytes), vocabulary.itemIds);
  return { manifest, index, factsOf, neighbours: readNeighbours('neighbours', index, bytes) };
}

/** Reads the first stage of a bundle: the same with fewer neighbours, and no cards but of what these lead to. @throws as `readTables` */
export function readFirstStage(manifest: Manifest, bytes: BundleBytes): Tables {
  const vocabulary = readVocabulary(manifest, bytes);
  const { columns, factsOf } = parseFirstCatalog(textOf('first-catalog', bytes), vocabulary.itemIds);
  const index = createItemIndex(vocabulary, columns);
  return { manifest, index, factsOf, neighbours: readNeighbours('first-neighbours', index, bytes) };
}

function readVocabulary({ items }: Manifest, bytes: BundleBytes): Vocabulary {
  const vocabulary = parseVocabulary(textOf('vocabulary', bytes));
  const { length } = vocabulary.itemIds;
  if (length !== items.count) throw mismatch(`${items.count} items in its manifest, ${length} in its vocabulary`);
  return vocabulary;
}

function readNeighbours(role: FileRole, { count }: ItemIndex, bytes: BundleBytes): NeighbourTable {
  const neighbours = decodeNeighbours(bytesOf(role, bytes));
  const { length } = neighbours.starts;
  if (length !== count + 2) throw mismatch(`${role} of ${length - 2} items, ${count} in its vocabulary`);
  return neighbours;
}

/**
 * Reads the ranker and, where the bundle has one, the session model with its item table.
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
  const ranker = model('ranker-model', ['ranker-weights'], MAX_OTHER_PARAMETERS);
  if (!bytes.has('session-model')) return { ranker };
  const session = model('session-model', ['item-table', 'session-weights'], tableSize + MAX_OTHER_PARAMETERS);
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
