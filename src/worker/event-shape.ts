import type { CartLine } from '../core/domain/cart.js';
import { EVENT_TYPES, type InteractionEvent } from '../core/domain/event.js';
import { integer, list, type Members, number, object, oneOf, optional, text } from '../core/shape.js';

/** Longest list within one call. */
export const MAX_LIST = 5_000;

/** A label or token; longer ones are someone's mistake. */
export const label = text(/^.{0,512}$/s);
export const id = text(/^.{1,512}$/s);
/** A price or a count. */
export const amount = number(0, 1e9);
export const share = number(0, 1);
export const position = integer(1);

/** What an event may say, from a page and in a row of the log alike. */
export const eventMembers: Members<InteractionEvent> = {
  eventId: id,
  type: oneOf(...EVENT_TYPES),
  itemId: optional(id),
  occurredAt: integer(),
  quantity: optional(amount),
  price: optional(amount),
  currency: optional(label),
  dwellMs: optional(amount),
  scrollDepthRatio: optional(share),
  listId: optional(label),
  position: optional(position),
  items: optional(
    list(object<CartLine>({ itemId: id, quantity: amount, price: optional(amount), currency: optional(label) }), MAX_LIST),
  ),
  tokens: optional(list(label, 64)),
  sessionId: optional(label),
};
