// In: what capture and adapters saw. Out: batches to the engine, in time, and what is left to the next page. Page thread.
import { createId } from '../../core/domain/create-id.js';
import type { InteractionEvent } from '../../core/domain/event.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import { codeOf } from '../../core/errors.js';
import { reportError } from '../report-error.js';
import type { CaptureContext } from './capture-context.js';
import { type EventTail, openEventTail } from './event-tail.js';
import type { Trackable } from './is-trackable.js';
import { openScope, type Scope } from './open-scope.js';

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

/** Events between the page and the engine, each kept until the engine acknowledges it. Open it only with consent. */
export class EventBuffer {
  readonly #context: CaptureContext;
  readonly #options: EventBufferOptions;
  readonly #scope: Scope;
  readonly #tail: EventTail;
  readonly #events = new Map<string, InteractionEvent>();
  readonly #sent = new Set<string>();
  #calls = 0;
  #failures = 0;
  #dropped = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isQueued = false;
  #isBlocked = false;
  #isGone = false;
  #isStopped = false;

  /** Starts with what earlier pages left behind. */
  constructor(context: CaptureContext, options: EventBufferOptions) {
    this.#context = context;
    this.#options = options;
    this.#scope = openScope(context);
    this.#tail = openEventTail(context, options.tabId);
    const onLeave = ({ type }: Event) => {
      if (type !== 'visibilitychange') this.#isGone = type === 'pagehide';
      if (this.#isLeaving()) this.#keep();
    };
    this.#scope.listen(document, 'visibilitychange', onLeave);
    this.#scope.listen(window, 'pagehide pageshow', onLeave);
    for (const event of this.#tail.take()) this.#put(event);
    this.#settle();
    this.#scope.onStop(() => {
      if (this.#events.size) this.#keep();
      this.#isStopped = true;
      clearTimeout(this.#timer);
    });
  }

  /** Takes an event; an urgent one is sent in the same microtask, others within 250 ms. */
  track(event: Trackable, isUrgent = false): void {
    if (this.#isStopped) return;
    this.#put({ ...event, eventId: createId(), occurredAt: Math.round(this.#context.wallClock()) });
    // Listeners of the same pagehide may run after ours.
    if (this.#isLeaving()) this.#keep();
    else this.#schedule(isUrgent);
  }

  /** Sends everything at once, so that a slate asked for next reflects it. */
  flush(): void {
    this.#send(true);
  }

  /** Forgets what is buffered and deletes every tab's tail. */
  forget(): void {
    this.#events.clear();
    this.#tail.clear();
  }

  /** What is kept on the page and not yet acknowledged, of every tab. */
  exportTail(): InteractionEvent[] {
    return [...new Map([...this.#tail.read(), ...this.#events.values()].map((event) => [event.eventId, event])).values()];
  }

  /** Sends and keeps what is left, then takes nothing more. */
  stop(): void {
    this.#scope.stop();
  }

  #isLeaving(): boolean {
    return this.#isGone || document.visibilityState === 'hidden';
  }

  #keep(): void {
    // A page that goes into the back/forward cache with a database transaction of its worker open would hold up the next page's
    // start: the tail carries what is left.
    if (!this.#isGone) this.#send();
    this.#tail.write([...this.#events.values()]);
  }

  #put(event: InteractionEvent): void {
    this.#events.set(event.eventId, event);
    if (this.#events.size > MAX_EVENTS)
      this.#drop([...this.#events.values()].slice(0, -MAX_EVENTS), `more than ${MAX_EVENTS} waited`);
  }

  #drop(events: readonly InteractionEvent[], why: string): void {
    for (const { eventId } of events) if (this.#events.delete(eventId)) this.#dropped++;
    this.#context.onError('event-dropped', `${this.#dropped} events were dropped: ${why}.`);
  }

  #schedule(isUrgent = false): void {
    if (this.#isStopped || this.#isQueued || !this.#events.size) return;
    const backoffMs = this.#failures && Math.min(MAX_BACKOFF_MS, 500 * 2 ** this.#failures);
    this.#isQueued = isUrgent && !backoffMs;
    if (this.#isQueued) queueMicrotask(() => this.#send());
    else this.#timer ??= setTimeout(this.#send, backoffMs || FLUSH_MS);
  }

  readonly #send = (isForced = false): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isQueued = false;
    const batch = [...this.#events.values()].filter(({ eventId }) => !this.#sent.has(eventId));
    this.#isBlocked = this.#calls >= MAX_CALLS && !isForced;
    if (!batch.length || this.#isBlocked) return;
    this.#calls++;
    for (const { eventId } of batch) this.#sent.add(eventId);
    this.#call(batch).catch((error) => reportError(this.#context.onError, error));
  };

  async #call(batch: readonly InteractionEvent[]): Promise<void> {
    let receipt: RecordReceipt | undefined;
    try {
      receipt = await this.#options.record(batch);
      for (const eventId of receipt.eventIds) this.#events.delete(eventId);
    } catch (error) {
      reportError(this.#context.onError, error, 'worker-failed');
      // Never taken, however often it is sent: it must not hold up the others.
      if (codeOf(error) === 'invalid-event') this.#drop(batch, 'the engine refused them');
    }
    this.#calls--;
    for (const { eventId } of batch) this.#sent.delete(eventId);
    this.#failures = batch.some(({ eventId }) => this.#events.has(eventId)) ? this.#failures + 1 : 0;
    this.#settle();
    if (receipt) this.#options.onReceipt?.(receipt, !this.#events.size);
    if (this.#isBlocked && !this.#failures) this.#send();
  }

  /** After every answer: the tails that are no longer needed go, and what is left is planned. */
  readonly #settle = (): void => {
    this.#tail.settle(({ eventId }) => this.#events.has(eventId));
    this.#tail.rewrite([...this.#events.values()]);
    this.#schedule();
  };
}
