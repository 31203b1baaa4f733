// In: slates that a shop has shown. Out: what the model would have shown instead, from what the shopper had done by then. Runs in Node.
import type { InteractionEvent } from '../../../core/domain/event.js';
import { type EventLog, eventsOf } from '../../event-log.js';
import type { Recommender } from '../recommender.js';
import { indexHistory } from '../visitor-history.js';
import type { ExposedSlate } from './exposed-slate.js';

/**
 * Creates the function that answers a slate's cart or, where the file has no cart, its session's events in the log up to that moment.
 * A slate of which neither is known has no answer.
 *
 * @param historyDays own purchases that the device remembers, where the log knows the session's visitor
 */
export function createSlateAnswers(
  model: Recommender,
  log: EventLog,
  historyDays: number,
): (slate: ExposedSlate) => readonly string[] | undefined {
  const numbers = new Map(log.sessionIds.map((sessionId, session) => [sessionId, session]));
  const purchases = indexHistory(log);
  return (slate) => {
    const session = numbers.get(slate.sessionId);
    const events = eventsBefore(slate, log, session);
    if (events.length === 0) return undefined;
    const query = {
      id: slate.slateId,
      sessionId: slate.sessionId,
      events,
      history: session === undefined ? [] : purchases.before(session, historyDays),
      target: '',
      later: [],
      now: slate.shownAt,
      shown: [...new Set(events.flatMap(({ itemId }) => itemId ?? []))],
      exclude: 'cart',
    } as const;
    const size = slate.places.length;
    return model
      .recommend(query, size)
      .slice(0, size)
      .map(({ itemId }) => itemId);
  };
}

function eventsBefore({ slateId, sessionId, cart, shownAt }: ExposedSlate, log: EventLog, session: number | undefined) {
  if (cart !== undefined) {
    return cart.map(
      (itemId, i): InteractionEvent => ({
        eventId: `${slateId}#${i}`,
        type: 'add_to_cart',
        itemId,
        occurredAt: shownAt,
        sessionId,
      }),
    );
  }
  return session === undefined ? [] : eventsOf(log, session).filter(({ occurredAt }) => occurredAt < shownAt);
}
