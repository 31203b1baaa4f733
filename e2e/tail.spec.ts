import type { Page } from '@playwright/test';
import { countOf, exported } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
const HOPS = 30;

/** Capture begins with loop.js, which a page waits for as for any import; before it nothing is seen. */
const captureBegins = (page: Page) => page.evaluate(() => import('/dist/loop.js' as string).then(() => {}));

test(`${HOPS} navigations right after a dwell lose no event`, async ({ shop, page }) => {
  test.slow(); // 31 pages that each start a worker
  await shop.visit(`hop.html?left=${HOPS}&item=${HEART}`);
  await page.waitForURL(/left=0/);
  await expect.poll(() => countOf(page, 'dwell'), { timeout: 20_000 }).toBe(HOPS);
  expect(await countOf(page, 'view_item')).toBe(HOPS + 1);
  const { events, meta } = await exported(page);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  expect(meta).toMatchObject({ unsent: [] });
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test('a page that is closed right after an add loses nothing', async ({ shop, context, page }) => {
  for (let i = 0; i < 5; i++) {
    const tab = await shop.visit('cart.html', await context.newPage());
    await captureBegins(tab);
    await tab.evaluate(() => document.querySelector<HTMLButtonElement>('[data-tillside-add]')?.click());
    await tab.close();
  }
  await shop.visit('cart.html', page);
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(5);
});

test('a page that is left right after an add, before its engine has started, loses nothing', async ({ shop, page }) => {
  for (let i = 0; i < 5; i++) {
    await shop.visit('cart.html');
    await captureBegins(page);
    await page.evaluate(() => {
      document.querySelector<HTMLButtonElement>('[data-tillside-add]')?.click();
      location.href = 'checkout.html';
    });
    await page.waitForURL(/checkout/);
  }
  await shop.visit('cart.html');
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(5);
});
