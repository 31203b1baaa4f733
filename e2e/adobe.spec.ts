// A shop that speaks to the Adobe client data layer only, as Adobe Commerce does: one script tag and one element read it.
import type { Page } from '@playwright/test';
import { cartOf, countOf, expect, exported, press, suggestedIds, testShopIn } from './platforms/ga4/cart-shop-test.js';

const HEART = '85123A';
const CAKESTAND = '22423';
const test = testShopIn(new URL('platforms/adobe/site/', import.meta.url));

for (const order of ['cart-first', 'event-first']) {
  test(`a view and an add told ${order} count once, and so does the second add`, async ({ page, shop }) => {
    await page.goto(`${shop.url}/product.html?sku=${HEART}&order=${order}`);
    await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
    for (const times of [1, 2]) {
      await press(page, 'Add to basket');
      await expect.poll(() => cartOf(page)).toEqual({ [HEART]: times });
    }
    const { events } = await exported(page);
    const added = events.filter(({ type }) => type === 'add_to_cart').map(({ itemId, quantity = 1 }) => [itemId, quantity]);
    expect(added).toEqual([
      [HEART, 1],
      [HEART, 1],
    ]);
  });
}

test('the cart page suggests nothing that is in the cart (woocommerce#57362)', async ({ page, shop }) => {
  await fill(page, shop.url);
  await page.goto(`${shop.url}/cart.html`);
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 1 });
  const suggested = await suggestedIds(page);
  expect(suggested).not.toContain(HEART);
  expect(suggested).not.toContain(CAKESTAND);
});

test('an item that is removed is gone, and the other stays', async ({ page, shop }) => {
  await fill(page, shop.url);
  await page.goto(`${shop.url}/cart.html`);
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 1 });
  await press(page, `Remove ${HEART}`);
  await expect.poll(() => cartOf(page)).toEqual({ [CAKESTAND]: 1 });
});

test('an order is a purchase and empties the cart, and no word of the shopper is kept', async ({ page, shop }) => {
  await fill(page, shop.url);
  await page.goto(`${shop.url}/cart.html`);
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 1 });
  await press(page, 'Order');
  await expect.poll(() => countOf(page, 'purchase')).toBe(1);
  expect(await cartOf(page)).toEqual({});
  expect(await countOf(page, 'begin_checkout')).toBe(1);
  const kept = JSON.stringify(await exported(page));
  for (const secret of ['ada@example.com', 'Ada', 'logged-in', shop.orders[0]]) expect(kept).not.toContain(secret);
});

/** Two different items in the cart, by the shop's own pages. */
async function fill(page: Page, url: string): Promise<void> {
  for (const sku of [HEART, CAKESTAND]) {
    await page.goto(`${url}/product.html?sku=${sku}`);
    await press(page, 'Add to basket');
    await expect.poll(async () => (await cartOf(page))[sku]).toBe(1);
  }
}
