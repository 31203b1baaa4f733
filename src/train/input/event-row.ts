import type { DuckDBDataChunk } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import type { EventLogBuilder } from './event-log-builder.js';
import { QUERY_COLUMNS } from './event-query.js';

/** A column with more unreadable values than this share of a file's rows is wrong as a whole; fewer are skipped. */
const MAX_UNREADABLE_SHARE = 0.01;
/** A column of anything but types must not become a reason a row. */
const MAX_REASONS = 20;

/** Reads the rows of one file into a builder and counts what it skips. */
export interface RowReader {
  readonly rows: number;
  readonly skipped: ReadonlyMap<string, number>;
  read(chunk: DuckDBDataChunk): void;
  /** @throws {TillsideError} `column-type` naming the first bad row and its value */
  finish(): void;
}

interface Measure {
  readonly column: string;
  readonly expected: string;
  readonly place: number;
  /** why a readable value still cannot be used */
  refuse(value: number): string | undefined;
}

const notNegative = (column: string) => (value: number) => (value < 0 ? `negative ${column}` : undefined);
const measure = (column: string, name: (typeof QUERY_COLUMNS)[number]): Measure => ({
  column,
  expected: 'a number',
  place: QUERY_COLUMNS.indexOf(name),
  refuse: notNegative(column),
});

const TIME: Measure = { ...measure('occurred_at', 'occurredAt'), expected: 'epoch milliseconds or an ISO 8601 time' };
const QUANTITY = measure('quantity', 'quantity');
const PRICE = measure('price', 'price');
const DWELL = measure('dwell_ms', 'dwellMs');
const SCROLL: Measure = {
  ...measure('scroll_depth', 'scrollDepthRatio'),
  expected: 'a ratio from 0 to 1',
  refuse: (value) => (value < 0 || value > 1 ? 'scroll_depth outside 0–1' : undefined),
};
const MEASURES = [TIME, QUANTITY, PRICE, DWELL, SCROLL];

const SESSION_ID = QUERY_COLUMNS.indexOf('sessionId');
const ITEM_ID = QUERY_COLUMNS.indexOf('itemId');
const TYPE = QUERY_COLUMNS.indexOf('type');
const TYPE_TEXT = QUERY_COLUMNS.indexOf('typeText');
const VISITOR_ID = QUERY_COLUMNS.indexOf('visitorId');

type Values = readonly (readonly unknown[])[];
type Unreadable = Map<Measure, { count: number; readonly row: number; readonly text: string }>;

/** @param skipped rows left out by reason; shared by the files of one log */
export function createRowReader(file: string, builder: EventLogBuilder, skipped: Map<string, number>): RowReader {
  const unreadable: Unreadable = new Map();
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    skipped,
    read(chunk) {
      const values: Values = QUERY_COLUMNS.map((_, column) => chunk.getColumnValues(column));
      for (let i = 0; i < chunk.rowCount; i++) {
        rows++;
        const reason =
          noteUnreadable(values, i, { unreadable, row: rows }) ?? incomplete(values, i, skipped) ?? impossible(values, i);
        if (reason === undefined) addRow(builder, values, i);
        else skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      }
    },
    finish: () => assertReadable(file, rows, unreadable),
  };
}

/** A value that is there but cannot be read: counted, and the first of a column kept. */
function noteUnreadable(
  values: Values,
  i: number,
  { unreadable, row }: { unreadable: Unreadable; row: number },
): string | undefined {
  for (const each of MEASURES) {
    const text = values[each.place + 1]?.[i] as string | null;
    if (text === null) continue;
    const seen = unreadable.get(each);
    if (seen === undefined) unreadable.set(each, { count: 1, row, text });
    else seen.count++;
    return `${each.column} is not ${each.expected}`;
  }
  return undefined;
}

/** A value that is missing, or a type that nothing here knows. */
function incomplete(values: Values, i: number, skipped: ReadonlyMap<string, number>): string | undefined {
  if (values[SESSION_ID]?.[i] === null) return 'no session_id';
  if (values[ITEM_ID]?.[i] === null) return 'no item_id';
  if (values[TIME.place]?.[i] === null) return 'no occurred_at';
  if (values[TYPE]?.[i] !== null) return undefined;
  const text = values[TYPE_TEXT]?.[i] as string | null;
  if (text === null) return 'no type';
  const named = `unknown type "${text.slice(0, 40)}"`;
  return skipped.has(named) || skipped.size < MAX_REASONS ? named : 'unknown type (others)';
}

/** A value that can be read and cannot be. */
function impossible(values: Values, i: number): string | undefined {
  for (const each of MEASURES) {
    const value = values[each.place]?.[i] as number | null;
    const reason = value === null ? undefined : each.refuse(value);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function addRow(builder: EventLogBuilder, values: Values, i: number): void {
  const numberAt = ({ place }: Measure) => (values[place]?.[i] as number | null) ?? Number.NaN;
  builder.add({
    sessionId: values[SESSION_ID]?.[i] as string,
    itemId: values[ITEM_ID]?.[i] as string,
    type: values[TYPE]?.[i] as number,
    visitorId: (values[VISITOR_ID]?.[i] as string | null) ?? undefined,
    occurredAt: numberAt(TIME),
    quantity: numberAt(QUANTITY),
    price: numberAt(PRICE),
    dwellMs: numberAt(DWELL),
    scrollDepthRatio: numberAt(SCROLL),
  });
}

function assertReadable(file: string, rows: number, unreadable: Unreadable): void {
  for (const [{ column, expected }, { count, row, text }] of unreadable) {
    if (count <= rows * MAX_UNREADABLE_SHARE) continue;
    throw new TillsideError(
      'column-type',
      `${file}, row ${row}: column ${column} is "${text}", which is not ${expected} (${count} of ${rows} rows). Correct the column in the export.`,
    );
  }
}
