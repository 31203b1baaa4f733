// In: a platform's catalogue and the log read beside it. Out: the catalogue with what only the log knows: the currency, and what is sold no more.
import type { CatalogRow, EventLog } from '../event-log.js';
import type { ReadSummary } from './read-events.js';

/** A catalogue that names fewer of the log's items than this is another shop's or of other ids: what it lacks is not sold out. */
const LEAST_MATCH = 0.5;

interface Read {
  readonly log: EventLog;
  readonly summary: ReadSummary;
}

/**
 * Adds the orders' currency where the catalogue has none, and what was ordered and is not in the catalogue as out of stock: a product that the shop has
 * deleted teaches what goes together and is never suggested. Logs in tillside's own columns are left as they are.
 */
export function withSold(catalog: readonly CatalogRow[], { log, summary }: Read): CatalogRow[] {
  const { currency, formats } = summary;
  const priced = catalog.map((row) =>
    row.currency === undefined && row.price !== undefined && currency ? { ...row, currency } : row,
  );
  const known = new Set(catalog.map(({ itemId }) => itemId));
  const gone = log.itemIds.filter((itemId) => !known.has(itemId));
  if (formats.size === 0 || log.itemIds.length - gone.length < LEAST_MATCH * log.itemIds.length) return priced;
  return [...priced, ...gone.map((itemId): CatalogRow => ({ itemId, title: itemId, availability: 'out_of_stock' }))];
}
