import { EVENT_TYPES, type EventType, type InteractionEvent } from '../core/domain/event.js';
import type { ItemFacts } from '../core/domain/item.js';

/** A shop's log in columns: read once, walked many times. Sessions are ordered by start, events by time (then row order) within one. */
export interface EventLog {
  /** `carts`: the file held only purchases; each session is one cart and its lines stand here as `add_to_cart` in row order */
  readonly kind: 'carts' | 'sessions';
  /** dictionary of the `item` column */
  readonly itemIds: readonly string[];
  readonly sessionIds: readonly string[];
  /** `[sessions + 1]`: the events of session s are sessionStarts[s] … sessionStarts[s + 1] − 1 */
  readonly sessionStarts: Uint32Array;
  /** `[sessions]` number of the visitor, −1 when unknown */
  readonly visitors: Int32Array;
  /** `[sessions]` epoch ms */
  readonly startedAt: Float64Array;
  /** `[events]` index into `itemIds` */
  readonly item: Uint32Array;
  /** `[events]` index into `EVENT_TYPES` */
  readonly type: Uint8Array;
  /** `[events]` epoch ms */
  readonly occurredAt: Float64Array;
  /** `[events]` NaN when absent, as in the three below */
  readonly quantity: Float32Array;
  readonly price: Float32Array;
  readonly dwellMs: Float32Array;
  readonly scrollDepthRatio: Float32Array;
}

/** A range of an `EventLog`'s sessions, `from` inclusive, `to` exclusive. */
export interface SessionRange {
  readonly from: number;
  readonly to: number;
}

/** One line of the catalogue file, validated. */
export interface CatalogRow extends ItemFacts {
  readonly title: string;
  readonly sku?: string;
  readonly gtin?: string;
  /** read to set the 3-level boost; never written to a bundle */
  readonly margin?: number;
  /** ids of items that the shop says go with this one; schema.org's isRelatedTo */
  readonly accessories?: readonly string[];
  /** ids of items that this one is an accessory of; schema.org's isAccessoryOrSparePartFor, isConsumableFor */
  readonly accessoryFor?: readonly string[];
  /** the shop's own embedding of picture or text; any length, the same for all; never written to a bundle */
  readonly vector?: Float32Array;
}

/** One session's events as the engine records them. @param part only these of the session's events, default all */
export function eventsOf(
  log: EventLog,
  session: number,
  part: SessionRange = { from: 0, to: Number.POSITIVE_INFINITY },
): InteractionEvent[] {
  const sessionId = log.sessionIds[session] as string;
  const start = log.sessionStarts[session] as number;
  const end = Math.min(start + part.to, log.sessionStarts[session + 1] as number);
  const events: InteractionEvent[] = [];
  for (let i = start + part.from; i < end; i++) {
    events.push({
      eventId: `${sessionId}#${i - start}`,
      type: EVENT_TYPES[log.type[i] as number] as EventType,
      itemId: log.itemIds[log.item[i] as number] as string,
      occurredAt: log.occurredAt[i] as number,
      sessionId,
      ...present('quantity', log.quantity[i] as number),
      ...present('price', log.price[i] as number),
      ...present('dwellMs', log.dwellMs[i] as number),
      ...present('scrollDepthRatio', log.scrollDepthRatio[i] as number),
    });
  }
  return events;
}

/** NaN stands for an absent value in a column; an event leaves the field out. */
function present<K extends string>(name: K, value: number): { readonly [P in K]?: number } {
  return Number.isNaN(value) ? {} : ({ [name]: value } as { readonly [P in K]: number });
}
