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
  const judged = (batch as unknown[]).map((candidate) => ({ candidate, refusal: whyNotEvent(candidate) }));
  const refused = judged.filter(({ refusal }) => refusal);
  const events = judged.filter(({ refusal }) => !refusal).map(({ candidate }) => candidate as InteractionEvent);
  const receipt = await engine.record(events);
  return {
    ...receipt,
    eventIds: [...receipt.eventIds, ...refused.flatMap(({ candidate }) => (candidate as InteractionEvent | null)?.eventId ?? [])],
    refusals: refused.map(({ refusal }) => refusal as string),
  };
}
