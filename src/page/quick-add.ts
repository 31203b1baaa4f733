import { settleWithin } from '../core/engine/settle-within.js';
import { TillsideError } from '../core/errors.js';
import type { Capture } from './capture/start-capture.js';
import type { AddedItem, AddOptions } from './tillside.js';

/** A shop that has not answered by then never will. */
const ANSWER_MS = 15_000;

/**
 * Adds an item to the shop's cart and counts it once.
 *
 * @throws {TillsideError} `cart-action-failed` if the shop refused, failed or did not answer
 */
export async function quickAdd(
  capture: Capture,
  itemId: string,
  { quantity = 1, listId, target }: AddOptions,
): Promise<AddedItem> {
  const toError = (): Error => {
    const message = `${quantity} × ${itemId}: the shop has not answered tillside:add for ${ANSWER_MS / 1000} s. Settle the promise given to respondWith.`;
    return new TillsideError('cart-action-failed', message);
  };
  await settleWithin(capture.add(itemId, quantity, target), ANSWER_MS, toError);
  return { itemId, quantity, ...(listId !== undefined && { listId }) };
}
