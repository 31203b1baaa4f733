// In: held-out sessions. Out: the questions that the ranker learns from, as a shop would meet them. Node, main thread.
import { EVENT_TYPES } from '../../core/domain/event.js';
import { HISTORY_DAYS } from '../evaluate/evaluate-log.js';
import { makeQueries, type QueryOptions } from '../evaluate/make-queries.js';
import type { Query } from '../evaluate/query.js';
import type { EventLog, SessionRange } from '../event-log.js';
import { createRandom } from './random.js';

/** Each basket is asked for this many of its items, one at a time: months of carts hold too few questions otherwise. */
const MASKS_PER_BASKET = 3;
/** … and each small cart of more: a cart page mostly sees these, and a log with wholesale orders holds few. */
const MASKS_PER_SMALL_CART = 6;

/** Fewer adds than this cannot stand for all that shoppers do: the next new item is asked for as well. */
const ENOUGH_ADDS = 4000;

export interface RankerQueryOptions {
  readonly isKnown: QueryOptions['isKnown'];
  readonly seed: number;
  readonly maxQueries: number;
}

/**
 * Makes the questions of a range of sessions. Carts: masked baskets, growing carts, and small carts under the rules of a cart page. Browsing: what is added next, where the
 * log has adds, else the next item, half of the time a new one. Half of them know the visitor's history, so that a device without any works too.
 */
export function makeRankerQueries(log: EventLog, range: SessionRange, options: RankerQueryOptions): Query[] {
  const { maxQueries } = options;
  const ask = (protocol: QueryOptions['protocol'], most: number, seed = options.seed): Query[] => {
    const asked = { protocol, seed, isKnown: options.isKnown, maxQueries: Math.max(1, Math.floor(most)) };
    return mixHistory(makeQueries(log, range, asked), makeQueries(log, range, { ...asked, historyDays: HISTORY_DAYS }), seed);
  };
  if (log.kind === 'carts') {
    const share = maxQueries / (MASKS_PER_BASKET + 2);
    const masks = Array.from({ length: MASKS_PER_BASKET }, (_, i) => ask('masked-basket', share, options.seed + i));
    const small = Array.from({ length: MASKS_PER_SMALL_CART }, (_, i) =>
      ask('cart-page', share / MASKS_PER_SMALL_CART, options.seed + i),
    );
    return inTime([...masks.flat(), ...small.flat(), ...ask('growing-cart', share)], log);
  }
  const adds = hasAdds(log) ? ask('next-add', maxQueries) : [];
  if (adds.length >= Math.min(ENOUGH_ADDS, maxQueries)) return inTime(adds, log);
  const rest = maxQueries - adds.length;
  if (adds.length > 0) return inTime([...adds, ...ask('next-new-item', Math.min(rest, adds.length))], log);
  return inTime([...ask('next-new-item', rest / 2), ...ask('next-item', rest / 2)], log);
}

/** Both lists ask the same; of each pair one is drawn. */
function mixHistory(anonymous: readonly Query[], known: readonly Query[], seed: number): Query[] {
  const random = createRandom(seed, 'history');
  return anonymous.map((query, i) => (random.next() < 0.5 ? query : (known[i] as Query)));
}

function inTime(queries: readonly Query[], { sessionIds }: EventLog): Query[] {
  const order = new Map(sessionIds.map((id, i) => [id, i]));
  return [...queries].sort((a, b) => (order.get(a.sessionId) as number) - (order.get(b.sessionId) as number));
}

function hasAdds({ type }: EventLog): boolean {
  return type.includes(EVENT_TYPES.indexOf('add_to_cart'));
}
