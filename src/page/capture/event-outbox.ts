import type { InteractionEvent } from '../../core/domain/event.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import { toDiagnostic } from '../../core/errors.js';
import type { OnError } from './capture-context.js';

const MAX_EVENTS = 500;
/** A second call overtakes one that waits for the disk, so a cart mutation reaches the engine at once; a storm stops there. */
const MAX_CALLS = 2;
const MAX_BACKOFF_MS = 30_000;

export type Record = (events: readonly InteractionEvent[]) => Promise<RecordReceipt>;

/** Events on their way, each kept until the engine acknowledges it. */
export interface EventOutbox {
  put(event: InteractionEvent): void;
  /** Sends what is not on its way yet. */
  send(): void;
  /** what is not acknowledged, oldest first */
  events(): InteractionEvent[];
  isPending(eventId: string): boolean;
  /** how long to wait before the next `send`, ms; 0 while the engine answers well */
  readonly backoffMs: number;
  /** events that found the outbox full or that the engine refused */
  readonly dropped: number;
  clear(): void;
}

/** Creates an outbox of at most 500 events; `onSettle` is called after every answer, with the receipt if it is one. */
export function createEventOutbox(record: Record, onError: OnError, onSettle: (receipt?: RecordReceipt) => void): EventOutbox {
  const events = new Map<string, InteractionEvent>();
  const sent = new Set<string>();
  let calls = 0;
  let failures = 0;
  let dropped = 0;

  const drop = (eventIds: readonly string[], why: string) => {
    for (const eventId of eventIds) if (events.delete(eventId)) dropped++;
    onError('event-dropped', `${dropped} events were dropped: ${why}.`);
  };
  const settle = (eventIds: readonly string[], receipt?: RecordReceipt) => {
    calls--;
    for (const eventId of receipt?.eventIds ?? []) events.delete(eventId);
    for (const eventId of eventIds) sent.delete(eventId);
    failures = eventIds.some((eventId) => events.has(eventId)) ? failures + 1 : 0;
    onSettle(receipt);
  };
  return {
    put(event) {
      events.set(event.eventId, event);
      if (events.size > MAX_EVENTS) drop([...events.keys()].slice(0, events.size - MAX_EVENTS), `more than ${MAX_EVENTS} waited`);
    },
    send() {
      const batch = [...events.values()].filter(({ eventId }) => !sent.has(eventId));
      if (!batch.length || calls >= MAX_CALLS) return;
      calls++;
      const eventIds = batch.map(({ eventId }) => eventId);
      for (const eventId of eventIds) sent.add(eventId);
      const call = new Promise<RecordReceipt>((resolve) => resolve(record(batch)));
      call
        .catch((error: unknown) => {
          const { code, message } = toDiagnostic(error, 'worker-failed');
          onError(code, message);
          // Never taken, however often it is sent: it must not hold up the others.
          if (code === 'invalid-event') drop(eventIds, 'the engine refused them');
          return undefined;
        })
        .then((receipt) => settle(eventIds, receipt));
    },
    events: () => [...events.values()],
    isPending: (eventId) => events.has(eventId),
    get backoffMs() {
      return failures && Math.min(MAX_BACKOFF_MS, 500 * 2 ** failures);
    },
    get dropped() {
      return dropped;
    },
    clear() {
      events.clear();
    },
  };
}
