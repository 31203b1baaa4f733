// What every source gives and is given: the markup's to the page, a platform's to `merge-sources.ts`, which makes one cart of all.
import type { CartLine } from '../../core/domain/cart.js';
import type { ItemFacts } from '../../core/domain/item.js';
import type { CaptureContext } from '../capture/capture-context.js';
import type { Trackable } from '../../core/domain/event.js';

/** One change of the cart, as it happens. */
export interface CartMutation {
  readonly type: 'add_to_cart' | 'remove_from_cart' | 'update_cart';
  readonly itemId: string;
  /** as in `InteractionEvent` */
  readonly quantity?: number;
  /** unit price in major units */
  readonly price?: number;
}

/** The other ids of the same item (variant, product, SKU, GTIN, handle): the bundle may know it by any of them. */
export interface Aliased {
  readonly aliases?: readonly string[];
}

/** Where a platform's source reports, in the order in which things happen; no method throws. */
export interface PlatformSink {
  /** One change of the cart that the platform has confirmed (or will by a snapshot). */
  mutation(mutation: CartMutation & Aliased): void;
  /** The whole cart as the platform has it now; may repeat. */
  snapshot(lines: readonly (CartLine & Aliased)[]): void;
  /** Product facts the platform states on this page; the same facts stand under every id of the item. */
  products(facts: readonly ItemFacts[], itemIds: readonly string[]): void;
  /** The page is about this item: its `view_item`, dwell and scroll are captured from here on. */
  page(item: { readonly itemId: string } & Aliased): void;
  /** Anything else that happened, in GA4's words: `purchase`, `begin_checkout`, `view_item_list`, `select_item`, `add_to_wishlist`… */
  event(event: Trackable & Aliased): void;
}

/** What a shop is asked to do with its cart. */
export type CartAction = 'add' | 'remove';

/** A suggestion to be added through the platform's own way. */
export interface AddOrder {
  /** the bundle's id */
  readonly itemId: string;
  readonly quantity: number;
  /** what the slate says of the item (its `url` leads to the platform's product) */
  readonly item?: ItemFacts | undefined;
}

/** One way in which a platform tells of its cart, and does what is asked of it. */
export interface PlatformSource {
  /** Reports until the returned stop is called, which undoes everything it did to the page. */
  start(sink: PlatformSink): () => void;
  /** Adds so that the shop's drawer and page show it too; rejects with the platform's own words. Absent: it only reports. */
  readonly add?: (order: AddOrder) => Promise<void>;
  /** Takes back what was just added. */
  readonly remove?: (order: AddOrder) => Promise<void>;
}

export type CreatePlatformSource = (context: CaptureContext) => PlatformSource;
