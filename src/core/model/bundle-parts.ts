import type { Bundle } from './bundle.js';
import { type BundleBytes, bytesOf, textOf } from './bundle-bytes.js';
import { parseCatalog } from './catalog.js';
import { decodeItemFacts } from './item-facts.js';
import { createItemIndex } from './item-index.js';
import type { Manifest } from './manifest.schema.js';
import { mismatch } from './mismatch.js';
import { decodeNeighbours } from './neighbour-table.js';
import { parseVocabulary } from './vocabulary.js';

/** Reads the tables of a bundle: all that the neighbours tier needs. @throws {TillsideError} `model-invalid`, `model-incompatible` */
export function readTables(manifest: Manifest, bytes: BundleBytes): Omit<Bundle, 'models'> {
  const vocabulary = parseVocabulary(textOf('vocabulary', bytes));
  const { itemIds } = vocabulary;
  if (itemIds.length !== manifest.items.count)
    throw mismatch(`${manifest.items.count} items in its manifest, ${itemIds.length} in its vocabulary`);
  const index = createItemIndex(vocabulary, decodeItemFacts(bytesOf('item-facts', bytes)));
  const neighbours = decodeNeighbours(bytesOf('neighbours', bytes));
  const { length } = neighbours.starts;
  if (length !== itemIds.length + 2) throw mismatch(`neighbours of ${length - 2} items, ${itemIds.length} in its vocabulary`);
  const { factsOf } = parseCatalog(textOf('catalog', bytes), itemIds);
  return { manifest, index, factsOf, neighbours };
}
