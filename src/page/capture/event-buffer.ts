// In: what capture and adapters saw. Out: batches to the engine, in time, and what is left to the next page. Page thread.
import { createId } from '../../core/domain/create-id.js';
import type { InteractionEvent, Trackable } from '../../core/domain/event.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import { reportError } from '../report-error.js';
import type { CaptureContext } from './capture-context.js';
import { openEventTail } from './event-tail.js';
import { openScope } from './open-scope.js';

const FLUSH_MS = 250;
const MAX_EVENTS = 500;
/** A second call overtakes one that waits for the disk, so a cart mutation reaches the engine at once; a storm stops there. */
const MAX_CALLS = 2;
const MAX_BACKOFF_MS = 30_000;

export interface EventBufferOptions {
  /** sends a batch; the ids in the receipt need not be kept any longer */
  record(events: readonly InteractionEvent[]): Promise<RecordReceipt>;
  /** this page, a UUID: two live pages never share it */
  readonly tabId: string;
  /** @param isLatest whether nothing waits that the receipt does not know of */
  onReceipt?(receipt: RecordReceipt, isLatest: boolean): void;
}

/** Events between the page and the engine, each kept until the engine acknowledges it. */
export interface EventBuffer {
  /** Takes an event; an urgent one is sent in the same microtask, others within 250 ms. */
  track(event: Trackable, isUrgent?: boolean): void;
  /** Sends everything at once, so that a slate asked for next reflects it. */
  flush(): void;
  /** Forgets what is buffered and deletes every tab's tail. */
  forget(): void;
  /** What is kept on the page and not yet acknowledged, of every tab. */
  exportTail(): InteractionEvent[];
  /** Sends and keeps what is left, then takes nothing more. */
  readonly stop: () => void;
}

/** Opens the buffer with what earlier pages left behind. Open it only with consent. */
export function openEventBuffer(context: CaptureContext, options: EventBufferOptions): EventBuffer {
  const scope = openScope(context);
  const tail = openEventTail(context, options.tabId);
  const events = new Map<string, InteractionEvent>();
  const underWay = new Set<string>();
  let calls = 0;
  let failures = 0;
  let dropped = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;
  let isStopped = false;

  const put = (event: InteractionEvent) => {
    events.set(event.eventId, event);
    if (events.size <= MAX_EVENTS) return;
    const [oldest = ''] = events.keys();
    events.delete(oldest);
    context.onError('event-dropped', `${++dropped} events were dropped: more than ${MAX_EVENTS} waited.`);
  };
  const send = async (isForced = false) => {
    clearTimeout(timer);
    timer = undefined;
    const batch = [...events.values()].filter(({ eventId }) => !underWay.has(eventId));
    // A page that goes into the back/forward cache with a database transaction of its worker open would hold up the next page's
    // start: the tail carries what is left.
    if (isGone || !batch.length || (calls >= MAX_CALLS && !isForced)) return;
    calls++;
    for (const { eventId } of batch) underWay.add(eventId);
    try {
      const receipt = await options.record(batch);
      for (const eventId of receipt.eventIds) events.delete(eventId);
      for (const refusal of receipt.refusals ?? []) context.onError('invalid-event', refusal);
      options.onReceipt?.(receipt, !events.size);
    } catch (error) {
      reportError(context.onError, error, 'worker-failed');
    }
    calls--;
    for (const { eventId } of batch) underWay.delete(eventId);
    failures = batch.some(({ eventId }) => events.has(eventId)) ? failures + 1 : 0;
    tail.settle(events);
    if (failures) plan();
    else send();
  };
  const plan = (isUrgent = false) => {
    if (isStopped || !events.size) return;
    if (isUrgent && !failures) queueMicrotask(send);
    else timer ??= setTimeout(send, failures ? Math.min(MAX_BACKOFF_MS, 500 * 2 ** failures) : FLUSH_MS);
  };
  const isLeaving = () => isGone || document.visibilityState === 'hidden';
  const keep = () => {
    send();
    if (events.size) tail.write([...events.values()]);
  };
  const onVisibility = ({ type }: Event) => {
    if (type !== 'visibilitychange') isGone = type === 'pagehide';
    if (isLeaving()) keep();
    else plan();
  };

  scope.listen(window, 'visibilitychange pagehide pageshow', onVisibility);
  scope.onStop(() => {
    keep();
    isStopped = true;
    clearTimeout(timer);
  });
  for (const event of tail.left) put(event);
  tail.settle(events);
  plan();
  return {
    track(event, isUrgent) {
      if (isStopped) return;
      put({ ...event, eventId: createId(), occurredAt: Math.round(context.wallClock()) });
      // Listeners of the same pagehide may run after ours.
      if (isLeaving()) keep();
      else plan(isUrgent);
    },
    flush: () => void send(true),
    forget() {
      events.clear();
      tail.clear();
    },
    exportTail: () => [...tail.read().filter(({ eventId }) => !events.has(eventId)), ...events.values()],
    stop: scope.stop,
  };
}
