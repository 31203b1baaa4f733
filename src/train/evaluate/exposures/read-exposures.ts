// In: a file of impressions, a row an item shown. Out: slates. DuckDB reads it; what cannot be read is refused with its row.
import type { DuckDBConnection } from '@duckdb/node-api';
import { TillsideError } from '../../../core/errors.js';
import { findFiles } from '../../input/find-files.js';
import { type MatchedColumns, matchColumns } from '../../input/match-columns.js';
import { toIdentifier } from '../../input/open-duckdb.js';
import { openTable, readOrExplain } from '../../input/open-table.js';
import { looksLikeSeconds } from '../../input/time-unit.js';
import type { ExposedItem, ExposedSlate } from './exposed-slate.js';

const REQUIRED = ['slate_id', 'item_id', 'position', 'shown_at', 'added'] as const;
const OPTIONAL = ['session_id', 'visitor_id', 'cart', 'propensity'] as const;
type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
const COLUMNS: readonly Column[] = [...REQUIRED, ...OPTIONAL];

type Row = Readonly<Partial<Record<Column, string>>>;

/**
 * Reads the slates of one file or of all that a pattern names, in the order of their first rows.
 *
 * @throws {TillsideError} `input-missing`, `input-invalid`, `input-empty`, `column-missing`, `column-type`
 */
export async function readExposures(connection: DuckDBConnection, pattern: string): Promise<ExposedSlate[]> {
  const slates = new Map<string, ExposedSlate & { readonly places: ExposedItem[] }>();
  for (const file of await findFiles(connection, pattern)) {
    const rows = await readRows(connection, file);
    for (const [i, row] of rows.entries()) {
      const where = `${file}, row ${i + 1}`;
      const slateId = present(row, 'slate_id', where);
      const slate = slates.get(slateId) ?? toSlate(row, where);
      slates.set(slateId, slate);
      slate.places.push(toItem(row, where));
    }
  }
  if (slates.size === 0) throw new TillsideError('input-empty', `${pattern} has no rows below its header. Export it again.`);
  return [...slates.values()];
}

async function readRows(connection: DuckDBConnection, file: string): Promise<Row[]> {
  const table = await openTable(connection, file);
  const matched = matchColumns(table, REQUIRED);
  const sql = `SELECT ${COLUMNS.map((name) => textOf(name, matched)).join(', ')} FROM ${table.relation}`;
  const rows = await readOrExplain(file, async () => (await connection.run(sql)).getRows());
  return rows.map((values) => Object.fromEntries(COLUMNS.flatMap((name, i) => (values[i] === null ? [] : [[name, values[i]]]))));
}

function textOf(name: Column, matched: MatchedColumns): string {
  const column = matched.get(name);
  if (column === undefined) return 'NULL';
  const identifier = toIdentifier(column.name);
  if (column.type.endsWith('[]')) return `array_to_string(${identifier}, '|')`;
  if (/^(TIMESTAMP|DATE)/.test(column.type)) return `CAST(epoch_ms(CAST(${identifier} AS TIMESTAMPTZ)) AS VARCHAR)`;
  return `nullif(trim(CAST(${identifier} AS VARCHAR)), '')`;
}

function toSlate(row: Row, where: string): ExposedSlate & { readonly places: ExposedItem[] } {
  const slateId = present(row, 'slate_id', where);
  const cart = row.cart?.split('|').map((itemId) => itemId.trim());
  return {
    slateId,
    sessionId: row.session_id ?? row.visitor_id ?? slateId,
    shownAt: toTime(present(row, 'shown_at', where), where),
    ...(cart && { cart: cart.filter((itemId) => itemId !== '') }),
    places: [],
  };
}

function toItem(row: Row, where: string): ExposedItem {
  const position = Number(present(row, 'position', where));
  if (!Number.isInteger(position) || position < 1) throw wrong(where, { name: 'position', row, expected: '1, 2, 3 …' });
  const added = present(row, 'added', where).toLowerCase();
  if (!['0', '1', 'true', 'false'].includes(added)) throw wrong(where, { name: 'added', row, expected: '0 or 1' });
  const propensity = row.propensity === undefined ? undefined : Number(row.propensity);
  if (propensity !== undefined && !(propensity > 0 && propensity <= 1)) {
    throw wrong(where, { name: 'propensity', row, expected: 'above 0 and at most 1' });
  }
  return {
    itemId: present(row, 'item_id', where),
    position,
    isAdded: added === '1' || added === 'true',
    ...(propensity !== undefined && { propensity }),
  };
}

function toTime(text: string, where: string): number {
  const isNumber = /^\d+(\.\d+)?$/.test(text);
  const time = isNumber ? Number(text) : Date.parse(text);
  // As the log's own times are read: a slate is placed among them.
  if (Number.isFinite(time)) return isNumber && looksLikeSeconds(time) ? Math.round(time * 1000) : time;
  throw wrong(where, {
    name: 'shown_at',
    row: { shown_at: text },
    expected: 'epoch milliseconds or seconds, or an ISO 8601 time',
  });
}

function present(row: Row, name: Column, where: string): string {
  const text = row[name];
  if (text !== undefined) return text;
  throw new TillsideError('input-invalid', `${where}: ${name} is empty. Give every row its ${name}.`);
}

function wrong(
  where: string,
  { name, row, expected }: { readonly name: Column; readonly row: Row; readonly expected: string },
): TillsideError {
  return new TillsideError('column-type', `${where}: ${name} is "${row[name]}"; write ${expected}. Correct the export.`);
}
