import type { InteractionEvent } from '../domain/event.js';
import { TillsideError } from '../errors.js';
import type { Engine, RecordReceipt } from './contract.js';
import { whyNotEvent } from './why-not-event.js';

/**
 * Records the events of a batch that are ones. The others are acknowledged too, for sending them again would not mend them, and the
 * receipt says what is wrong with each.
 *
 * @throws {TillsideError} `invalid-event` if it is no list
 */
export async function takeEvents(engine: Pick<Engine, 'record'>, batch: unknown): Promise<RecordReceipt> {
  if (!Array.isArray(batch)) throw new TillsideError('invalid-event', `record() takes a list of events, not ${typeof batch}.`);
  const events: InteractionEvent[] = [];
  const refusedIds: string[] = [];
  const refusals: string[] = [];
  for (const candidate of batch as unknown[]) {
    const refusal = whyNotEvent(candidate);
    if (refusal === undefined) {
      events.push(candidate as InteractionEvent);
      continue;
    }
    refusals.push(refusal);
    const { eventId } = (candidate ?? {}) as { readonly eventId?: unknown };
    if (typeof eventId === 'string') refusedIds.push(eventId);
  }
  const receipt = await engine.record(events);
  return { ...receipt, eventIds: [...receipt.eventIds, ...refusedIds], refusals };
}
