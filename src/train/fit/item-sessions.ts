import { EVENT_TYPES, type EventType } from '../../core/domain/event.js';
import type { EventLog, SessionRange } from '../event-log.js';
import { halfLifeMs, type Vocabulary } from './vocabulary.js';

/** Sessions as item rows: what the table fits read. An item repeated at once stands here once. */
export interface ItemSessions {
  readonly count: number;
  /** `[count + 1]` */
  readonly starts: Uint32Array;
  /** rows ≥ 1, in the session's order */
  readonly rows: Uint32Array;
  /** `[count]` 1 for the newest session, halving with age */
  readonly decay: Float64Array;
  /** `[count]` log(1 + units) of a line, in the mean; of one unit where the log does not say */
  readonly units: Float64Array;
  /** `[count]` number of the visitor; a session of an unknown visitor is a visitor of its own */
  readonly visitors: Uint32Array;
}

/** Events that say that a shopper was interested in an item. */
const INTEREST: ReadonlySet<EventType> = new Set(['view_item', 'select_item', 'add_to_cart', 'add_to_wishlist', 'purchase']);
const isInterest = EVENT_TYPES.map((type) => INTEREST.has(type));

/** Reads a range of the log as item rows. */
export function toItemSessions(log: EventLog, range: SessionRange, { rowOfItem }: Pick<Vocabulary, 'rowOfItem'>): ItemSessions {
  const count = range.to - range.from;
  const starts = new Uint32Array(count + 1);
  const rows = new Uint32Array((log.sessionStarts[range.to] as number) - (log.sessionStarts[range.from] as number));
  const decay = new Float64Array(count);
  const units = new Float64Array(count);
  const visitors = new Uint32Array(count);
  const halfLife = halfLifeMs(log, range);
  const end = count > 0 ? (log.startedAt[range.to - 1] as number) : 0;
  let anonymous = log.visitors.reduce((most, visitor) => Math.max(most, visitor), -1);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const session = range.from + i;
    const begin = at;
    const stop = log.sessionStarts[session + 1] as number;
    for (let event = log.sessionStarts[session] as number; event < stop; event++) {
      const row = rowOfItem[log.item[event] as number] as number;
      if (row > 0 && isInterest[log.type[event] as number] && (at === begin || rows[at - 1] !== row)) rows[at++] = row;
    }
    starts[i + 1] = at;
    units[i] = unitsOfLine(log, session);
    decay[i] = 0.5 ** ((end - (log.startedAt[session] as number)) / halfLife);
    const visitor = log.visitors[session] as number;
    visitors[i] = visitor >= 0 ? visitor : ++anonymous;
  }
  return { count, starts, rows: rows.slice(0, at), decay, units, visitors };
}

/** log(1 + units) of a session's line, in the mean. */
function unitsOfLine({ sessionStarts, quantity }: EventLog, session: number): number {
  const lines = quantity.subarray(sessionStarts[session], sessionStarts[session + 1]);
  const total = lines.reduce((sum, units) => sum + Math.log1p(units > 0 ? units : 1), 0);
  return total / Math.max(1, lines.length);
}
