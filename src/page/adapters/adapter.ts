import type { CartLine } from '../../core/domain/cart.js';
import type { CaptureContext } from '../capture/capture-context.js';

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
  /** ids the page speaks of, for the id check */
  itemIds(itemIds: readonly string[]): void;
}

/** How a shop speaks of its cart, and what it is asked for. */
export interface CartSource {
  /** Reports to the sink until the returned stop is called. */
  start(sink: CartSink): () => void;
  /**
   * Resolves when the shop has added the item; rejects with what kept it from that.
   *
   * @param from the element the shopper pressed; default: the document
   */
  add(itemId: string, quantity: number, from?: EventTarget): Promise<void>;
}

export type CreateCartSource = (context: CaptureContext) => CartSource;
