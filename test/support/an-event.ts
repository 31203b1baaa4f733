import type { InteractionEvent, StoredEvent } from '../../src/core/domain/event.js';
import { anEvent, MONDAY_10 } from '../../src/page/testing/builders.js';

export { anEvent, MONDAY_10 };

/** Events in log order, one second apart unless they say otherwise. */
export function aLog(events: readonly Partial<InteractionEvent>[]): StoredEvent[] {
  return events.map((event, i) => ({ ...anEvent({ occurredAt: MONDAY_10 + i * 1000, ...event }), seq: i + 1 }));
}
