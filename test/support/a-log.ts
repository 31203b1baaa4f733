import { EVENT_TYPES, type EventType } from '../../src/core/domain/event.js';
import type { EventLog } from '../../src/train/event-log.js';
import { createEventLogBuilder } from '../../src/train/input/event-log-builder.js';

export interface LogSession {
  readonly id?: string;
  readonly visitor?: string;
  /** `type:item`, or `item` for a purchase; one event a minute */
  readonly events: readonly string[];
  /** days since the epoch, default: one session a day from day 0 on */
  readonly day?: number;
}

/** A log of a few sessions; of purchases alone it is a log of carts. */
export function aLog(sessions: readonly LogSession[]): EventLog {
  const builder = createEventLogBuilder();
  for (const [s, { id = `s${s}`, visitor, events, day = s }] of sessions.entries()) {
    for (const [i, text] of events.entries()) {
      const [type, itemId] = text.includes(':') ? (text.split(':') as [EventType, string]) : (['purchase', text] as const);
      const occurredAt = day * 86_400_000 + i * 60_000;
      builder.add({ sessionId: id, itemId, type: EVENT_TYPES.indexOf(type), occurredAt, visitorId: visitor });
    }
  }
  return builder.finish();
}
