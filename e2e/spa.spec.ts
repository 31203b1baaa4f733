import type { Page } from '@playwright/test';
import { cartOf, countOf, engineStatus, exported, featuresOf, slateOn, track } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
const CAKESTAND = '22423';

test('pushState and Back start and end the item pages of a single-page shop', async ({ shop }) => {
  const page = await shop.visit('spa.html');
  await openRoute(page, 'Heart');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  await openRoute(page, 'Cakestand');
  await expect.poll(() => countOf(page, 'view_item', CAKESTAND)).toBe(1);
  await openRoute(page, 'About');
  await expect.poll(() => countOf(page, 'dwell', CAKESTAND)).toBe(1);
  await page.evaluate(() => history.back());
  await expect.poll(() => countOf(page, 'view_item', CAKESTAND)).toBe(2);

  const { events } = await exported(page);
  const visits = events.filter(({ type }) => /^(view_item|dwell)$/.test(type)).map(({ type, itemId }) => [type, itemId]);
  expect(visits).toEqual([
    ['view_item', HEART],
    ['dwell', HEART],
    ['view_item', CAKESTAND],
    ['dwell', CAKESTAND],
    ['view_item', CAKESTAND],
  ]);
});

test('scroll depth is of the route that was scrolled', async ({ shop }) => {
  const page = await shop.visit('spa.html');
  await openRoute(page, 'Heart');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  await page.evaluate(async () => {
    const scrolled = new Promise((done) => addEventListener('scroll', done, { once: true }));
    scrollTo(0, document.documentElement.scrollHeight);
    await scrolled;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  await openRoute(page, 'Cakestand');
  await expect.poll(() => countOf(page, 'view_item', CAKESTAND)).toBe(1);
  await openRoute(page, 'About');
  await expect.poll(async () => (await featuresOf(page, HEART))?.scrollDepthRatio).toBeGreaterThan(0.99);
  await expect.poll(async () => (await featuresOf(page, CAKESTAND))?.scrollDepthRatio).toBeGreaterThan(0);
  expect((await featuresOf(page, CAKESTAND))?.scrollDepthRatio).toBeLessThan(0.5);
});

test('capture and suggestions resume when history brings the page back', async ({ shop, page, browserName }) => {
  await page.addInitScript(() => {
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) document.documentElement.dataset['restored'] = '';
    });
  });
  await shop.visit('heart.html');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  await page.getByRole('link', { name: 'Cart' }).click();
  await expect.poll(() => countOf(page, 'dwell', HEART)).toBe(1);
  await track(page, { type: 'add_to_cart', itemId: CAKESTAND });
  await expect.poll(() => cartOf(page)).toEqual({ [CAKESTAND]: 1 });

  await page.evaluate(() => history.back());
  // Not waitForURL: a page from the cache loads nothing.
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(2);
  expect(await cartOf(page)).toEqual({ [CAKESTAND]: 1 });
  expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model', diagnostics: [] });
  expect(await slateOn(page)).toMatchObject({ strategy: 'model' });
  const isRestored = await page.evaluate(() => 'restored' in document.documentElement.dataset);
  console.log(browserName, isRestored);

  await page.getByRole('link', { name: 'Cart' }).click();
  await expect.poll(() => countOf(page, 'dwell', HEART)).toBe(2);
});

async function openRoute(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).click();
}
