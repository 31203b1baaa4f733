import type { InteractionEvent } from '../../core/domain/event.js';
import type { OwnPurchase } from '../../core/domain/session.js';

/** How test questions are made of held-out sessions. Every one ranks the full catalogue; none samples it. */
export const PROTOCOLS = [
  'masked-basket', // one item of a basket hidden at random, the rest shown in line order
  'cart-page', // the same with 5 items shown or fewer, under the rules of a cart page: no variants and near-duplicates of the cart
  'growing-cart', // the first 1, 3 or 5 lines shown, the next line asked for
  'next-item', // every prefix of a session, the next item asked for, repeats allowed
  'next-new-item', // the same where the next item is new; shown items are left out
  'next-add', // what came before an add to cart, the added item asked for; the cart is left out
] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** One test question. */
export interface Query {
  /** unique within a protocol and seed */
  readonly id: string;
  /** the session it comes from: the unit of the bootstrap */
  readonly sessionId: string;
  /** what is shown, oldest first */
  readonly events: readonly InteractionEvent[];
  /** strictly earlier purchases of the visitor, oldest first */
  readonly history: readonly OwnPurchase[];
  /** whether the visitor had an earlier session in the log; absent where the visitor is unknown */
  readonly isReturning?: boolean;
  /** the hidden item */
  readonly target: string;
  /** every item that is still to come, `target` first */
  readonly later: readonly string[];
  /** epoch ms */
  readonly now: number;
  /** distinct item ids of `events`, in order */
  readonly shown: readonly string[];
  readonly exclude: 'none' | 'cart' | 'shown';
}

/** The items that a query rules out as answers. */
export function excludedOf({ events, shown, exclude }: Query): ReadonlySet<string> {
  if (exclude === 'none') return new Set();
  if (exclude === 'shown') return new Set(shown);
  return new Set(cartOf(events));
}

/** Item ids in the cart after these events. */
export function cartOf(events: readonly InteractionEvent[]): Set<string> {
  const cart = new Set<string>();
  for (const { type, itemId } of events) {
    if (itemId === undefined) continue;
    if (type === 'add_to_cart') cart.add(itemId);
    else if (type === 'remove_from_cart' || type === 'purchase') cart.delete(itemId);
  }
  return cart;
}
