// In: what capture and adapters saw. Out: batches to the engine, in time, and what is left to the next page. Page thread.
import type { InteractionEvent } from '../../core/domain/event.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import type { CaptureContext } from './capture-context.js';
import { createEventId } from './create-event-id.js';
import { createEventOutbox, type Record } from './event-outbox.js';
import { openEventTail } from './event-tail.js';
import type { Trackable } from './is-trackable.js';
import { openScope } from './open-scope.js';

const FLUSH_MS = 250;

export interface EventBufferOptions {
  /** sends a batch; the ids in the receipt need not be kept any longer */
  readonly record: Record;
  /** this page, a UUID: two live pages never share it */
  readonly tabId: string;
  /** @param isLatest whether nothing waits that the receipt does not know of */
  onReceipt?(receipt: RecordReceipt, isLatest: boolean): void;
}

export interface EventBuffer {
  /** Takes an event; an urgent one is sent in the same microtask, others within 250 ms. */
  track(event: Trackable, isUrgent?: boolean): void;
  flush(): void;
  /** events that found the buffer full (500) or that the engine refused */
  dropped(): number;
  /** Forgets what is buffered and deletes every tab's tail. */
  forget(): void;
  /** What is kept on the page and not yet acknowledged, of every tab. */
  exportTail(): InteractionEvent[];
  /** Sends and keeps what is left, then takes nothing more. */
  readonly stop: () => void;
}

/** Starts the buffer between the page and the engine with what earlier pages left behind. Start it only with consent. */
export function startEventBuffer(context: CaptureContext, { record, tabId, onReceipt }: EventBufferOptions): EventBuffer {
  const { document, window, onError } = context;
  const scope = openScope(context);
  const tail = openEventTail(context, tabId);
  const onSettle = scope.guard((receipt?: RecordReceipt) => {
    tail.settle(outbox.isPending);
    if (tail.isWritten()) tail.write(outbox.events());
    schedule();
    if (receipt) onReceipt?.(receipt, !outbox.events().length);
  });
  const outbox = createEventOutbox(record, onError, onSettle);
  let timer: number | undefined;
  let isUrgentQueued = false;
  let isGone = false;
  let isStopped = false;

  const send = scope.guard(() => {
    window.clearTimeout(timer);
    timer = undefined;
    isUrgentQueued = false;
    outbox.send();
  });
  const schedule = () => {
    if (!isStopped && outbox.events().length) timer ??= window.setTimeout(send, outbox.backoffMs || FLUSH_MS);
  };
  /** @returns whether the page is going, so that what it holds was kept */
  const keepIfLeaving = () => {
    const isLeaving = isGone || document.visibilityState === 'hidden';
    if (!isLeaving) return false;
    send();
    tail.write(outbox.events());
    return true;
  };
  const onPage = ({ type }: Event) => {
    if (type !== 'visibilitychange') isGone = type === 'pagehide';
    keepIfLeaving();
  };

  for (const event of tail.take()) outbox.put(event);
  tail.settle(outbox.isPending);
  schedule();
  scope.listen(document, 'visibilitychange', onPage);
  scope.listen(window, 'pagehide pageshow', onPage);
  scope.onStop(() => {
    isGone = true;
    keepIfLeaving();
    isStopped = true;
    window.clearTimeout(timer);
  });
  return {
    track: scope.guard((event: Trackable, isUrgent = false) => {
      if (isStopped) return;
      outbox.put({ ...event, eventId: createEventId(), occurredAt: Math.round(context.wallClock()) });
      // Listeners of the same pagehide may run after ours.
      if (keepIfLeaving()) return;
      schedule();
      if (!isUrgent || isUrgentQueued || outbox.backoffMs) return;
      isUrgentQueued = true;
      queueMicrotask(send);
    }),
    flush: send,
    dropped: () => outbox.dropped,
    forget() {
      outbox.clear();
      tail.clear();
    },
    exportTail: () => [...new Map([...tail.read(), ...outbox.events()].map((event) => [event.eventId, event])).values()],
    stop: scope.stop,
  };
}
