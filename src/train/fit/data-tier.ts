import type { CatalogRow, EventLog } from '../event-log.js';

/** What a bundle's suggestions rest on. */
export type DataTier = 'popularity' | 'content' | 'content and co-purchases' | 'co-purchases';

// From the learning curve of Online Retail; docs/training.md has it, and says how it is measured.
/** Below this many orders the catalogue alone finds more hidden items than co-purchases alone. */
const LEAST_ORDERS = 300;
/** From here on content adds little but to new and rarely bought items. */
const MANY_ORDERS = 10_000;

/** The tier that so many orders (or sessions) earn, with and without titles in the catalogue. */
export function tierOf(orders: number, hasContent: boolean): DataTier {
  if (orders < LEAST_ORDERS) return hasContent ? 'content' : 'popularity';
  return hasContent && orders < MANY_ORDERS ? 'content and co-purchases' : 'co-purchases';
}

const MEANING: Readonly<Record<DataTier, string>> = {
  popularity: `best sellers and few pairs; from ${LEAST_ORDERS} on co-purchases carry it, and a catalogue with titles would carry it now`,
  content: `titles, categories and accessories of the catalogue; from ${LEAST_ORDERS} on co-purchases carry more`,
  'content and co-purchases': `what was bought together, and the catalogue where too little was; from ${MANY_ORDERS.toLocaleString('en')} on the former carries nearly all`,
  'co-purchases': 'what was bought together; new and rarely bought items rest on the catalogue if it has titles',
};

/** The tier that a shop's data earns, in one line. @param log absent: there are no orders */
export function describeTier(log: Pick<EventLog, 'kind' | 'sessionIds'> | undefined, catalog: readonly CatalogRow[]): string {
  const orders = log?.sessionIds.length ?? 0;
  const hasContent = catalog.some(({ title, itemId }) => title !== itemId);
  const tier = tierOf(orders, hasContent);
  const what = log?.kind === 'sessions' ? 'sessions' : 'orders';
  const meaning =
    log === undefined
      ? `the catalogue alone; its order stands in for popularity, ${LEAST_ORDERS} orders earn more`
      : MEANING[tier];
  return orders === 0
    ? `without ${what} the tier is "${tier}": ${meaning}`
    : `${orders.toLocaleString('en')} ${what} earn the tier "${tier}": ${meaning}`;
}
