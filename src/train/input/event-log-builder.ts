import { EVENT_TYPES } from '../../core/domain/event.js';
import type { EventLog } from '../event-log.js';

/** One accepted row of a log file. */
export interface EventRow {
  readonly sessionId: string;
  readonly itemId: string;
  /** index into `EVENT_TYPES` */
  readonly type: number;
  /** epoch ms */
  readonly occurredAt: number;
  readonly visitorId?: string | undefined;
  readonly quantity?: number;
  readonly price?: number;
  readonly dwellMs?: number;
  readonly scrollDepthRatio?: number;
}

/** Collects rows in the order of the file and sorts them into a log. */
export interface EventLogBuilder {
  readonly size: number;
  add(row: EventRow): void;
  /** Reads the times of the rows from one on as seconds. */
  takeAsSeconds(from: number): void;
  finish(): EventLog;
}

const PURCHASE = EVENT_TYPES.indexOf('purchase');
const ADD_TO_CART = EVENT_TYPES.indexOf('add_to_cart');

/** Creates an empty builder; 44 bytes a row and each id once. */
export function createEventLogBuilder(): EventLogBuilder {
  const items = createDictionary();
  const sessions = createDictionary();
  const visitorIds = createDictionary();
  const visitors: number[] = [];
  const columns = createColumns();
  let size = 0;
  let isCarts = true;
  return {
    get size() {
      return size;
    },
    add(row) {
      const session = sessions.numberOf(row.sessionId);
      if (session === visitors.length) visitors.push(-1);
      if (visitors[session] === -1 && row.visitorId !== undefined) visitors[session] = visitorIds.numberOf(row.visitorId);
      isCarts &&= row.type === PURCHASE;
      columns.reserve(size);
      writeRow(columns.at, size, { row, session, item: items.numberOf(row.itemId) });
      size++;
    },
    takeAsSeconds(from) {
      const times = columns.at.occurredAt.subarray(from, size);
      for (let i = 0; i < times.length; i++) times[i] = Math.round(1000 * (times[i] as number));
    },
    finish: () => sortRows(columns.at, size, { isCarts, itemIds: items.ids, sessionIds: sessions.ids, visitors }),
  };
}

type Columns = ReturnType<typeof allocate>;

function writeRow(at: Columns, i: number, { row, session, item }: { row: EventRow; session: number; item: number }): void {
  at.session[i] = session;
  at.item[i] = item;
  at.type[i] = row.type;
  at.occurredAt[i] = row.occurredAt;
  at.quantity[i] = row.quantity ?? Number.NaN;
  at.price[i] = row.price ?? Number.NaN;
  at.dwellMs[i] = row.dwellMs ?? Number.NaN;
  at.scrollDepthRatio[i] = row.scrollDepthRatio ?? Number.NaN;
}

interface Dictionaries {
  readonly isCarts: boolean;
  readonly itemIds: readonly string[];
  readonly sessionIds: readonly string[];
  readonly visitors: readonly number[];
}

function sortRows(at: Columns, size: number, { isCarts, itemIds, sessionIds, visitors }: Dictionaries): EventLog {
  const { order, sessionOrder, starts, startedAt } = orderEvents(at.session.subarray(0, size), at.occurredAt, {
    sessions: sessionIds.length,
    byTime: !isCarts,
  });
  return {
    kind: isCarts ? 'carts' : 'sessions',
    itemIds,
    sessionIds: Array.from(sessionOrder, (session) => sessionIds[session] as string),
    sessionStarts: starts,
    visitors: Int32Array.from(sessionOrder, (session) => visitors[session] as number),
    startedAt,
    item: gather(new Uint32Array(size), at.item, order),
    type: isCarts ? new Uint8Array(size).fill(ADD_TO_CART) : gather(new Uint8Array(size), at.type, order),
    occurredAt: gather(new Float64Array(size), at.occurredAt, order),
    quantity: gather(new Float32Array(size), at.quantity, order),
    price: gather(new Float32Array(size), at.price, order),
    dwellMs: gather(new Float32Array(size), at.dwellMs, order),
    scrollDepthRatio: gather(new Float32Array(size), at.scrollDepthRatio, order),
  };
}

