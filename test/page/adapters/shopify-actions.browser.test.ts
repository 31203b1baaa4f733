import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopifySource } from '../../../src/page/adapters/shopify.js';
import { aDelay, aliasesOf, type FakeShop, HEART, idOf, openShop, SOLD_OUT, startSource } from './shopify-shop.js';

let shop: FakeShop;
let page: ReturnType<typeof startSource>;

const gidOf = (item: typeof HEART) => `gid://shopify/ProductVariant/${item.id}`;
/** As the platform has it: fields on the event, which bubbles from the most specific element. */
function announce(type: string, fields: object, target: EventTarget = document.body): void {
  target.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), fields));
}

/** What events and actions call a cart: lines by ids of their own. */
const cartSummary = () => {
  const cost = { totalAmount: { amount: '0.00', currencyCode: 'GBP' } };
  const lines = shop.items.map(({ id, quantity }) => ({ id: `gid://shopify/CartLine/${id}-f0?cart=c1`, quantity, cost }));
  return { id: 'gid://shopify/Cart/c1', totalQuantity: lines.length, cost, lines: { nodes: lines }, discountCodes: [] };
};

const put = (item: typeof HEART, quantity = 1) => shop.items.push({ id: item.id, quantity, properties: {} });
const post = (path: string, content: object) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) });

/** Puts `Shopify.actions` on the page; the handler is the theme's, or Shopify's default. */
function putActions(handler: (lines: { merchandiseId?: string; id?: string; quantity: number }[]) => Promise<object>): void {
  const updateCart = async ({ lines }: { lines: { merchandiseId?: string; id?: string; quantity: number }[] }) => {
    const promise = handler(lines);
    const action = lines[0]?.merchandiseId ? 'add' : 'update';
    announce('shopify:cart:lines-update', { action, context: 'standard-action', lines, promise }, document);
    return promise;
  };
  Object.assign((window as unknown as { Shopify: object }).Shopify, { actions: { updateCart } });
}

beforeEach(async () => {
  shop = openShop();
  page = startSource(createShopifySource);
  await vi.waitFor(() => expect(page.snapshots()).toHaveLength(1));
});
afterEach(() => {
  page.stop();
  expect(page.errors).toEqual([]);
  shop.close();
});

describe('standard events of products', () => {
  const view = (context: string, selectedVariant: object | null = null) => ({
    context,
    selectedOptions: [],
    product: { id: `gid://shopify/Product/${HEART.product_id}`, title: 'Heart', handle: HEART.handle, selectedVariant },
  });
  const variant = {
    id: gidOf(HEART),
    title: 'Default Title',
    availableForSale: true,
    price: { amount: '2.95', currencyCode: 'GBP' },
  };

  it('of a page say what the page is about, with the ids that the event leaves out', async () => {
    announce('shopify:product:view', view('page', variant));
    await vi.waitFor(() => expect(page.pages()).toEqual([{ itemId: idOf(HEART), aliases: aliasesOf(HEART) }]));
  });

  it('of a quick view are a view of the item', async () => {
    announce('shopify:product:view', view('dialog'));
    await vi.waitFor(() =>
      expect(page.events()).toEqual([{ type: 'view_item', itemId: idOf(HEART), aliases: aliasesOf(HEART) }]),
    );
    expect(page.pages()).toEqual([]);
  });

  it('of a card only describe it', async () => {
    announce('shopify:product:view', view('collection', variant));
    announce('shopify:product:view', view('search'));
    const facts = { title: 'Heart', url: '/products/hanging-heart' };
    expect(page.facts()).toContainEqual({ ...facts, itemId: idOf(HEART), price: 2.95, currency: 'GBP', variantOf: '7000085123' });
    expect(page.facts()).toContainEqual({ ...facts, itemId: '7000085123' });
    expect([page.pages(), page.events()]).toEqual([[], []]);
  });

  it('of another pick follow the shopper to that variant', async () => {
    page.stop();
    const variants = [1, 2].map((n) => ({ id: HEART.id + n, price: 295, name: 'Heart', public_title: null, sku: `H${n}` }));
    Object.assign(window, {
      ShopifyAnalytics: { meta: { product: { id: HEART.product_id, variants }, page: { pageType: 'product' } } },
    });
    page = startSource(createShopifySource);
    const promise = Promise.resolve({ variant: { ...variant, id: `gid://shopify/ProductVariant/${HEART.id + 2}` } });
    announce('shopify:product:select', { product: {}, selectedOptions: [], promise });
    await vi.waitFor(() => expect(page.pages()).toHaveLength(2));
    announce('shopify:product:view', view('page', { ...variant, id: `gid://shopify/ProductVariant/${HEART.id + 2}` }));
    expect(page.pages().map(({ aliases }) => aliases?.[0])).toEqual(['H1', 'H2']);
    expect(shop.requests.filter((line) => line.includes('products'))).toEqual([]);
  });
});

