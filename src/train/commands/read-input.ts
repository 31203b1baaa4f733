// In: what names a log. Out: the log without what no shopper did, its catalogue, and an account of both on stderr.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CatalogRow, EventLog } from '../event-log.js';
import { openDuckdb } from '../input/open-duckdb.js';
import { readCatalog } from '../input/read-catalog.js';
import { readContentVectors, withVectors } from '../input/read-content-vectors.js';
import { readEvents, type ReadSummary } from '../input/read-events.js';
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
  /** item_id and the shop's own embeddings */
  readonly contentVectors?: string | undefined;
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
  return { log: kept.log, catalog, suspects: kept.dropped };
}

type Read = Pick<TrainInput, 'log' | 'catalog'> & { readonly summary?: ReadSummary };

/** Reads a catalogue, with its vectors where there are any; nothing where none is named. */
export async function readCatalogFiles(source: Pick<InputSource, 'catalog' | 'contentVectors'>): Promise<CatalogRow[]> {
  const connection = await openDuckdb();
  try {
    return await readCatalogWith(connection, source);
  } finally {
    connection.closeSync();
  }
}

async function readCatalogWith(
  connection: DuckDBConnection,
  { catalog, contentVectors }: Pick<InputSource, 'catalog' | 'contentVectors'>,
): Promise<CatalogRow[]> {
  const rows = catalog === undefined ? [] : await readCatalog(connection, catalog);
  return contentVectors === undefined ? rows : withVectors(rows, await readContentVectors(connection, contentVectors));
}

async function readFiles({ events, ...source }: InputSource, progress: ProgressReporter): Promise<Read> {
  const pattern = required('events', events);
  const connection = await openDuckdb();
  try {
    // The catalogue first: it is small, and a wrong one is known at once.
    const catalog = await readCatalogWith(connection, source);
    return { catalog, ...(await readEvents(connection, pattern, progress)) };
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
  return `catalog of ${count(catalog.length)} items names ${count(matched)} of the log's ${count(itemIds.length)}`;
}
