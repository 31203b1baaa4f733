// In: event files (CSV, NDJSON, Parquet), in tillside's columns or a platform's. Out: one columnar EventLog and an account of what was skipped. Runs in Node, in the caller's thread.
import { EVENT_TYPES } from '../../core/domain/event.js';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import type { CatalogRow, EventLog } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { createEventLogBuilder } from './event-log-builder.js';
import { createRowReader, type RowCounts } from './event-row.js';
import { ownEvents } from './event-query.js';
import type { EventSource } from './event-source.js';
import { findFiles } from './find-files.js';
import { createItemResolver } from './item-resolver.js';
import { matchColumns } from './match-columns.js';
import { type InputTable, openTable, readOrExplain } from './open-table.js';
import { detectEvents } from './platforms/detect-format.js';
import type { Platform } from './platforms/export-formats.js';

const EVENT_COLUMNS = ['session_id', 'item_id', 'type', 'occurred_at'] as const;

/** What was read, for the command's summary. */
export interface ReadSummary {
  readonly files: readonly string[];
  readonly rows: number;
  readonly events: number;
  /** rows left out, by reason */
  readonly skipped: ReadonlyMap<string, number>;
  /** whole orders left out, by reason */
  readonly leftOut: ReadonlyMap<string, number>;
  /** rows whose item was found in another way than by its ids, by that way */
  readonly remarks: ReadonlyMap<string, number>;
  /** what each file was found to be; absent where it has tillside's own columns */
  readonly formats: ReadonlyMap<string, string>;
  /** that of most rows, where an export states one */
  readonly currency?: string;
}

/** How a log is read. */
export interface EventsContext {
  readonly progress: ProgressReporter;
  /** whose ids the log is to speak; none: the export's own */
  readonly catalog?: readonly CatalogRow[];
  /** platforms that the files are said to be of */
  readonly asked?: readonly Platform[];
}

/**
 * Reads a shop's log. Rows that cannot be used are skipped and counted by reason; a column that is wrong as a whole is an error.
 *
 * @throws {TillsideError} `input-missing`, `input-empty`, `input-invalid`, `column-missing`, `column-type`
 */
export async function readEvents(
  connection: DuckDBConnection,
  pattern: string,
  { progress, catalog = [], asked }: EventsContext,
): Promise<{ readonly log: EventLog; readonly summary: ReadSummary }> {
  const files = await findFiles(connection, pattern);
  const tables = await Promise.all(files.map((file) => openTable(connection, file)));
  const formats = tables.map((table) => detectEvents(table, asked));
  const sources = tables.map((table, i) => formats[i]?.source(table) ?? ownEvents(table, matchColumns(table, EVENT_COLUMNS)));
  progress.stage('reading events', 0);
  const builder = createEventLogBuilder();
  const counts: RowCounts = {
    skipped: new Map(),
    leftOut: new Map(),
    remarks: new Map(),
    currencies: new Map(),
    firstFiles: new Map(),
  };
  const target = { builder, counts, resolver: createItemResolver(catalog) };
  let rows = 0;
  for (const [i, table] of tables.entries()) {
    const source = sources[i] as EventSource;
    const reader = createRowReader(table.file, source, target);
    await streamRows(connection, { table, sql: source.sql }, (chunk) => {
      reader.read(chunk);
      progress.tick(rows + reader.rows);
    });
    reader.finish();
    rows += reader.rows;
  }
  progress.done();
  assertSome(pattern, rows, { events: builder.size, counts });
  const named = new Map(files.flatMap((file, i) => (formats[i] === undefined ? [] : [[file, formats[i].title]])));
  return { log: builder.finish(), summary: { files, rows, events: builder.size, formats: named, ...toCounts(counts) } };
}

function toCounts({ skipped, leftOut, remarks, currencies }: RowCounts) {
  const [currency] = [...currencies].sort(([, a], [, b]) => b - a)[0] ?? [];
  return {
    skipped,
    leftOut: new Map([...leftOut].map(([reason, sessions]) => [reason, sessions.size])),
    remarks,
    ...(currency !== undefined && { currency }),
  };
}

async function streamRows(
  connection: DuckDBConnection,
  { table, sql }: { table: InputTable; sql: string },
  onChunk: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  const result = await readOrExplain(table.file, () => connection.stream(sql));
  for (;;) {
    const chunk = await readOrExplain(table.file, () => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    onChunk(chunk);
  }
}

function assertSome(pattern: string, rows: number, { events, counts }: { events: number; counts: RowCounts }): void {
  if (rows === 0) throw new TillsideError('input-empty', `${pattern} has no rows below its header. Export it again.`);
  if (events > 0) return;
  const reasons = [
    ...counts.skipped,
    ...[...counts.leftOut].map(([reason, orders]) => [`order: ${reason}`, orders.size] as const),
  ];
  const types = reasons.some(([reason]) => reason.includes('type')) ? ` Types are ${EVENT_TYPES.join(', ')}.` : '';
  throw new TillsideError(
    'input-empty',
    `${pattern} has ${rows} rows and none can be used: ${reasons.map(([reason, count]) => `${count} × ${reason}`).join(', ')}.${types} ${remedyFor(counts)}`,
  );
}

function remedyFor({ skipped }: RowCounts): string {
  const isNamelessShopify = [...skipped.keys()].some((reason) => reason === 'no Lineitem sku');
  return isNamelessShopify
    ? 'Without SKUs the page knows products by their handles: give --catalog the export of products.'
    : 'Correct the export.';
}