describe('an add from the widget', () => {
  const order = (item: typeof HEART) => ({
    itemId: item.sku,
    quantity: 1,
    item: { itemId: item.sku, url: `/products/${item.handle}` },
  });

  it('goes through the theme’s own action, and leaves the counting to who asked', async () => {
    putActions(async ([line]) => {
      // As a configured theme may do it: over its own door.
      await post('/cart/add.js', { id: Number(line?.merchandiseId?.split('/').pop()), quantity: line?.quantity });
      return { cart: cartSummary() };
    });
    await page.source.add?.(order(HEART));
    expect(shop.items).toEqual([expect.objectContaining({ id: HEART.id, quantity: 1 })]);
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
  });

  it('is done when its event says so, though the default handler reloads the page and never answers', async () => {
    const { promise } = aDelay<object>();
    Object.assign((window as unknown as { Shopify: object }).Shopify, {
      actions: {
        updateCart({ lines }: { lines: object[] }) {
          put(HEART);
          announce('shopify:cart:lines-update', {
            ...{ action: 'add', context: 'standard-action', lines },
            promise: Promise.resolve({ cart: cartSummary() }),
          });
          return promise;
        },
      },
    });
    await page.source.add?.(order(HEART));
    expect(shop.items).toHaveLength(1);
  });

  it.each<[string, () => Promise<object>, string]>([
    ['declines', async () => ({ cart: null, userErrors: [{ message: 'Sold out.' }, { message: 'Sorry.' }] }), 'Sold out. Sorry.'],
    [
      'has none left',
      async () => ({ cart: null, warnings: [{ code: 'MERCHANDISE_OUT_OF_STOCK', message: 'None left.' }] }),
      'None left.',
    ],
    ['fails', () => Promise.reject(new Error('Cart action failed')), 'Cart action failed'],
    ['refuses without a word', async () => ({ userErrors: [{}] }), 'the shop refused'],
  ])('that the shop %s rejects in its words (woocommerce#42530)', async (_how, handler, words) => {
    putActions(handler);
    await expect(page.source.add?.(order(SOLD_OUT))).rejects.toThrow(words);
    expect(page.mutations()).toEqual([]);
  });

  it("tells by the shop's own code that there is no stock", async () => {
    putActions(async () => ({ cart: null, warnings: [{ code: 'MERCHANDISE_OUT_OF_STOCK', message: 'None left.' }] }));
    await expect(page.source.add?.(order(SOLD_OUT))).rejects.toMatchObject({ code: 'MERCHANDISE_OUT_OF_STOCK' });
  });

  it('says so where the page has no actions', async () => {
    await expect(page.source.add?.(order(HEART))).rejects.toThrow('the page has no Shopify.actions');
  });

  it('is taken back by its cart line', async () => {
    put(HEART, 3);
    const asked: unknown[] = [];
    putActions(async (lines) => {
      asked.push(...lines);
      return { cart: cartSummary() };
    });
    await page.source.remove?.(order(HEART));
    expect(asked).toEqual([{ id: `${HEART.id}:0123abcd`, quantity: 2 }]);
  });
});
