import type { ItemFacts } from '../../core/domain/item.js';
import { settleWithin } from '../../core/engine/settle-within.js';
import { TillsideError } from '../../core/errors.js';
import type { CartSource } from '../adapters/adapter.js';
import type { AddOrder, CartMutation } from '../adapters/platform-source.js';
import type { AddedItem, AddOptions } from '../tillside.js';
import type { CaptureContext } from './capture-context.js';
import type { KnownCart } from './known-cart.js';
import { isSoldOut } from '../is-sold-out.js';

/** A shop that has not answered by then never will. */
const ANSWER_MS = 15_000;
/** A shop's data layer may tell of a change only after the shop has answered for it. */
const LATE_MS = 5_000;

export interface CartTargets {
  readonly source: CartSource;
  readonly cart: KnownCart;
  track(event: unknown): void;
  /** told of what the shop refused because it has none left */
  onSoldOut(item: ItemFacts): void;
  readonly now: CaptureContext['now'];
}

/** What is asked of the shop. */
export type CartChange = AddOptions & Pick<AddOrder, 'item'> & { readonly action: 'add' | 'remove'; readonly itemId: string };

export interface CartChanger {
  /**
   * Has the shop put an item into its cart, or take it out, and counts that once: the shop's own button, script or cart tells of it
   * before it has answered, or its data layer soon after. A shopper's own second add of the same item within these 5 s is taken for that
   * late word, as nothing in it says otherwise; the next cart that is told, or read, has both.
   *
   * @throws {TillsideError} `cart-action-failed` if the shop refused, failed or did not answer
   */
  change(change: CartChange): Promise<AddedItem>;
  /** Tracks what a source told, unless it was counted as a change that was asked for. */
  mutation(mutation: CartMutation): void;
}

/** Creates what changes the cart, between the sources and the events. */
export function createCartChanger({ source, cart, track, onSoldOut, now }: CartTargets): CartChanger {
  /** what was asked for and no source has told of yet: until when that is counted already; 0: it is not */
  const untold = new Map<string, number>();
  return {
    mutation(mutation) {
      const key = mutation.type + mutation.itemId;
      const isCounted = (untold.get(key) ?? 0) > now();
      untold.delete(key);
      if (!isCounted) track(mutation);
    },
    async change({ action, itemId, quantity = 1, listId, position, target, item }) {
      const isAdd = action === 'add';
      const type = isAdd ? 'add_to_cart' : 'remove_from_cart';
      const changed = { itemId, quantity, ...(listId && { listId }) };
      const key = type + itemId;
      const held = cart.quantityOf(itemId);
      untold.set(key, 0);
      try {
        const answer = source.change(action, { itemId, quantity, item }, target);
        const canRemove = await settleWithin(answer, ANSWER_MS, () => new Error(`no answer for ${ANSWER_MS / 1000} s`));
        const left = cart.quantityOf(itemId);
        // What the cart held is not known before the engine has said.
        if (untold.has(key) && !(isAdd ? left >= held + quantity : left <= held - quantity || left === 0)) {
          untold.set(key, now() + LATE_MS);
          track({ type, ...changed, position });
        }
        return { ...changed, canRemove };
      } catch (error) {
        const refusal = error as { message?: unknown } | undefined;
        const why = refusal?.message ?? error;
        if (isAdd && isSoldOut(refusal)) onSoldOut({ ...item, itemId, availability: 'out_of_stock' });
        const message = `The shop did not ${action} ${quantity} × ${itemId}: ${why}.`;
        throw new TillsideError('cart-action-failed', message, error);
      }
    },
  };
}
