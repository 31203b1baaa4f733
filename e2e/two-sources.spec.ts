// A page whose add button is marked up for tillside and tells the data layer too: two sources, one cart.
import { cartOf, countOf, expect, press, suggestedIds, testShopIn } from './platforms/ga4/cart-shop-test.js';

const HEART = '85123A';
const CAKESTAND = '22423';
const test = testShopIn(new URL('platforms/ga4/site/', import.meta.url));

test('an add that the markup and the data layer tell of counts once, each time', async ({ page, shop }) => {
  await page.goto(`${shop.url}/two-sources.html`);
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  for (const times of [1, 2, 3]) {
    await press(page, 'Add to basket');
    await expect.poll(() => cartOf(page)).toEqual({ [HEART]: times });
  }
  // What only the layer tells comes after all that was told before it.
  await press(page, 'Add a cakestand');
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 3, [CAKESTAND]: 1 });
  expect(await countOf(page, 'add_to_cart', HEART)).toBe(3);
  expect(await countOf(page, 'add_to_cart', CAKESTAND)).toBe(1);
  expect(shop.cart()).toEqual({ [HEART]: 3, [CAKESTAND]: 1 });
  expect(await suggestedIds(page)).not.toContain(HEART);
});

test('adds that follow each other at once count each', async ({ page, shop }) => {
  await page.goto(`${shop.url}/two-sources.html`);
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  const button = page.getByRole('button', { name: 'Add to basket' });
  await button.evaluate((element: HTMLButtonElement) => {
    for (let times = 0; times < 5; times++) element.click();
  });
  await expect.poll(() => shop.cart()).toEqual({ [HEART]: 5 });
  await press(page, 'Add a cakestand');
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 5, [CAKESTAND]: 1 });
  expect(await countOf(page, 'add_to_cart', HEART)).toBe(5);
});
