// In: what names a log. Out: the log without what no shopper did, its catalogue, and an account of both on stderr.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CatalogRow, EventLog } from '../event-log.js';
import { openDuckdb } from '../input/open-duckdb.js';
import { readCatalog } from '../input/read-catalog.js';
import { readContentVectors, withVectors } from '../input/read-content-vectors.js';
import type { Platform } from '../input/platforms/export-formats.js';
import { readEvents, type ReadSummary } from '../input/read-events.js';
import { withCurrency } from '../input/with-currency.js';
import { withSold } from '../input/with-sold.js';
import { dropSuspects, type SuspectFilters } from '../input/suspect-sessions.js';
import type { ProgressReporter } from '../progress.js';
import { simulate } from '../simulate/simulate.js';
import { required } from './options.js';
import { printSummary } from './print-summary.js';

export interface TrainInput {
  readonly log: EventLog;
  readonly catalog: readonly CatalogRow[];
  /** sessions left out as no shopper's, by reason */
  readonly suspects: ReadonlyMap<string, number>;
}

/** Where a log comes from. */
export interface InputSource {
  readonly events?: string | undefined;
  readonly catalog?: string | undefined;
  /** of the catalogue's prices that name none */
  readonly currency?: string | undefined;
  /** item_id and the shop's own embeddings */
  readonly contentVectors?: string | undefined;
  /** platforms whose exports the files are; absent: it is found out */
  readonly format?: readonly Platform[] | undefined;
  /** a drawn log instead */
  readonly simulate?: { readonly seed: number; readonly sessions?: number };
  /** absent: all sessions are kept */
  readonly filters: SuspectFilters | undefined;
}

/** Reads or draws a log. @throws {TillsideError} `usage` and the readers' codes */
export async function readInput(source: InputSource, progress: ProgressReporter): Promise<TrainInput> {
  const { log, catalog, summary } = source.simulate ? simulated(source.simulate) : await readFiles(source, progress);
  const kept = source.filters ? dropSuspects(log, source.filters) : { log, dropped: new Map<string, number>() };
  progress.note(printSummary(kept.log, summary, kept.dropped));
  if (catalog.length > 0 && !source.simulate) progress.note(describeMatch(log, catalog));
  return { log: kept.log, catalog: summary ? withSold(catalog, { log, summary }) : catalog, suspects: kept.dropped };
}

type Read = Pick<TrainInput, 'log' | 'catalog'> & { readonly summary?: ReadSummary };

type CatalogSource = Pick<InputSource, 'catalog' | 'currency' | 'contentVectors' | 'format'>;

/** Reads a catalogue, with its vectors where there are any; nothing where none is named. */
export async function readCatalogFiles(source: CatalogSource, progress: Pick<ProgressReporter, 'note'>): Promise<CatalogRow[]> {
  const connection = await openDuckdb();
  try {
    return await readCatalogWith(connection, source, progress);
  } finally {
    connection.closeSync();
  }
}

async function readCatalogWith(
  connection: DuckDBConnection,
  { catalog, currency, contentVectors, format: asked = [] }: CatalogSource,
  progress: Pick<ProgressReporter, 'note'>,
): Promise<CatalogRow[]> {
  const rows =
    catalog === undefined ? [] : await readCatalog(connection, catalog, { asked, note: (text) => progress.note(text) });
  const priced = withCurrency(rows, currency);
  return contentVectors === undefined ? priced : withVectors(priced, await readContentVectors(connection, contentVectors));
}

async function readFiles({ events, ...source }: InputSource, progress: ProgressReporter): Promise<Read> {
  const pattern = required('events', events);
  const connection = await openDuckdb();
  try {
    // The catalogue first: it is small, and a wrong one is known at once.
    const catalog = await readCatalogWith(connection, source, progress);
    return { catalog, ...(await readEvents(connection, pattern, { progress, catalog, asked: source.format ?? [] })) };
  } finally {
    connection.closeSync();
  }
}

function simulated(options: { readonly seed: number; readonly sessions?: number }): Read {
  return simulate(options);
}

function describeMatch({ itemIds }: EventLog, catalog: readonly CatalogRow[]): string {
  const known = new Set(catalog.map(({ itemId }) => itemId));
  const matched = itemIds.filter((itemId) => known.has(itemId)).length;
  const count = (value: number) => value.toLocaleString('en');
  const quote = (ids: readonly string[]) =>
    ids
      .slice(0, 3)
      .map((id) => JSON.stringify(id))
      .join(', ');
  const warning = `. Fewer than half: the log says ${quote(itemIds.filter((itemId) => !known.has(itemId)))}, the catalog ${quote([...known])}. Are both of one shop?`;
  return `catalog of ${count(catalog.length)} items names ${count(matched)} of the log's ${count(itemIds.length)}${2 * matched < itemIds.length ? warning : ''}`;
}
