import type { CartLine } from './cart.js';

/** GA4's names where GA4 has one, so a shop's vocabulary is the SDK's. */
export const EVENT_TYPES = [
  'view_item',
  'view_item_list',
  'select_item',
  'add_to_cart',
  'remove_from_cart',
  'update_cart',
  'view_cart',
  'begin_checkout',
  'purchase',
  'add_to_wishlist',
  'search',
  'apply_coupon',
  'dwell',
  'scroll',
  'impression',
  'dismiss',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** One thing a shopper did. Made on the page, ordered by the store, folded into features by the engine. */
export interface InteractionEvent {
  /** UUID made on the page; the store keeps an id once */
  readonly eventId: string;
  readonly type: EventType;
  readonly itemId?: string;
  /** epoch ms; never used for order, which is `seq` */
  readonly occurredAt: number;
  /** `add_to_cart`: units added (1); `remove_from_cart`: units removed (all); `update_cart`: the line's new quantity (0 removes it) */
  readonly quantity?: number;
  /** unit price in major units */
  readonly price?: number;
  /** ISO 4217 */
  readonly currency?: string;
  /** `dwell` (or on a `view_item` of a log): visible, focused and not idle, ms */
  readonly dwellMs?: number;
  /** `scroll` (or on a `view_item` of a log): furthest viewport bottom / document height, 0–1 */
  readonly scrollDepthRatio?: number;
  readonly listId?: string;
  /** 1-based place in the list, for `impression`, `select_item` and `dismiss` */
  readonly position?: number;
  /** `view_cart`: the whole cart as the page shows it; `purchase`: what was bought (without it and `itemId`: the whole cart) */
  readonly items?: readonly CartLine[];
  /** `search`: hashed tokens, never the text */
  readonly tokens?: readonly string[];
  readonly sessionId?: string;
}

/** An event as a page reports it: capture gives it its id and time. */
export type Trackable = Omit<InteractionEvent, 'eventId' | 'occurredAt' | 'sessionId'>;

/** An event with its place in the log, given inside the append transaction: 1, 2, 3 … */
export interface StoredEvent extends InteractionEvent {
  readonly seq: number;
}
