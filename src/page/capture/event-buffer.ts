// In: what capture and adapters saw. Out: batches to the engine, in time, and what is left to the next page. Page thread.
import { createId } from '../../core/domain/create-id.js';
import type { InteractionEvent, Trackable } from '../../core/domain/event.js';
import type { CaptureContext } from './capture-context.js';
import { createEventSender, type EventSenderOptions } from './event-sender.js';
import { type EventTail, type EventTailOptions, openEventTail } from './event-tail.js';
import { openScope } from './open-scope.js';

const MAX_EVENTS = 500;

/** `tabId`: this page, a UUID; two live pages never share it. */
export interface EventBufferOptions extends Pick<EventSenderOptions, 'record' | 'onReceipt'>, EventTailOptions {
  /** nothing is sent, read or written until `open`; the newest 500 events wait in memory */
  readonly isHeld?: boolean;
}

/** Events between the page and the engine, each kept until the engine acknowledges it. */
export interface EventBuffer {
  /** Takes an event; an urgent one is sent in the same microtask, others within 250 ms. */
  track(event: Trackable, isUrgent?: boolean): void;
  /** Begins with what earlier pages left behind, and then what was held; once, and only with consent. */
  open(): void;
  /** Sends everything at once, so that a slate asked for next reflects it. */
  flush(): void;
  /** Forgets what is buffered and deletes every tab's tail. */
  forget(): void;
  /** What is kept on the page and not yet acknowledged, of every tab. */
  exportTail(): InteractionEvent[];
  /** Sends and keeps what is left, then takes nothing more. */
  readonly stop: () => void;
}

/** Creates the buffer and, unless it is to be held, opens it. */
export function openEventBuffer(context: CaptureContext, options: EventBufferOptions): EventBuffer {
  const scope = openScope(context);
  /** there once it may be read and written */
  let tail: EventTail | undefined;
  const events = new Map<string, InteractionEvent>();
  let isGone = false;
  let isStopped = false;

  const put = createPut(context, events);
  const isHeld = () => isGone || !tail;
  const { send, plan } = createEventSender(context, events, { ...options, isHeld, onAnswer: () => tail?.settle(events) });
  const isLeaving = () => isGone || document.visibilityState === 'hidden';
  const open = () => {
    tail = openEventTail(context, options);
    const all = [...tail.left, ...events.values()];
    events.clear();
    all.forEach(put);
    tail.settle(events);
    plan();
  };
  const keep = () => {
    send();
    if (events.size) tail?.write([...events.values()]);
  };

  scope.listen(window, 'visibilitychange pagehide pageshow', ({ type }) => {
    if (type !== 'visibilitychange') isGone = type === 'pagehide';
    if (isLeaving()) keep();
    else plan();
  });
  scope.onStop(() => {
    keep();
    isGone = isStopped = true;
  });
  if (!options.isHeld) open();
  return {
    open,
    track(event, isUrgent) {
      if (isStopped) return;
      put({ ...event, eventId: createId(), occurredAt: Math.round(context.wallClock()) });
      // Listeners of the same pagehide may run after ours.
      if (isLeaving()) keep();
      else plan(isUrgent);
    },
    flush: () => send(true),
    forget() {
      events.clear();
      tail?.clear();
    },
    exportTail: () => [...(tail?.read() ?? []).filter(({ eventId }) => !events.has(eventId)), ...events.values()],
    stop: scope.stop,
  };
}

/** Creates the adding to what waits; the oldest goes when it is too much. */
function createPut(context: CaptureContext, events: Map<string, InteractionEvent>): (event: InteractionEvent) => void {
  let dropped = 0;
  return (event) => {
    events.set(event.eventId, event);
    if (events.size <= MAX_EVENTS) return;
    const [oldest = ''] = events.keys();
    events.delete(oldest);
    context.onError('event-dropped', `${++dropped} events were dropped: more than ${MAX_EVENTS} waited.`);
  };
}
