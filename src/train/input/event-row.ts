import type { DuckDBDataChunk } from '@duckdb/node-api';
import { TillsideError } from '../../core/errors.js';
import type { EventLogBuilder } from './event-log-builder.js';
import { type EventSource, QUERY_COLUMNS, type QueryColumn } from './event-source.js';
import type { ItemResolver } from './item-resolver.js';
import { createTimeUnit, type TimeUnit } from './time-unit.js';

/** A column with more unreadable values than this share of a file's rows is wrong as a whole; fewer are skipped. */
const MAX_UNREADABLE_SHARE = 0.01;
/** A column of anything but types must not become a reason a row. */
const MAX_REASONS = 20;
/** 1.23E+12, and a day as a number or with slashes: what spreadsheets make of ids and times. */
const REWRITTEN = /^(\d(?:[.,]\d+)?E\+\d+|\d{5}(?:[.,]\d+)?|\d{1,2}\/\d{1,2}\/\d{2,4}.*)$/i;

const IN_SECONDS = 'have their time in seconds since 1970, by its size: read as such';

/** What the files of one log have in common, and what is counted of them. */
export interface RowCounts {
  /** rows left out, by reason */
  readonly skipped: Map<string, number>;
  /** sessions left out, by reason */
  readonly leftOut: Map<string, Set<string>>;
  /** rows that were read in another way than as they stand, by that way */
  readonly remarks: Map<string, number>;
  /** rows by currency */
  readonly currencies: Map<string, number>;
  /** the file that first told of a session, where files have all of one */
  readonly firstFiles: Map<string, string>;
}

/** Reads the rows of one file into a builder and counts what it skips. */
export interface RowReader {
  readonly rows: number;
  read(chunk: DuckDBDataChunk): void;
  /** Turns seconds into milliseconds. @throws {TillsideError} `column-type` naming the first bad row and its value */
  finish(): void;
}

interface Target {
  readonly builder: EventLogBuilder;
  readonly counts: RowCounts;
  readonly resolver: ItemResolver;
}

interface Measure {
  readonly name: QueryColumn;
  readonly column: string;
  readonly expected: string;
  /** why a readable value still cannot be used */
  refuse(value: number, label: string): string | undefined;
}

const notNegative = (value: number, label: string) => (value < 0 ? `negative ${label}` : undefined);
const measure = (column: string, name: QueryColumn): Measure => ({ name, column, expected: 'a number', refuse: notNegative });

const TIME = measure('occurred_at', 'occurredAt');
const MEASURES = [
  TIME,
  measure('quantity', 'quantity'),
  measure('price', 'price'),
  measure('dwell_ms', 'dwellMs'),
  {
    ...measure('scroll_depth', 'scrollDepthRatio'),
    expected: 'a ratio from 0 to 1',
    refuse: (value: number, label: string) => (value < 0 || value > 1 ? `${label} outside 0–1` : undefined),
  },
];

const PLACE = Object.fromEntries(QUERY_COLUMNS.map((name, place) => [name, place])) as Record<QueryColumn, number>;

type Values = readonly (readonly unknown[])[];
/** By column: how many values cannot be read, and the first of them. */
type Unreadable = Map<string, { count: number; readonly row: number; readonly text: string; readonly expected: string }>;

/** @param source says what the file calls its columns */
export function createRowReader(file: string, source: EventSource, { builder, counts, resolver }: Target): RowReader {
  const unreadable: Unreadable = new Map();
  const label = (column: string) => source.labels[column] ?? column;
  const unit = createTimeUnit(file, label('occurred_at'));
  const begin = builder.size;
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    read(chunk) {
      const values: Values = QUERY_COLUMNS.map((_, column) => chunk.getColumnValues(column));
      for (let i = 0; i < chunk.rowCount; i++) {
        rows++;
        const text = (name: QueryColumn) => values[PLACE[name]]?.[i] as string | null;
        const order = text('leftOut');
        if (order !== null) {
          addTo(counts.leftOut, order, text('sessionId') ?? '');
          continue;
        }
        const itemId = source.isExport ? findItem(text, resolver, counts.remarks) : text('itemId');
        const reason =
          text('unused') ??
          toldBefore(file, text('sessionId'), { source, firstFiles: counts.firstFiles }) ??
          noteUnreadable(text, { unreadable, row: Number(text('row') ?? rows), source }) ??
          incomplete(text, { itemId, counts, label }) ??
          impossible(values, i, label);
        if (reason === undefined) {
          addRow(builder, { values, i, itemId: itemId as string });
          noteTime(unit, rows, { values, i });
        } else tally(counts.skipped, reason);
        const currency = text('currency');
        if (currency !== null) tally(counts.currencies, currency);
      }
    },
    finish() {
      assertReadable(file, rows, { unreadable, source });
      if (!unit.isSeconds()) return;
      builder.takeAsSeconds(begin);
      counts.remarks.set(IN_SECONDS, (counts.remarks.get(IN_SECONDS) ?? 0) + builder.size - begin);
    },
  };
}

