// A shop that speaks to Google's data layer only: one script tag and one element read it in each of its wire forms.
import type { Page } from '@playwright/test';
import { cartOf, countOf, expect, exported, press, suggestedIds, testShopIn } from './platforms/ga4/cart-shop-test.js';

const HEART = '85123A';
const CAKESTAND = '22423';
const test = testShopIn(new URL('platforms/ga4/site/', import.meta.url));

const handledByGtm = (page: Page) =>
  page.waitForFunction(() =>
    (window as { gtmHandled?: { event?: string }[] }).gtmHandled?.some(({ event }) => event === 'gtm.load'),
  );

for (const form of ['ecommerce', 'gtag', 'legacy', 'all']) {
  test(`a view and an add told in the ${form} form count once, and so does the second add`, async ({ page, shop }) => {
    await page.goto(`${shop.url}/product.html?sku=${HEART}&form=${form}`);
    await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
    await press(page, 'Add to basket');
    await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(1);
    await handledByGtm(page);
    await press(page, 'Add to basket');
    await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(2);
    expect(await cartOf(page)).toEqual({ [HEART]: 2 });
    expect(await countOf(page, 'view_item')).toBe(1);
  });
}

test('a layer of another name is found by Tag Manager’s own script tag', async ({ page, shop }) => {
  await page.goto(`${shop.url}/renamed.html?sku=${HEART}`);
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  await press(page, 'Add to basket');
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1 });
});

test('the cart page suggests nothing that is in the cart (woocommerce#57362)', async ({ page, shop }) => {
  await fill(page, shop.url);
  await page.goto(`${shop.url}/cart.html`);
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 1 });
  const suggested = await suggestedIds(page);
  expect(suggested).not.toContain(HEART);
  expect(suggested).not.toContain(CAKESTAND);
});

test('a suggestion is added by the shop’s own script, counts once and leaves the slate', async ({ page, shop }) => {
  await fill(page, shop.url);
  await page.goto(`${shop.url}/cart.html`);
  const [first = ''] = await suggestedIds(page);
  await page.locator('tillside-suggestions [part="add"]').first().click();
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 1, [first]: 1 });
  expect(shop.cart()).toEqual({ [HEART]: 1, [CAKESTAND]: 1, [first]: 1 });
  expect(await countOf(page, 'add_to_cart', first)).toBe(1);
  await expect.poll(() => suggestedIds(page)).not.toContain(first);
});

test('an item that is removed is gone, and the other stays', async ({ page, shop }) => {
  await fill(page, shop.url);
  await page.goto(`${shop.url}/cart.html`);
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 1 });
  await press(page, `Remove ${HEART}`);
  await expect.poll(() => cartOf(page)).toEqual({ [CAKESTAND]: 1 });
  expect(await countOf(page, 'remove_from_cart')).toBe(1);
});

test('one item removed is one item gone where the shop lists the whole cart (GA4-Shopify-DataLayer#1)', async ({
  page,
  shop,
}) => {
  await fill(page, shop.url);
  await page.goto(`${shop.url}/cart.html?lists=cart`);
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 1 });
  await press(page, `Remove ${HEART}`);
  await expect.poll(() => cartOf(page)).toEqual({ [CAKESTAND]: 1 });
  const { events } = await exported(page);
  const removed = events.filter(({ type }) => type === 'remove_from_cart').map(({ itemId }) => itemId);
  expect(removed).not.toContain(CAKESTAND);
});

test('an order counts once, though its page is loaded twice, and no word of the shopper is kept', async ({ page, shop }) => {
  await fill(page, shop.url);
  await page.goto(`${shop.url}/cart.html`);
  await press(page, 'Order');
  await page.waitForURL(/thanks/);
  await expect.poll(() => countOf(page, 'purchase')).toBe(1);
  expect(await cartOf(page)).toEqual({});
  expect(shop.orders).toEqual(['T1000']);
  await page.reload();
  await page.evaluate((sku) => {
    const { dataLayer } = window as unknown as { dataLayer: object[] };
    dataLayer.push({ event: 'add_to_wishlist', ecommerce: { items: [{ item_id: sku }] } });
  }, HEART);
  await expect.poll(() => countOf(page, 'add_to_wishlist', HEART)).toBe(1);
  expect(await countOf(page, 'purchase')).toBe(1);
  const kept = JSON.stringify(await exported(page));
  for (const secret of ['ada@example.com', 'u-1815', 'T1000']) expect(kept).not.toContain(secret);
});

/** Two different items in the cart, by the shop's own pages. */
async function fill(page: Page, url: string): Promise<void> {
  for (const sku of [HEART, CAKESTAND]) {
    await page.goto(`${url}/product.html?sku=${sku}`);
    await press(page, 'Add to basket');
    await expect.poll(() => countOf(page, 'add_to_cart', sku)).toBe(1);
  }
}
