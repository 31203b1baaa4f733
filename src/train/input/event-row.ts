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

/** @param skipped rows left out by reason; shared by the files of one log */
export function createRowReader(file: string, builder: EventLogBuilder, skipped: Map<string, number>): RowReader {
  const unreadable = new Map<Measure, { count: number; row: number; text: string }>();
  let rows = 0;

  /** Why a row is left out, if it is. */
  const refusal = (values: Values, i: number): string | undefined => {
    for (const each of MEASURES) {
      const text = values[each.place + 1]?.[i] as string | null;
      if (text === null) continue;
      const seen = unreadable.get(each);
      if (seen === undefined) unreadable.set(each, { count: 1, row: rows, text });
      else seen.count++;
      return `${each.column} is not ${each.expected}`;
    }
    if (values[SESSION_ID]?.[i] === null) return 'no session_id';
    if (values[ITEM_ID]?.[i] === null) return 'no item_id';
    if (values[TYPE]?.[i] === null) return typeRefusal(values[TYPE_TEXT]?.[i] as string | null);
    if (values[TIME.place]?.[i] === null) return 'no occurred_at';
    for (const each of MEASURES) {
      const value = values[each.place]?.[i] as number | null;
      const reason = value === null ? undefined : each.refuse(value);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
  const typeRefusal = (text: string | null): string => {
    if (text === null) return 'no type';
    const named = `unknown type "${text.slice(0, 40)}"`;
    return skipped.has(named) || skipped.size < MAX_REASONS ? named : 'unknown type (others)';
  };
  const numberAt = (values: Values, { place }: Measure, i: number) => (values[place]?.[i] as number | null) ?? Number.NaN;

  return {
    get rows() {
      return rows;
    },
    skipped,
    read(chunk) {
      const values: Values = QUERY_COLUMNS.map((_, column) => chunk.getColumnValues(column));
      for (let i = 0; i < chunk.rowCount; i++) {
        rows++;
        const reason = refusal(values, i);
        if (reason !== undefined) {
          skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
          continue;
        }
        builder.add({
          sessionId: values[SESSION_ID]?.[i] as string,
          itemId: values[ITEM_ID]?.[i] as string,
          type: values[TYPE]?.[i] as number,
          visitorId: (values[VISITOR_ID]?.[i] as string | null) ?? undefined,
          occurredAt: numberAt(values, TIME, i),
          quantity: numberAt(values, QUANTITY, i),
          price: numberAt(values, PRICE, i),
          dwellMs: numberAt(values, DWELL, i),
          scrollDepthRatio: numberAt(values, SCROLL, i),
        });
      }
    },
    finish() {
      for (const [{ column, expected }, { count, row, text }] of unreadable) {
        if (count <= rows * MAX_UNREADABLE_SHARE) continue;
        throw new TillsideError(
          'column-type',
          `${file}, row ${row}: column ${column} is "${text}", which is not ${expected} (${count} of ${rows} rows). Correct the column in the export.`,
        );
      }
    },
  };
}
