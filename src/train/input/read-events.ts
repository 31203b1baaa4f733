// In: event files (CSV, NDJSON, Parquet). Out: one columnar EventLog and an account of what was skipped. Runs in Node, in the caller's thread.
import { EVENT_TYPES } from '../../core/domain/event.js';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import type { EventLog } from '../event-log.js';
import type { ProgressReporter } from '../progress.js';
import { createEventLogBuilder } from './event-log-builder.js';
import { createRowReader, type RowReader } from './event-row.js';
import { eventQuery } from './event-query.js';
import { findFiles } from './find-files.js';
import { matchColumns } from './match-columns.js';
import { type InputTable, openTable, readOrExplain } from './open-table.js';

const EVENT_COLUMNS = ['session_id', 'item_id', 'type', 'occurred_at'] as const;

/** What was read, for the command's summary. */
export interface ReadSummary {
  readonly files: readonly string[];
  readonly rows: number;
  readonly events: number;
  /** rows left out, by reason */
  readonly skipped: ReadonlyMap<string, number>;
}

/**
 * Reads a shop's log. Rows that cannot be used are skipped and counted by reason; a column that is wrong as a whole is an error.
 *
 * @throws {TillsideError} `input-missing`, `input-empty`, `input-invalid`, `column-missing`, `column-type`
 */
export async function readEvents(
  connection: DuckDBConnection,
  pattern: string,
  progress: ProgressReporter,
): Promise<{ readonly log: EventLog; readonly summary: ReadSummary }> {
  const files = await findFiles(connection, pattern);
  const tables = await Promise.all(files.map((file) => openTable(connection, file)));
  const queries = tables.map((table) => eventQuery(table, matchColumns(table, EVENT_COLUMNS)));
  progress.stage('reading events', 0);
  const builder = createEventLogBuilder();
  const skipped = new Map<string, number>();
  let rows = 0;
  for (const [i, table] of tables.entries()) {
    const reader = createRowReader(table.file, builder, skipped);
    await streamRows(connection, { table, sql: queries[i] as string }, (chunk) => {
      reader.read(chunk);
      progress.tick(rows + reader.rows);
    });
    reader.finish();
    rows += reader.rows;
  }
  progress.done();
  assertSome(pattern, rows, { events: builder.size, skipped });
  return { log: builder.finish(), summary: { files, rows, events: builder.size, skipped } };
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

function assertSome(pattern: string, rows: number, { events, skipped }: { events: number; skipped: RowReader['skipped'] }): void {
  if (rows === 0) throw new TillsideError('input-empty', `${pattern} has no rows below its header. Export the log again.`);
  if (events > 0) return;
  const reasons = [...skipped].map(([reason, count]) => `${count} × ${reason}`).join(', ');
  throw new TillsideError(
    'input-empty',
    `${pattern} has ${rows} rows and none can be used: ${reasons}. Types are ${EVENT_TYPES.join(', ')}. Correct the export.`,
  );
}
