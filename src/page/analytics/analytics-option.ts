import type { ItemFacts } from '../../core/domain/item.js';

/** One suggestion, as analytics count it. */
export interface ListedItem extends ItemFacts {
  /** the placement, which is the list */
  readonly listId: string;
  /** 1-based */
  readonly position: number;
  /** units added; absent where nothing was */
  readonly quantity?: number;
}

/** The shop's own counting of the suggestions; what a handler throws is reported. */
export interface AnalyticsHandlers {
  /** suggestions came into view, each once a page and list */
  readonly onView?: (items: readonly ListedItem[]) => void;
  /** the shopper followed a suggestion's link */
  readonly onSelect?: (item: ListedItem) => void;
  /** a suggestion was put into the cart */
  readonly onAdd?: (item: ListedItem) => void;
}

/** `ga4`: `view_item_list`, `select_item` and `add_to_cart` for the page's own Google tag */
export type AnalyticsOption = 'ga4' | AnalyticsHandlers;
