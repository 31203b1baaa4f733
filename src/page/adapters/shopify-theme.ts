// In: a Shopify page without standard events and actions. Out: its cart; adds by the doors its theme uses, which the theme then shows. Page thread.
import type { CaptureContext } from '../capture/capture-context.js';
import { toJson } from '../to-json.js';
import type { CreatePlatformSource } from './platform-source.js';
import { shopRoot } from './shopify-cart.js';
import { type ShopifyPage, watchShopifyPage } from './shopify-page.js';
import { renderCartSections } from './shopify-sections.js';
import { findLineLeft, findVariantId } from './shopify-variant.js';
import { textAt, valueAt } from './value-at.js';

/** Follows the theme's own cart requests, whichever way it makes them. */
export const createShopifyThemeSource: CreatePlatformSource = (context) => {
  /** the bodies of our own requests under way: whoever asked for those counts them */
  const own = new Set<unknown>();
  let page: ShopifyPage | undefined;

  const send = async (path: string, content: object): Promise<unknown> => {
    const body = toJson(content);
    own.add(body);
    try {
      return await post(context, path, body);
    } finally {
      own.delete(body);
      page?.cart.look();
    }
  };
  return {
    start(sink) {
      page = watchShopifyPage(context, sink, ({ body }) => own.has(body));
      return page.stop;
    },
    async add(order) {
      const id = Number(await findVariantId(context, order));
      await send('cart/add.js', { items: [{ id, quantity: order.quantity }] });
      renderCartSections(context, false);
    },
    async remove(order) {
      const line = await findLineLeft(context, order);
      if (line) renderCartSections(context, valueAt(await send('cart/change.js', line), 'item_count') === 0);
    },
  };
};

/** @throws {Error} in the shop's own words when it refuses */
async function post({ window }: CaptureContext, path: string, body: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await window.fetch(shopRoot(window) + path, { method: 'POST', headers, body });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer) return answer;
  throw new Error(textAt(answer, 'description') ?? textAt(answer, 'message') ?? `the shop answered ${response.status}`);
}
