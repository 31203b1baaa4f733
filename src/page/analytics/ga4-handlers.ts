import type { AnalyticsHandlers, ListedItem } from './analytics-option.js';

/** What marks an event as ours, so that the reader of the data layer leaves it out: `page/adapters/ga4-messages.ts`. */
const OWN_MARK = 'tillside';

type Page = Readonly<Record<string, unknown>>;

/** Creates handlers that tell the page's own Google tag: by `gtag()` where there is one, else by the data layer. */
export function createGa4Handlers(page: Page): Required<AnalyticsHandlers> {
  const tell = (event: string, items: readonly ListedItem[]): void => {
    const [first] = items;
    if (!first) return;
    const currency = items.find((item) => item.currency)?.currency;
    const isAdd = event === 'add_to_cart';
    const payload = {
      item_list_id: listIdOf(first),
      item_list_name: `tillside: ${first.listId}`,
      ...(isAdd && first.price !== undefined && currency && { currency, value: first.price * (first.quantity ?? 1) }),
      items: items.map((item) => toGa4Item(item)),
      [OWN_MARK]: true,
    };
    const { gtag, dataLayer } = page;
    if (typeof gtag === 'function') gtag('event', event, payload);
    else if (Array.isArray(dataLayer)) {
      // Google Tag Manager keeps the last `ecommerce` otherwise.
      dataLayer.push({ ecommerce: null, [OWN_MARK]: true });
      dataLayer.push({ event, ecommerce: payload });
    }
  };
  return {
    onView: (items) => tell('view_item_list', items),
    onSelect: (item) => tell('select_item', [item]),
    onAdd: (item) => tell('add_to_cart', [item]),
  };
}

function listIdOf({ listId }: ListedItem): string {
  return `tillside_${listId}`;
}

function toGa4Item(item: ListedItem) {
  const { itemId, title, price, currency, brand, category, position, quantity = 1 } = item;
  const [first, ...others] = category?.split(' > ') ?? [];
  return {
    item_id: itemId,
    item_name: title ?? itemId,
    ...(price !== undefined && { price }),
    ...(currency && { currency }),
    ...(brand && { item_brand: brand }),
    ...(first && { item_category: first }),
    ...Object.fromEntries(others.slice(0, 4).map((level, i) => [`item_category${i + 2}`, level])),
    item_list_id: listIdOf(item),
    item_list_name: `tillside: ${item.listId}`,
    // GA4 counts places from 0.
    index: position - 1,
    quantity,
  };
}
