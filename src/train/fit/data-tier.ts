import type { CatalogRow, EventLog } from '../event-log.js';

/** What a bundle's suggestions rest on. */
export type DataTier = 'content' | 'content and co-purchases' | 'co-purchases' | 'popularity';

// From docs/training.md's learning curve of Online Retail.
/** Fewer sessions than this teach less than the catalogue. */
const LEAST_SESSIONS = 300;
/** From here on content adds to thin and new items only. */
const MANY_SESSIONS = 10_000;

/** The tier that so many sessions earn, with and without titles in the catalogue. */
export function tierOf(sessions: number, hasContent: boolean): DataTier {
  if (!hasContent) return sessions < LEAST_SESSIONS ? 'popularity' : 'co-purchases';
  if (sessions < LEAST_SESSIONS) return 'content';
  return sessions < MANY_SESSIONS ? 'content and co-purchases' : 'co-purchases';
}

/** The tier that a shop's data earns, in one line. */
export function describeTier(log: Pick<EventLog, 'kind' | 'sessionIds'> | undefined, catalog: readonly CatalogRow[]): string {
  return `${log?.sessionIds.length ?? 0} ${catalog.length}`;
}
