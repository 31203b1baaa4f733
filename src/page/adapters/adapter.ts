import type { CartLine } from '../../core/domain/cart.js';
import type { ItemFacts } from '../../core/domain/item.js';

/** One change of the cart, as it happens. */
export interface CartMutation {
  readonly type: 'add_to_cart' | 'remove_from_cart' | 'update_cart';
  readonly itemId: string;
  /** as in `InteractionEvent` */
  readonly quantity?: number;
  /** unit price in major units */
  readonly price?: number;
}

/** Where a source reports; no method throws. */
export interface CartSink {
  mutation(mutation: CartMutation): void;
  /** the whole cart as the page shows it now; may repeat, the sink tells what is new */
  snapshot(lines: readonly CartLine[]): void;
  facts(items: readonly ItemFacts[]): void;
  /** ids the page speaks of, for the id check */
  itemIds(itemIds: readonly string[]): void;
}

/** What tillside may ask of a shop's cart. */
export interface CartActions {
  /**
   * Resolves when the shop has added the item.
   *
   * @param from the element the shopper pressed, if there is one
   * @throws {TillsideError} `cart-action-failed`
   */
  add(itemId: string, quantity: number, from?: EventTarget): Promise<void>;
}

/** One way a shop speaks of its cart and products. */
export interface CartSource {
  readonly name: string;
  readonly actions?: CartActions;
  /** Reports to the sink until the returned stop is called. */
  start(sink: CartSink): () => void;
}
