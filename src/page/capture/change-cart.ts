import { settleWithin } from '../../core/engine/settle-within.js';
import { TillsideError } from '../../core/errors.js';
import type { CartSource } from '../adapters/adapter.js';
import type { AddOrder } from '../adapters/platform-source.js';
import type { AddedItem, AddOptions } from '../tillside.js';
import type { KnownCart } from './known-cart.js';

/** A shop that has not answered by then never will. */
const ANSWER_MS = 15_000;

export interface CartTargets {
  readonly source: CartSource;
  readonly cart: KnownCart;
  track(event: unknown): void;
}

/** What is asked of the shop. */
export type CartChange = AddOptions & Pick<AddOrder, 'item'> & { readonly action: 'add' | 'remove'; readonly itemId: string };

/**
 * Has the shop put an item into its cart, or take it out, and counts that once: the shop's own button, script or cart may have told of it
 * by then.
 *
 * @throws {TillsideError} `cart-action-failed` if the shop refused, failed or did not answer
 */
export async function changeCart({ source, cart, track }: CartTargets, change: CartChange): Promise<AddedItem> {
  const { action, itemId, quantity = 1, listId, position, target, item } = change;
  const changed = { itemId, quantity, ...(listId !== undefined && { listId }) };
  const isAdd = action === 'add';
  const held = cart.quantityOf(itemId);
  let canRemove: boolean;
  try {
    const order = { itemId, quantity, item };
    const answer = source.change(action, order, target);
    canRemove = await settleWithin(answer, ANSWER_MS, () => new Error(`no answer for ${ANSWER_MS / 1000} s`));
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    const message = `${quantity} × ${itemId} was not ${isAdd ? 'added' : 'removed'}: ${why}.`;
    throw new TillsideError('cart-action-failed', message, error);
  }
  const now = cart.quantityOf(itemId);
  // What the cart held is not known before the engine has said.
  const isTold = isAdd ? now >= held + quantity : now <= Math.max(0, held - quantity);
  if (!isTold) track({ type: isAdd ? 'add_to_cart' : 'remove_from_cart', ...changed, position: isAdd ? position : undefined });
  return { ...changed, canRemove };
}
