import { EVENT_TYPES, type EventType } from '../../core/domain/event.js';

/**
 * Columns of a query for events, in this order; each `…Text` is the value as written where it cannot be read, else null. From `otherId` on they are
 * what platforms' exports say beside.
 */
export const QUERY_COLUMNS = [
  'sessionId',
  'itemId',
  'type', // index into EVENT_TYPES
  'typeText',
  'visitorId',
  'occurredAt',
  'occurredAtText',
  'epoch', // the time, where it is written as a number: of milliseconds or seconds
  'quantity',
  'quantityText',
  'price',
  'priceText',
  'dwellMs',
  'dwellMsText',
  'scrollDepthRatio',
  'scrollDepthRatioText',
  'mangledId', // an item's id as a spreadsheet has rewritten it
  'otherId', // less exact than `itemId`
  'productId', // of the product, where the item is one of its variants
  'title',
  'fallbackId', // its id where neither an id nor a catalogue names it
  'currency',
  'leftOut', // why the whole order is left out
  'unused', // why this row alone is
  'row', // its number in the file, where that is not its place in the answer
] as const;
export type QueryColumn = (typeof QUERY_COLUMNS)[number];

/** How one file's events are read. */
export interface EventSource {
  /** yields `QUERY_COLUMNS`, in the order of the file within a session */
  readonly sql: string;
  /** what the file calls its columns, by ours */
  readonly labels: Readonly<Record<string, string>>;
  /** what a time has to look like, in words */
  readonly expectedTime: string;
  /** a platform's: its items are looked up in the catalogue */
  readonly isExport: boolean;
  /** a file has all of a session: one that an earlier file has is told again */
  readonly isWhole: boolean;
}

/** Names the SQL of each column; those left out are null. */
export function selectColumns(columns: { readonly [C in QueryColumn]?: string | undefined }): string {
  return QUERY_COLUMNS.map((name) => `${columns[name] ?? nothing(name)} AS "${name}"`).join(', ');
}

function nothing(name: QueryColumn): string {
  if (name === 'type') return 'NULL::INTEGER';
  return ['occurredAt', 'epoch', 'quantity', 'price', 'dwellMs', 'scrollDepthRatio', 'row'].includes(name)
    ? 'NULL::DOUBLE'
    : 'NULL::VARCHAR';
}

/** An event's type as a query gives it. */
export function typeNumber(type: EventType): string {
  return `${EVENT_TYPES.indexOf(type)}::INTEGER`;
}
