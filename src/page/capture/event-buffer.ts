// In: what capture and adapters saw. Out: batches to the engine, in time, and what is left to the next page. Page thread.
import type { InteractionEvent } from '../../core/domain/event.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import type { CaptureContext } from './capture-context.js';
import { createEventId } from './create-event-id.js';
import { createEventOutbox, type EventOutbox, type RecordEvents } from './event-outbox.js';
import { openEventTail } from './event-tail.js';
import type { Trackable } from './is-trackable.js';
import { openScope, type Scope } from './open-scope.js';

const FLUSH_MS = 250;

export interface EventBufferOptions {
  /** sends a batch; the ids in the receipt need not be kept any longer */
  readonly record: RecordEvents;
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
  const { onError } = context;
  const scope = openScope(context);
  const tail = openEventTail(context, tabId);
  const onSettle = scope.guard((receipt?: RecordReceipt) => {
    tail.settle(outbox.isPending);
    if (tail.isWritten()) tail.write(outbox.events());
    sender.schedule();
    if (receipt) onReceipt?.(receipt, !outbox.events().length);
  });
  const outbox = createEventOutbox({ record, onError, onSettle });
  const sender = createSender(context, scope, outbox);
  const isLeaving = watchLeaving(context, scope, keep);
  let isStopped = false;

  function keep() {
    sender.send();
    tail.write(outbox.events());
  }
  for (const event of tail.take()) outbox.put(event);
  tail.settle(outbox.isPending);
  sender.schedule();
  scope.onStop(() => {
    if (outbox.events().length) keep();
    isStopped = true;
    sender.stop();
  });
  return {
    track: scope.guard((event: Trackable, isUrgent = false) => {
      if (isStopped) return;
      outbox.put({ ...event, eventId: createEventId(), occurredAt: Math.round(context.wallClock()) });
      // Listeners of the same pagehide may run after ours.
      if (isLeaving()) keep();
      else sender.schedule(isUrgent);
    }),
    flush: sender.send,
    dropped: outbox.dropped,
    forget() {
      outbox.clear();
      tail.clear();
    },
    exportTail: () => [...new Map([...tail.read(), ...outbox.events()].map((event) => [event.eventId, event])).values()],
    stop: scope.stop,
  };
}

/** Creates the timing of the outbox: 250 ms, at once for an urgent event, and patience while the engine fails. */
function createSender({ window }: CaptureContext, scope: Scope, outbox: EventOutbox) {
  let timer: number | undefined;
  let isQueued = false;
  let isStopped = false;
  const rest = () => {
    window.clearTimeout(timer);
    timer = undefined;
  };
  const send = scope.guard(() => {
    rest();
    isQueued = false;
    outbox.send();
  });
  return {
    send,
    schedule(isUrgent = false) {
      const backoffMs = outbox.backoffMs();
      if (isStopped || isQueued || !outbox.events().length) return;
      isQueued = isUrgent && !backoffMs;
      if (isQueued) queueMicrotask(send);
      else timer ??= window.setTimeout(send, backoffMs || FLUSH_MS);
    },
    stop() {
      isStopped = true;
      rest();
    },
  };
}

/** Calls `onLeave` when the page is hidden or goes; returns whether it is on its way. */
function watchLeaving({ document, window }: CaptureContext, scope: Scope, onLeave: () => void): () => boolean {
  let isGone = false;
  const isLeaving = () => isGone || document.visibilityState === 'hidden';
  const update = ({ type }: Event) => {
    if (type !== 'visibilitychange') isGone = type === 'pagehide';
    if (isLeaving()) onLeave();
  };
  scope.listen(document, 'visibilitychange', update);
  scope.listen(window, 'pagehide pageshow', update);
  return isLeaving;
}