type Column = Uint8Array | Uint32Array | Float32Array | Float64Array;

function gather<T extends Column>(into: T, column: Column, order: Uint32Array): T {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i] as number] as number;
  return into;
}

interface Places {
  /** `[events]` the file row that stands at each place of the log */
  readonly order: Uint32Array;
  readonly sessionOrder: Uint32Array;
  /** `[sessions + 1]` */
  readonly starts: Uint32Array;
  /** `[sessions]` */
  readonly startedAt: Float64Array;
}

/** Sorts sessions by start and events by session, then (where `byTime`) time, then row: ties keep the order of the file. */
function orderEvents(
  session: Uint32Array,
  occurredAt: Float64Array,
  { sessions, byTime }: { sessions: number; byTime: boolean },
): Places {
  const first = new Float64Array(sessions).fill(Number.POSITIVE_INFINITY);
  const counts = new Uint32Array(sessions);
  for (let i = 0; i < session.length; i++) {
    const s = session[i] as number;
    counts[s] = (counts[s] as number) + 1;
    first[s] = Math.min(first[s] as number, occurredAt[i] as number);
  }
  const sessionOrder = Uint32Array.from({ length: sessions }, (_, s) => s);
  sessionOrder.sort((a, b) => (first[a] as number) - (first[b] as number) || a - b);
  const starts = new Uint32Array(sessions + 1);
  const next = new Uint32Array(sessions);
  for (let place = 0; place < sessions; place++) {
    const s = sessionOrder[place] as number;
    next[s] = starts[place] as number;
    starts[place + 1] = (starts[place] as number) + (counts[s] as number);
  }
  const order = new Uint32Array(session.length);
  for (let i = 0; i < session.length; i++) {
    const s = session[i] as number;
    order[next[s] as number] = i;
    next[s] = (next[s] as number) + 1;
  }
  if (byTime) sortWithin(order, starts, occurredAt);
  return { order, sessionOrder, starts, startedAt: Float64Array.from(sessionOrder, (s) => first[s] as number) };
}

function sortWithin(order: Uint32Array, starts: Uint32Array, occurredAt: Float64Array): void {
  for (let s = 0; s + 1 < starts.length; s++) {
    const part = order.subarray(starts[s], starts[s + 1]);
    const isSorted = part.every(
      (row, i) => i === 0 || (occurredAt[part[i - 1] as number] as number) <= (occurredAt[row] as number),
    );
    if (!isSorted) part.sort((a, b) => (occurredAt[a] as number) - (occurredAt[b] as number) || a - b);
  }
}

function createDictionary() {
  const ids: string[] = [];
  const numbers = new Map<string, number>();
  return {
    ids,
    numberOf(id: string): number {
      const known = numbers.get(id);
      if (known !== undefined) return known;
      numbers.set(id, ids.length);
      return ids.push(id) - 1;
    },
  };
}

function allocate(length: number) {
  return {
    session: new Uint32Array(length),
    item: new Uint32Array(length),
    type: new Uint8Array(length),
    occurredAt: new Float64Array(length),
    quantity: new Float32Array(length),
    price: new Float32Array(length),
    dwellMs: new Float32Array(length),
    scrollDepthRatio: new Float32Array(length),
  };
}

/** Typed columns that double when they are full. */
function createColumns() {
  let capacity = 65_536;
  let at = allocate(capacity);
  return {
    get at() {
      return at;
    },
    reserve(index: number): void {
      if (index < capacity) return;
      capacity *= 2;
      const grown = allocate(capacity);
      for (const name of Object.keys(grown) as (keyof typeof grown)[]) grown[name].set(at[name]);
      at = grown;
    },
  };
}
