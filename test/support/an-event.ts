import type { InteractionEvent, StoredEvent } from '../../src/core/domain/event.js';

let made = 0;

/** 2026-03-02 10:00:00 UTC, a Monday. */
export const MONDAY_10 = Date.UTC(2026, 2, 2, 10);

export function anEvent(over: Partial<InteractionEvent> = {}): InteractionEvent {
  made++;
  return { eventId: `event-${made}`, type: 'view_item', itemId: 'a', occurredAt: MONDAY_10, ...over };
}

/** Events in log order, one second apart unless they say otherwise. */
export function aLog(events: readonly Partial<InteractionEvent>[]): StoredEvent[] {
  return events.map((event, i) => ({ ...anEvent({ occurredAt: MONDAY_10 + i * 1000, ...event }), seq: i + 1 }));
}
