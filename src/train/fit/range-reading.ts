// In: a range of a log and the catalogue. Out: what every fit of the range begins with, however it reads carts. Node, main thread.
import type { ItemIndex } from '../../core/features/item-index.js';
import { createItemIndex } from '../../core/model/item-index.js';
import { createVocabulary } from '../../core/model/vocabulary.js';
import type { CatalogRow, EventLog, SessionRange } from '../event-log.js';
import { type ContentVectors, fitContentVectors } from './content-vectors.js';
import { fitItems, type FittedItems, medianPrices } from './item-facts.js';
import { type ItemSessions, toItemSessions } from './item-sessions.js';
import { type RowVisitors, visitorsOfRows } from './support.js';
import { fitVocabulary, type Vocabulary } from './vocabulary.js';

/** A range as it is read once: fits that differ in how they weigh it share one. */
export interface RangeReading {
  readonly vocabulary: Vocabulary;
  readonly items: FittedItems;
  readonly index: ItemIndex;
  readonly sessions: ItemSessions;
  readonly visitors: RowVisitors;
  /** absent where the catalogue describes nothing */
  readonly vectors: ContentVectors | undefined;
}

/** Reads a range. */
export function readRange(log: EventLog, range: SessionRange, catalog: readonly CatalogRow[]): RangeReading {
  const vocabulary = fitVocabulary(log, range, catalog);
  const { count, itemIds } = vocabulary;
  const items = fitItems(vocabulary, catalog, medianPrices(log, range, vocabulary));
  const index = createItemIndex(createVocabulary(itemIds, items.aliases), items.columns);
  const sessions = toItemSessions(log, range, vocabulary);
  const vectors = fitContentVectors(itemIds, catalog);
  return { vocabulary, items, index, sessions, visitors: visitorsOfRows(sessions, count), vectors };
}
