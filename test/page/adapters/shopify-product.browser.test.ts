import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopifyThemeSource } from '../../../src/page/adapters/shopify-theme.js';
import { type FakeShop, HEART, idOf, openShop, startSource } from './shopify-shop.js';

let shop: FakeShop;
let page: ReturnType<typeof startSource>;

/** Starts, and waits for the cart as it is at first. */
async function start(): Promise<void> {
  page = startSource(createShopifyThemeSource);
  await vi.waitFor(() => expect(page.snapshots()).toHaveLength(1));
}

beforeEach(() => {
  shop = openShop();
});
afterEach(() => {
  page.stop();
  expect(page.errors).toEqual([]);
  shop.close();
});

describe('a product page', () => {
  const meta = (fields: object = {}) => ({
    product: {
      ...{ id: HEART.product_id, gid: 'gid://shopify/Product/7000085123', vendor: 'Tiny Gifts', type: 'Candles' },
      variants: [
        { id: HEART.id, price: 295, name: 'Hanging Heart - White', public_title: 'White', sku: '85123A' },
        { id: HEART.id + 1, price: 315, name: 'Hanging Heart - Red', public_title: 'Red', sku: '85123R' },
      ],
    },
    page: { pageType: 'product', resourceType: 'product', resourceId: HEART.product_id },
    ...fields,
  });
  const white = { itemId: idOf(HEART), aliases: ['85123A', '7000085123'] };
  const red = { itemId: String(HEART.id + 1), aliases: ['85123R', '7000085123'] };

  it.each([
    ['ShopifyAnalytics.meta', () => Object.assign(window, { ShopifyAnalytics: { meta: meta() } })],
    ['meta', () => Object.assign(window, { meta: meta() })],
  ])('is known by %s: the variant and what is said of it', async (_where, put) => {
    put();
    await start();
    expect(page.pages()).toEqual([white]);
    const facts = { title: 'Hanging Heart', price: 3.15, currency: 'GBP', brand: 'Tiny Gifts', category: 'Candles' };
    expect(page.facts()).toContainEqual({ ...facts, itemId: '85123R', variantOf: '7000085123' });
  });

  it('is about the variant of its address, then about the one that is picked', async () => {
    Object.assign(window, { ShopifyAnalytics: { meta: meta({ selectedVariantId: idOf(HEART) }) } });
    const home = location.href;
    history.replaceState(null, '', `?variant=${HEART.id + 1}`);
    await start();
    expect(page.pages()).toEqual([red]);
    document.body.innerHTML = `<form action="/cart/add" method="post"><input type="hidden" name="id" value="${HEART.id}"></form>`;
    document.querySelector('input')?.dispatchEvent(new Event('change', { bubbles: true }));
    expect(page.pages()).toEqual([red, white]);
    history.replaceState(null, '', home);
  });

  it('says more in the theme’s script', async () => {
    Object.assign(window, { meta: meta() });
    const variants = [{ id: HEART.id, sku: '85123A', price: 295, available: false, barcode: '5012345678900' }];
    const product = {
      id: HEART.product_id,
      title: 'Hanging Heart',
      handle: 'hanging-heart',
      featured_image: '//cdn.example/a.jpg',
      variants,
    };
    document.body.innerHTML =
      '<script type="application/json" data-product-json>{</script><script type="application/json" data-product-json></script>';
    document.querySelector('script:last-child[data-product-json]')?.append(JSON.stringify(product));
    await start();
    expect(page.pages()).toEqual([{ itemId: idOf(HEART), aliases: ['85123A', '5012345678900', '7000085123', 'hanging-heart'] }]);
    const facts = { itemId: '5012345678900', availability: 'out_of_stock', url: '/products/hanging-heart' };
    expect(page.facts()).toContainEqual(expect.objectContaining({ ...facts, imageUrl: '//cdn.example/a.jpg' }));
  });

  it('is none where the page is another', async () => {
    Object.assign(window, { meta: meta({ page: { pageType: 'collection' } }) });
    await start();
    expect(page.pages()).toEqual([]);
    expect(page.facts()).toEqual([]);
  });
});

describe('the old thank-you page', () => {
  const checkout = {
    ...{ order_id: 5001, currency: 'GBP' },
    line_items: [
      { variant_id: HEART.id, product_id: HEART.product_id, sku: '85123A', quantity: 2, price: '2.95' },
      { quantity: 1 },
      null,
    ],
  };
  const home = location.href;
  afterEach(() => history.replaceState(null, '', home));

  it('is a purchase of its items, in major units', async () => {
    history.replaceState(null, '', '/1/checkouts/abc/thank_you');
    Object.assign((window as unknown as { Shopify: object }).Shopify, { checkout });
    await start();
    const item = { itemId: idOf(HEART), quantity: 2, price: 2.95, currency: 'GBP', aliases: ['85123A', '7000085123'] };
    expect(page.events()).toEqual([{ type: 'purchase', items: [item] }]);
  });

  it('is none when the order is looked at again', async () => {
    history.replaceState(null, '', '/1/orders/abc');
    Object.assign((window as unknown as { Shopify: object }).Shopify, { checkout });
    await start();
    expect(page.events()).toEqual([]);
  });
});
