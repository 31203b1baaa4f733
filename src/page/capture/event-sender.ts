// In: what waits in the buffer. Out: batches to the engine, in time, and what its receipts acknowledge taken away. Page thread.
import type { InteractionEvent } from '../../core/domain/event.js';
import type { RecordReceipt } from '../../core/engine/contract.js';
import { reportError } from '../report-error.js';
import type { CaptureContext } from './capture-context.js';

const FLUSH_MS = 250;
/** A second call overtakes one that waits for the disk, so a cart mutation reaches the engine at once; a storm stops there. */
const MAX_CALLS = 2;
const MAX_BACKOFF_MS = 30_000;

export interface EventSenderOptions {
  /** sends a batch; the ids in the receipt need not be kept any longer */
  record(events: readonly InteractionEvent[]): Promise<RecordReceipt>;
  /** @param isLatest whether nothing waits that the receipt does not know of */
  onReceipt?(receipt: RecordReceipt, isLatest: boolean): void;
  /** whether nothing may be sent now */
  isHeld(): boolean;
  /** called after every answer, a failure too */
  onAnswer(): void;
}

export interface EventSender {
  /** Sends what is not on its way yet; forced, however many calls are under way. */
  send(isForced?: boolean): void;
  /** Has it sent in the same microtask when it is urgent, else within 250 ms; later while calls fail. */
  plan(isUrgent?: boolean): void;
}

/** Creates the sending of `events`, which leave the map with their receipt. */
export function createEventSender(
  context: CaptureContext,
  events: Map<string, InteractionEvent>,
  options: EventSenderOptions,
): EventSender {
  const underWay = new Set<string>();
  let calls = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = async (isForced = false) => {
    clearTimeout(timer);
    timer = undefined;
    const batch = [...events.values()].filter(({ eventId }) => !underWay.has(eventId));
    // A page that goes into the back/forward cache with a database transaction of its worker open would hold up the next page's
    // start: the tail carries what is left.
    if (options.isHeld() || !batch.length || (calls >= MAX_CALLS && !isForced)) return;
    calls++;
    for (const { eventId } of batch) underWay.add(eventId);
    try {
      const receipt = await options.record(batch);
      for (const eventId of receipt.eventIds) events.delete(eventId);
      for (const refusal of receipt.refusals ?? []) context.onError('invalid-event', refusal);
      for (const { code, message } of receipt.diagnostics) context.onError(code, message);
      options.onReceipt?.(receipt, !events.size);
    } catch (error) {
      reportError(context.onError, error, 'worker-failed');
    }
    calls--;
    for (const { eventId } of batch) underWay.delete(eventId);
    failures = batch.some(({ eventId }) => events.has(eventId)) ? failures + 1 : 0;
    options.onAnswer();
    if (failures) plan();
    else send();
  };
  const plan = (isUrgent = false) => {
    if (options.isHeld() || !events.size) return;
    if (isUrgent && !failures) queueMicrotask(send);
    else timer ??= setTimeout(send, failures ? Math.min(MAX_BACKOFF_MS, 500 * 2 ** failures) : FLUSH_MS);
  };
  return { send, plan };
}
