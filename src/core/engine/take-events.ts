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
export async function takeEvents(engine: Pick<Engine, 'record'>, batch: unknown): Promise<Required<RecordReceipt>> {
  if (!Array.isArray(batch)) throw new TillsideError('invalid-event', `record() takes a list of events, not ${typeof batch}.`);
  const events: InteractionEvent[] = [];
  const refused: InteractionEvent[] = [];
  const refusals: string[] = [];
  for (const candidate of batch) {
    const refusal = whyNotEvent(candidate);
    (refusal ? refused : events).push(candidate);
    if (refusal) refusals.push(refusal);
  }
  const receipt = await engine.record(events);
  const refusedIds = refused.flatMap((candidate: InteractionEvent | null) => candidate?.eventId ?? []);
  return { ...receipt, eventIds: [...receipt.eventIds, ...refusedIds], refusals };
}
