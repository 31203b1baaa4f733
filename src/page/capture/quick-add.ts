import { settleWithin } from '../../core/engine/settle-within.js';
import { TillsideError } from '../../core/errors.js';
import type { CartSource } from '../adapters/adapter.js';
import type { AddOrder } from '../adapters/platform-source.js';
import type { AddedItem, AddOptions } from '../tillside.js';
import type { KnownCart } from './known-cart.js';

/** A shop that has not answered by then never will. */
const ANSWER_MS = 15_000;

export interface AddTargets {
  readonly source: CartSource;
  readonly cart: KnownCart;
  track(event: unknown): void;
}

/**
 * Adds an item to the shop's cart and counts it once: the shop's own button, script or cart may have told of it by then.
 *
 * @throws {TillsideError} `cart-action-failed` if the shop refused, failed or did not answer
 */
export async function quickAdd(
  { source, cart, track }: AddTargets,
  itemId: string,
  options: AddOptions & Pick<AddOrder, 'item'>,
): Promise<AddedItem> {
  const { quantity = 1, listId, position, target, item } = options;
  const added = { itemId, quantity, ...(listId !== undefined && { listId }) };
  const expected = cart.quantityOf(itemId) + quantity;
  try {
    await settleWithin(
      source.add({ itemId, quantity, item }, target),
      ANSWER_MS,
      () => new Error(`no answer for ${ANSWER_MS / 1000} s`),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    const message = `${quantity} × ${itemId} was not added: ${why}.`;
    throw new TillsideError('cart-action-failed', message, error);
  }
  if (!(cart.quantityOf(itemId) >= expected)) track({ type: 'add_to_cart', ...added, position });
  return added;
}
