// In: held-out sessions of a log. Out: test questions by protocol, the same for every method that answers them. Runs in Node.
import type { InteractionEvent } from '../../core/domain/event.js';
import type { OwnPurchase } from '../../core/domain/session.js';
import { type EventLog, eventsOf, type SessionRange } from '../event-log.js';
import { createRandom } from '../fit/random.js';
import { SMALL_CART } from './evaluate.js';
import { cartOf, type Protocol, type Query } from './query.js';
import { indexHistory } from './visitor-history.js';

export interface QueryOptions {
  readonly protocol: Protocol;
  readonly seed: number;
  /** whether training knows the item: a masked basket needs two known items */
  isKnown(itemId: string): boolean;
  /** days of own purchases the device remembers, default 0 = anonymous */
  readonly historyDays?: number;
  /** at most this many queries, a seeded sample of all; default all */
  readonly maxQueries?: number;
}

/** Lines of a growing cart that are shown before the next is asked for. */
export const GROWING_CART_SIZES = [1, 3, 5] as const;

/** The test questions of a range of sessions, in the order of the log; deterministic by seed and session id. */
export function makeQueries(log: EventLog, { from, to }: SessionRange, options: QueryOptions): Query[] {
  const { historyDays = 0, maxQueries, seed } = options;
  const history = historyDays > 0 ? indexHistory(log) : undefined;
  const firstOf = firstSessions(log);
  const queries: Query[] = [];
  for (let session = from; session < to; session++) {
    const events = eventsOf(log, session);
    const visitor = log.visitors[session] as number;
    const isReturning = visitor === -1 ? undefined : firstOf.get(visitor) !== session;
    for (const query of sessionQueries(events, { options, history: history?.before(session, historyDays) ?? [] })) {
      queries.push(isReturning === undefined ? query : { ...query, isReturning });
    }
  }
  return maxQueries === undefined || queries.length <= maxQueries ? queries : sample(queries, maxQueries, seed);
}

/** The first session of each known visitor. */
function firstSessions({ visitors }: EventLog): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const [session, visitor] of visitors.entries()) if (!first.has(visitor)) first.set(visitor, session);
  return first;
}

interface SessionContext {
  readonly options: QueryOptions;
  readonly history: readonly OwnPurchase[];
}

function sessionQueries(events: readonly InteractionEvent[], context: SessionContext): Query[] {
  switch (context.options.protocol) {
    case 'masked-basket':
      return maskedBasket(events, context);
    case 'cart-page':
      return cartPage(events, context);
    case 'growing-cart':
      return growingCart(events, context);
    case 'next-item':
    case 'next-new-item':
      return nextItem(events, context);
    case 'next-add':
      return nextAdd(events, context);
  }
}

/** A basket is what was added; where nothing was, what was bought. */
function basketOf(events: readonly InteractionEvent[]): readonly InteractionEvent[] {
  const adds = events.filter(({ type }) => type === 'add_to_cart');
  return adds.length > 0 ? adds : events.filter(({ type }) => type === 'purchase');
}

function maskedBasket(events: readonly InteractionEvent[], { options, history }: SessionContext): Query[] {
  const basket = basketOf(events);
  const items = itemsOf(basket);
  if (items.filter((item) => options.isKnown(item)).length < 2) return [];
  const random = createRandom(options.seed, basket[0]?.sessionId);
  const target = items[random.below(items.length)] as string;
  const shown = basket.filter(({ itemId }) => itemId !== target);
  return [query(shown, { target, later: [target], history, exclude: 'shown', step: 0 })];
}

function cartPage(events: readonly InteractionEvent[], context: SessionContext): Query[] {
  const asked = maskedBasket(events, context).filter(
    ({ shown, events: before }) => shown.length <= SMALL_CART && cartOf(before).size > 0,
  );
  return asked.map((each) => ({ ...each, exclude: 'cart' }));
}

function growingCart(events: readonly InteractionEvent[], { history }: SessionContext): Query[] {
  const basket = basketOf(events);
  const items = itemsOf(basket);
  return GROWING_CART_SIZES.filter((size) => items.length > size).map((size) => {
    const first = new Set(items.slice(0, size));
    const shown = basket.filter(({ itemId }) => first.has(itemId as string));
    return query(shown, { target: items[size] as string, later: items.slice(size), history, exclude: 'shown', step: size });
  });
}

function nextItem(events: readonly InteractionEvent[], { options, history }: SessionContext): Query[] {
  const isNew = options.protocol === 'next-new-item';
  const queries: Query[] = [];
  const seen = new Set<string>();
  for (const [step, { itemId }] of events.entries()) {
    const target = itemId as string;
    if (step > 0 && !(isNew && seen.has(target))) {
      const later = itemsOf(events.slice(step));
      queries.push(query(events.slice(0, step), { target, later, history, exclude: isNew ? 'shown' : 'none', step }));
    }
    seen.add(target);
  }
  return queries;
}

function nextAdd(events: readonly InteractionEvent[], { history }: SessionContext): Query[] {
  return events.flatMap(({ type, itemId }, step) => {
    const before = events.slice(0, step);
    if (type !== 'add_to_cart' || step === 0 || cartOf(before).has(itemId as string)) return [];
    const later = itemsOf(events.slice(step).filter((event) => event.type === 'add_to_cart'));
    return [query(before, { target: itemId as string, later, history, exclude: 'cart', step })];
  });
}

type Answer = Pick<Query, 'target' | 'later' | 'history' | 'exclude'> & { readonly step: number };

function query(events: readonly InteractionEvent[], { step, ...answer }: Answer): Query {
  const last = events[events.length - 1] as InteractionEvent;
  const sessionId = last.sessionId as string;
  return { id: `${sessionId}@${step}`, sessionId, events, now: last.occurredAt, shown: itemsOf(events), ...answer };
}

/** Distinct item ids, in order of first appearance. */
function itemsOf(events: readonly InteractionEvent[]): string[] {
  return [...new Set(events.flatMap(({ itemId }) => (itemId === undefined ? [] : [itemId])))];
}

function sample(queries: readonly Query[], size: number, seed: number): Query[] {
  const order = createRandom(seed, 'queries').shuffle(Uint32Array.from({ length: queries.length }, (_, i) => i));
  return Array.from(order.slice(0, size).sort(), (i) => queries[i] as Query);
}
