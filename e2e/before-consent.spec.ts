import type { Page } from '@playwright/test';
import { keptOnDevice, spyOnDevice } from './support/device.js';
import { cartOf, codesTold, countOf, engineStatus, exported, featuresOf } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';
const CAKESTAND = '22423';
const LOOK_MS = 3_000;
const NOTHING = { databases: [], rows: {}, keys: [], cookies: '' };

test.beforeEach(({ context }) => context.addInitScript(spyOnDevice));

test('held in memory until the answer: nothing is stored, started or requested but loop.js; granted, none of it is lost', async ({
  shop,
  page,
}) => {
  await shop.visit('memory.html');
  await lookAndAdd(shop, page);
  await expectNothingButMemory(shop, page);
  await expect(page.locator('tillside-suggestions')).toBeHidden();

  await page.evaluate(() => window.tillside?.consent('granted'));
  expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model' });
  const cards = page.locator('tillside-suggestions li');
  await expect(cards).toHaveCount(4);
  await expect(page.locator(`tillside-suggestions li[data-item-id="${HEART}"]`)).toHaveCount(0);
  await expect(cards.first().locator('[part=reason]')).toContainText('Often bought with');
  expect(await cartOf(page)).toEqual({ [HEART]: 1 });

  const { events } = await exported(page);
  const told = events.map(({ type, itemId }) => [type, itemId]).filter(([type]) => /view_item|add_to_cart|dwell/.test(`${type}`));
  expect(told).toEqual([
    ['view_item', HEART],
    ['add_to_cart', HEART],
    ['dwell', HEART],
    ['view_item', CAKESTAND],
  ]);
  expect((await featuresOf(page, HEART))?.dwellMs).toBeGreaterThanOrEqual(LOOK_MS);
  // The page that was open at the answer is one visit.
  await page.evaluate(() => window.tillside?.page({}));
  await expect.poll(() => countOf(page, 'dwell', CAKESTAND)).toBe(1);
  expect(await countOf(page, 'view_item', CAKESTAND)).toBe(1);
  expect(await codesTold(page)).not.toContain('event-dropped');
});

test('denied, it is dropped: nothing is stored, and a later grant finds nothing of it', async ({ shop, page }) => {
  await shop.visit('memory.html');
  await lookAndAdd(shop, page);
  await page.evaluate(() => window.tillside?.consent('denied'));
  await expect.poll(() => keptOnDevice(page)).toEqual(NOTHING);
  expect(page.workers()).toEqual([]);
  expect(pathsOf(shop)).toEqual(['/pages/memory.html', '/dist/auto.js', '/dist/loop.js']);

  await page.evaluate(() => window.tillside?.page({ itemId: '85123A' }));
  await expect.poll(() => page.evaluate(() => window.tillside?.consentState)).toBe('denied');
  await page.evaluate(async () => {
    window.tillside?.consent('granted');
    // The erasure of the denial comes first.
    while (!(await window.tillside?.status())?.engine) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const { events } = await exported(page);
  expect(events.filter(({ type }) => /add_to_cart|dwell/.test(type))).toEqual([]);
});

test('a page that ends before the answer takes it along', async ({ shop, page }) => {
  await shop.visit('memory.html');
  await lookAndAdd(shop, page);
  await expectNothingButMemory(shop, page);
  await shop.visit('consent.html');
  expect(await keptOnDevice(page)).toEqual(NOTHING);
  await page.evaluate(() => window.tillside?.consent('granted'));
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1); // this page's
  expect(await countOf(page, 'add_to_cart')).toBe(0);
});

/** Three seconds at one item, an add, and on to another. */
async function lookAndAdd(shop: Shop, page: Page): Promise<void> {
  await expect.poll(() => pathsOf(shop)).toContain('/dist/loop.js');
  await page.waitForLoadState('networkidle');
  const seenAt = await page.evaluate(() => performance.now());
  await page.waitForFunction((until) => performance.now() >= until, seenAt + LOOK_MS);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.locator('[data-tillside-item]')).toHaveCount(1);
  await page.evaluate((itemId) => window.tillside?.page({ itemId }), CAKESTAND);
}

async function expectNothingButMemory(shop: Shop, page: Page): Promise<void> {
  expect(await page.evaluate(() => window.uses)).toEqual([]);
  expect(await keptOnDevice(page)).toEqual(NOTHING);
  expect(page.workers()).toEqual([]);
  expect(pathsOf(shop)).toEqual(['/pages/memory.html', '/dist/auto.js', '/dist/loop.js']);
  expect(await page.evaluate(() => window.tillside?.exportData().catch(({ code }) => code))).toBe('consent-required');
}

function pathsOf(shop: Shop): string[] {
  return shop.requested.map((url) => new URL(url).pathname);
}
