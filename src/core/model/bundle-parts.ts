import type { ItemIndex } from '../features/item-index.js';
import type { Bundle } from './bundle.js';
import { type BundleBytes, bytesOf, textOf } from './bundle-bytes.js';
import type { FileRole } from './bundle-format.js';
import { parseCatalog } from './catalog.js';
import { parseFirstCatalog } from './first-catalog.js';
import { decodeItemFacts } from './item-facts.js';
import { createItemIndex } from './item-index.js';
import type { Manifest } from './manifest.schema.js';
import { mismatch } from './mismatch.js';
import { type NeighbourTable, openNeighbours } from './neighbour-table.js';
import { parseVocabulary, type Vocabulary } from './vocabulary.js';

/** A bundle without its models. */
export type Tables = Omit<Bundle, 'models'>;

/** Reads a file of neighbours, in place where nobody wants all of them. */
export type ReadNeighbours = (bytes: Uint8Array) => NeighbourTable;

/** Reads the tables of a bundle: all that the neighbours tier needs. @throws {TillsideError} `model-invalid`, `model-incompatible` */
export function readTables(manifest: Manifest, bytes: BundleBytes, read: ReadNeighbours = openNeighbours): Tables {
  const vocabulary = readVocabulary(manifest, bytes);
  const index = createItemIndex(vocabulary, decodeItemFacts(bytesOf('item-facts', bytes)));
  const { factsOf } = parseCatalog(textOf('catalog', bytes), vocabulary.itemIds);
  return { manifest, index, factsOf, neighbours: toNeighbours('neighbours', index, read(bytesOf('neighbours', bytes))) };
}

/** Reads the first stage of a bundle: the same with fewer neighbours, and no cards but of what these lead to. @throws as `readTables` */
export function readFirstStage(manifest: Manifest, bytes: BundleBytes, read: ReadNeighbours = openNeighbours): Tables {
  const vocabulary = readVocabulary(manifest, bytes);
  const { columns, factsOf, hasCard } = parseFirstCatalog(textOf('first-catalog', bytes), vocabulary.itemIds);
  const index = createItemIndex(vocabulary, columns);
  const neighbours = toNeighbours('first-neighbours', index, read(bytesOf('first-neighbours', bytes)));
  return { manifest, index, factsOf, hasCard, neighbours };
}

function readVocabulary({ items }: Manifest, bytes: BundleBytes): Vocabulary {
  const vocabulary = parseVocabulary(textOf('vocabulary', bytes));
  const { length } = vocabulary.itemIds;
  if (length !== items.count) throw mismatch(`${items.count} items in its manifest, ${length} in its vocabulary`);
  return vocabulary;
}

function toNeighbours(role: FileRole, { count }: ItemIndex, neighbours: NeighbourTable): NeighbourTable {
  const { length } = neighbours.starts;
  if (length !== count + 2) throw mismatch(`${role} of ${length - 2} items, ${count} in its vocabulary`);
  return neighbours;
}
