import { EVENT_TYPES } from '../../core/domain/event.js';
import type { MatchedColumns } from './match-columns.js';
import type { InputColumn, InputTable } from './open-table.js';
import { toIdentifier, toLiteral } from './open-duckdb.js';

/** Columns of the query, in this order; each `…Text` is the value as written where it cannot be read, else null. */
export const QUERY_COLUMNS = [
  'sessionId',
  'itemId',
  'type', // index into EVENT_TYPES
  'typeText',
  'visitorId',
  'occurredAt',
  'occurredAtText',
  'quantity',
  'quantityText',
  'price',
  'priceText',
  'dwellMs',
  'dwellMsText',
  'scrollDepthRatio',
  'scrollDepthRatioText',
] as const;

/** The SQL that reads one file's rows, in the order of the file, as `QUERY_COLUMNS`. */
export function eventQuery(table: InputTable, columns: MatchedColumns): string {
  const typeText = textOf(columns.get('type'));
  const types = EVENT_TYPES.map(toLiteral).join(', ');
  const selected = [
    textOf(columns.get('session_id')),
    textOf(columns.get('item_id')),
    `(list_position([${types}], lower(${typeText})) - 1)::INTEGER`,
    `CASE WHEN list_position([${types}], lower(${typeText})) IS NULL THEN ${typeText} END`,
    textOf(columns.get('visitor_id')),
    ...readable(columns.get('occurred_at'), timeOf),
    ...['quantity', 'price', 'dwell_ms', 'scroll_depth'].flatMap((name) => readable(columns.get(name), numberOf)),
  ];
  return `SELECT ${selected.join(', ')} FROM ${table.relation}`;
}

/** A value and, where it is written but not readable, its text. */
function readable(column: InputColumn | undefined, read: (column: InputColumn) => string): string[] {
  if (column === undefined) return ['NULL::DOUBLE', 'NULL::VARCHAR'];
  const value = read(column);
  return [value, `CASE WHEN (${value}) IS NULL THEN ${textOf(column)} END`];
}

function textOf(column: InputColumn | undefined): string {
  return column === undefined ? 'NULL::VARCHAR' : `nullif(trim(CAST(${toIdentifier(column.name)} AS VARCHAR)), '')`;
}

function numberOf(column: InputColumn): string {
  const value = `TRY_CAST(${toIdentifier(column.name)} AS DOUBLE)`;
  return `CASE WHEN isfinite(${value}) THEN ${value} END`;
}

/** Epoch ms from a number, an ISO 8601 text or a timestamp; a time without a zone is UTC. */
function timeOf(column: InputColumn): string {
  const name = toIdentifier(column.name);
  if (/^(TIMESTAMP|DATE)/.test(column.type)) return `epoch_ms(CAST(${name} AS TIMESTAMPTZ))::DOUBLE`;
  if (column.type !== 'VARCHAR') return numberOf(column);
  return `coalesce(${numberOf(column)}, epoch_ms(TRY_CAST(${name} AS TIMESTAMPTZ))::DOUBLE)`;
}
