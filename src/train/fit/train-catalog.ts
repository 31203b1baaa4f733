// In: a catalogue alone. Out: a packed table-only bundle that knows what resembles and what the shop says belongs together. Node, main thread.
import { createItemIndex } from '../../core/model/item-index.js';
import { encodeNeighbours } from '../../core/model/neighbour-encoder.js';
import { decodeNeighbours } from '../../core/model/neighbour-table.js';
import { createVocabulary } from '../../core/model/vocabulary.js';
import { type PackedBundle, packBundle } from '../bundle/pack-bundle.js';
import type { CatalogRow } from '../event-log.js';
import type { TrainingRecord, TrainSettings } from '../settings.js';
import { foldContent } from './content-neighbours.js';
import { contentOf } from './fold-catalog.js';
import { fitItems } from './item-facts.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * Makes a bundle for a shop without orders. An item's neighbours are its accessories, then what shares words, category and brand
 * with it and is no near-duplicate; with no popularity known, the catalogue's order takes its place.
 */
export function trainCatalog(catalog: readonly CatalogRow[], settings: TrainSettings): PackedBundle {
  const vocabulary = untouched(catalog.map(({ itemId }) => itemId));
  const { count, itemIds, sessions } = vocabulary;
  const items = fitItems(vocabulary, catalog, new Float32Array(count + 1).fill(Number.NaN));
  const index = createItemIndex(createVocabulary(itemIds, items.aliases), items.columns);
  const none = { starts: new Uint32Array(count + 2), rows: new Uint32Array(), weights: new Float32Array() };
  const neighbours = decodeNeighbours(
    encodeNeighbours(foldContent(none, { ...contentOf(catalog, itemIds, settings), sessions, strength: 1 })),
  );
  const training: TrainingRecord = {
    settings: { ...settings, epochs: 0 },
    until: new Date(0).toISOString(),
    sessions: 0,
    events: 0,
  };
  const tables = { vocabulary, items, index, neighbours, embeddings: new Float32Array(), isPublic: () => true, isWarm: false };
  return packBundle({ log: 'carts', tables }, { settings, metrics: {}, training: { ...training }, now: Date.now() });
}

/** Rows in the order of the catalogue, none ever touched. */
function untouched(itemIds: readonly string[]): Vocabulary {
  const count = itemIds.length;
  return {
    count,
    itemIds,
    rowOfItem: new Uint32Array(),
    popularity: new Float64Array(count + 1),
    sessions: new Uint32Array(count + 1),
  };
}
