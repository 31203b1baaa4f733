import type { SessionState } from '../features/session-state.js';

/** The session as plain JSON that a person can read, for the export. */
export function describeState(state: SessionState): Record<string, unknown> {
  const time = (ms: number): string | null => (ms > 0 ? new Date(ms).toISOString() : null);
  return {
    session: state.session,
    startedAt: time(state.sessionStartedAt),
    lastEventAt: time(state.lastEventAt),
    events: state.eventCount,
    cart: [...state.cart.values()],
    items: [...state.activity].map(([itemId, { lastSeenAt, ...activity }]) => ({
      itemId,
      ...activity,
      lastSeenAt: time(lastSeenAt),
    })),
    sequence: state.steps.map(({ occurredAt, ...step }) => ({ ...step, occurredAt: time(occurredAt) })),
    bought: [...state.history].map(([itemId, days]) => ({ itemId, days })),
    dismissed: [...state.dismissed],
  };
}
