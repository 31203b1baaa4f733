import type { InteractionEvent } from '../../core/domain/event.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import { toDiagnostic } from '../../core/errors.js';
import type { OnError } from './capture-context.js';

const MAX_EVENTS = 500;
/** A second call overtakes one that waits for the disk, so a cart mutation reaches the engine at once; a storm stops there. */
const MAX_CALLS = 2;
const MAX_BACKOFF_MS = 30_000;

/** Hands a batch to the engine. */
export type RecordEvents = (events: readonly InteractionEvent[]) => Promise<RecordReceipt>;

/** Events on their way, each kept until the engine acknowledges it. */
export interface EventOutbox {
  put(event: InteractionEvent): void;
  /** Sends what is not on its way yet. */
  send(): void;
  /** what is not acknowledged, oldest first */
  events(): InteractionEvent[];
  isPending(eventId: string): boolean;
  /** how long to wait before the next `send`, ms; 0 while the engine answers well */
  backoffMs(): number;
  /** events that found the outbox full or that the engine refused */
  dropped(): number;
  clear(): void;
}

export interface EventOutboxOptions {
  readonly record: RecordEvents;
  readonly onError: OnError;
  /** called after every answer, with the receipt if it is one */
  onSettle(receipt?: RecordReceipt): void;
}

/** Creates an outbox of at most 500 events. */
export function createEventOutbox({ record, onError, onSettle }: EventOutboxOptions): EventOutbox {
  const events = new Map<string, InteractionEvent>();
  const sent = new Set<string>();
  let calls = 0;
  let failures = 0;
  let dropped = 0;
  let isBlocked = false;

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
    if (isBlocked && !failures) send();
  };
  const send = () => {
    isBlocked = calls >= MAX_CALLS;
    const batch = [...events.values()].filter(({ eventId }) => !sent.has(eventId));
    if (!batch.length || isBlocked) return;
    calls++;
    const eventIds = batch.map(({ eventId }) => eventId);
    for (const eventId of eventIds) sent.add(eventId);
    const onFailure = (error: unknown) => {
      const { code, message } = toDiagnostic(error, 'worker-failed');
      onError(code, message);
      // Never taken, however often it is sent: it must not hold up the others.
      if (code === 'invalid-event') drop(eventIds, 'the engine refused them');
      settle(eventIds);
    };
    new Promise<RecordReceipt>((resolve) => resolve(record(batch))).then((receipt) => settle(eventIds, receipt), onFailure);
  };
  return {
    put(event) {
      events.set(event.eventId, event);
      if (events.size > MAX_EVENTS) drop([...events.keys()].slice(0, events.size - MAX_EVENTS), `more than ${MAX_EVENTS} waited`);
    },
    send,
    events: () => [...events.values()],
    isPending: (eventId) => events.has(eventId),
    backoffMs: () => failures && Math.min(MAX_BACKOFF_MS, 500 * 2 ** failures),
    dropped: () => dropped,
    clear: () => events.clear(),
  };
}