/** Exports of overlapping months have some orders twice. */
function toldBefore(
  file: string,
  sessionId: string | null,
  { source, firstFiles }: { source: EventSource; firstFiles: Map<string, string> },
): string | undefined {
  if (!source.isWhole || sessionId === null) return undefined;
  if (!firstFiles.has(sessionId)) firstFiles.set(sessionId, file);
  return firstFiles.get(sessionId) === file ? undefined : 'of an order that another file has';
}

type TextOf = (name: QueryColumn) => string | null;

/** The item that a row of an export means; nothing is guessed where there is a catalogue. */
function findItem(text: TextOf, resolver: ItemResolver, remarks: Map<string, number>): string | null {
  const ids = [text('itemId'), text('otherId'), text('productId')];
  const byId = resolver.resolve({ ids });
  if (byId !== undefined) return byId;
  const byTitle = resolver.resolve({ ids: [], title: text('title') });
  if (byTitle !== undefined) {
    tally(remarks, 'found by their name in the catalogue, for want of an id that it has');
    return byTitle;
  }
  const written = ids.find((id) => id !== null);
  if (written !== undefined) return written;
  const fallback = resolver.isEmpty ? text('fallbackId') : null;
  if (fallback !== null)
    tally(remarks, 'have no SKU: known by the handle made of their name; give --catalog to have the right one');
  return fallback;
}

/** A value that is there but cannot be read: counted, and the first of a column kept. */
function noteUnreadable(
  text: TextOf,
  { unreadable, row, source }: { unreadable: Unreadable; row: number; source: EventSource },
): string | undefined {
  const note = (column: string, written: string, expected: string) => {
    const label = source.labels[column] ?? column;
    const seen = unreadable.get(label);
    if (seen === undefined) unreadable.set(label, { count: 1, row, text: written, expected });
    else seen.count++;
    return `${label} is not ${expected}`;
  };
  const mangled = text('mangledId');
  if (mangled !== null) return note('item_id', mangled, 'an id as the shop has it');
  for (const { name, column, expected } of MEASURES) {
    const written = text(`${name}Text` as QueryColumn);
    if (written !== null) return note(column, written, name === 'occurredAt' ? source.expectedTime : expected);
  }
  return undefined;
}

/** A value that is missing, or a type that nothing here knows. */
function incomplete(
  text: TextOf,
  { itemId, counts, label }: { itemId: string | null; counts: RowCounts; label: (column: string) => string },
): string | undefined {
  if (text('sessionId') === null) return `no ${label('session_id')}`;
  if (itemId === null) return `no ${label('item_id')}`;
  if (text('occurredAt') === null) return `no ${label('occurred_at')}`;
  if (text('type') !== null) return undefined;
  const type = text('typeText');
  if (type === null) return 'no type';
  const named = `unknown type "${type.slice(0, 40)}"`;
  return counts.skipped.has(named) || counts.skipped.size < MAX_REASONS ? named : 'unknown type (others)';
}

/** A value that can be read and cannot be. */
function impossible(values: Values, i: number, label: (column: string) => string): string | undefined {
  for (const each of MEASURES) {
    const value = values[PLACE[each.name]]?.[i] as number | null;
    const reason = value === null ? undefined : each.refuse(value, label(each.column));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function addRow(builder: EventLogBuilder, { values, i, itemId }: { values: Values; i: number; itemId: string }): void {
  const numberAt = (name: QueryColumn) => (values[PLACE[name]]?.[i] as number | null) ?? Number.NaN;
  builder.add({
    sessionId: values[PLACE.sessionId]?.[i] as string,
    itemId,
    type: values[PLACE.type]?.[i] as number,
    visitorId: (values[PLACE.visitorId]?.[i] as string | null) ?? undefined,
    occurredAt: numberAt('occurredAt'),
    quantity: numberAt('quantity'),
    price: numberAt('price'),
    dwellMs: numberAt('dwellMs'),
    scrollDepthRatio: numberAt('scrollDepthRatio'),
  });
}

function noteTime(unit: TimeUnit, row: number, { values, i }: { values: Values; i: number }): void {
  const numberAt = (name: QueryColumn) => (values[PLACE[name]]?.[i] ?? null) as number | null;
  unit.note(row, numberAt('epoch'), numberAt('occurredAt') as number);
}

function tally(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function addTo(groups: Map<string, Set<string>>, name: string, member: string): void {
  const group = groups.get(name);
  if (group === undefined) groups.set(name, new Set([member]));
  else group.add(member);
}

function assertReadable(
  file: string,
  rows: number,
  { unreadable, source }: { unreadable: Unreadable; source: EventSource },
): void {
  for (const [label, { count, row, text, expected }] of unreadable) {
    if (count <= rows * MAX_UNREADABLE_SHARE) continue;
    const remedy =
      source.isExport && REWRITTEN.test(text)
        ? 'A spreadsheet has rewritten it: export again, and do not open and save the file in one.'
        : 'Correct the column in the export.';
    throw new TillsideError(
      'column-type',
      `${file}, row ${row}: column ${label} is "${text}", which is not ${expected} (${count} of ${rows} rows). ${remedy}`,
    );
  }
}
