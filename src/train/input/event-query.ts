import { EVENT_TYPES } from '../../core/domain/event.js';
import { type EventSource, selectColumns } from './event-source.js';
import type { MatchedColumns } from './match-columns.js';
import { toIdentifier, toLiteral } from './open-duckdb.js';
import type { InputColumn, InputTable } from './open-table.js';

/** How a file in tillside's own columns is read: its rows in the order of the file. */
export function ownEvents(table: InputTable, columns: MatchedColumns): EventSource {
  const typeText = textOf(columns.get('type'));
  const time = columns.get('occurred_at');
  const types = EVENT_TYPES.map(toLiteral).join(', ');
  const selected = selectColumns({
    sessionId: textOf(columns.get('session_id')),
    itemId: textOf(columns.get('item_id')),
    type: `(list_position([${types}], lower(${typeText})) - 1)::INTEGER`,
    typeText: `CASE WHEN list_position([${types}], lower(${typeText})) IS NULL THEN ${typeText} END`,
    visitorId: textOf(columns.get('visitor_id')),
    ...readable('occurredAt', time, timeOf),
    epoch: time && !isTimestamp(time) ? numberOf(time) : undefined,
    ...readable('quantity', columns.get('quantity'), numberOf),
    ...readable('price', columns.get('price'), numberOf),
    ...readable('dwellMs', columns.get('dwell_ms'), numberOf),
    ...readable('scrollDepthRatio', columns.get('scroll_depth'), numberOf),
  });
  return {
    sql: `SELECT ${selected} FROM ${table.relation}`,
    labels: {},
    expectedTime: 'epoch milliseconds or an ISO 8601 time',
    isExport: false,
    isWhole: false,
  };
}

/** A value and, where it is written but not readable, its text. */
function readable(name: string, column: InputColumn | undefined, read: (column: InputColumn) => string): Record<string, string> {
  if (column === undefined) return {};
  const value = read(column);
  return { [name]: value, [`${name}Text`]: `CASE WHEN (${value}) IS NULL THEN ${textOf(column)} END` };
}

/** A column's text, without blanks around it; null where it is empty or not there. */
export function textOf(column: InputColumn | undefined): string {
  return column === undefined ? 'NULL::VARCHAR' : `nullif(trim(CAST(${toIdentifier(column.name)} AS VARCHAR)), '')`;
}

function numberOf(column: InputColumn): string {
  const value = `TRY_CAST(${toIdentifier(column.name)} AS DOUBLE)`;
  return `CASE WHEN isfinite(${value}) THEN ${value} END`;
}

/** Epoch ms from a number, an ISO 8601 text or a timestamp; a time without a zone is UTC. */
function timeOf(column: InputColumn): string {
  const name = toIdentifier(column.name);
  if (isTimestamp(column)) return `epoch_ms(CAST(${name} AS TIMESTAMPTZ))::DOUBLE`;
  if (column.type !== 'VARCHAR') return numberOf(column);
  return `coalesce(${numberOf(column)}, epoch_ms(TRY_CAST(${name} AS TIMESTAMPTZ))::DOUBLE)`;
}

function isTimestamp({ type }: InputColumn): boolean {
  return /^(TIMESTAMP|DATE)/.test(type);
}
