import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { keptOnDevice, spyOnDevice } from './support/device.js';
import { codesTold, countOf, engineStatus, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';
const NOTHING = { rows: {}, keys: [], cookies: '', databases: [] };
const WITHDRAWAL_MS = 1_000;
const PLATFORMS = ['tcf', 'onetrust', 'cookiebot', 'shopify', 'gcm'] as const;

for (const platform of PLATFORMS) {
  for (const order of ['before', 'after'] as const) {
    test(`${platform}, loaded ${order} tillside: nothing happens until the shopper accepts, and everything then`, async ({
      shop,
      page,
      context,
    }) => {
      await context.addInitScript(spyOnDevice);
      await page.clock.install();
      await openShop({ shop, page, platforms: [platform], order });
      await useThePage(page);
      await page.clock.runFor(60_000);
      expect(await page.evaluate(() => window.uses)).toEqual([]);
      expect(await keptOnDevice(page)).toEqual(NOTHING);
      expect(page.workers()).toEqual([]);
      expect(requestsOf(shop)).toEqual(['/dist/auto.js']);
      expect(await consentOf(page)).toBe('pending');

      await answer(page, 'Accept cookies');
      expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model' });
      expect((await keptOnDevice(page)).databases).toEqual(['tillside']);
      await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
      expect(await codesTold(page)).toEqual([]);
    });
  }

  test(`${platform}: a refusal starts nothing`, async ({ shop, page }) => {
    await openShop({ shop, page, platforms: [platform] });
    await answer(page, 'Decline cookies');
    await useThePage(page);
    expect(await consentOf(page)).toBe('denied');
    expect(await keptOnDevice(page)).toEqual(NOTHING);
    expect(page.workers()).toEqual([]);
    expect(requestsOf(shop)).toEqual(['/dist/auto.js']);
  });

  test(`${platform}: a withdrawal in one of three tabs empties all of them within a second`, async ({ shop, page, context }) => {
    const tabs = await threeTabs(shop, page, context, platform);
    for (const tab of tabs) {
      await answer(tab, 'Accept cookies');
      await track(tab, { type: 'view_item', itemId: HEART }, { type: 'add_to_cart', itemId: HEART });
    }
    for (const tab of tabs) await expect.poll(() => countOf(tab, 'add_to_cart')).toBe(3);
    await page.evaluate(() => localStorage.setItem('tillside.tail.left-behind', '[]'));

    // Timed in the pages: on a busy machine each of the test's own questions takes a good part of the second.
    const empty = tabs.map(timesOfWithdrawal);
    for (const tab of tabs) await consentOf(tab); // they watch by now
    await answer(page, 'Withdraw consent');
    const times = await Promise.all(empty);
    expect(Math.max(...times.map((time) => time.emptyAt)) - (times[0]?.deniedAt ?? 0)).toBeLessThanOrEqual(WITHDRAWAL_MS);
    const left = async () => [await keptOnDevice(page), await cachesOf(page), ...(await Promise.all(tabs.map(consentOf)))];
    expect(await left()).toEqual([NOTHING, [], 'denied', 'denied', 'denied']);
    for (const tab of tabs) await tab.evaluate(() => window.tillside?.stop());
    expect(await keptOnDevice(page)).toEqual(NOTHING);
    for (const tab of tabs) expect(await codesTold(tab)).toEqual([]);
  });
}

test('of two platforms both have to grant, and one withdraws for both', async ({ shop, page }) => {
  await openShop({ shop, page, platforms: ['tcf', 'cookiebot'] });
  await answer(page, 'Accept cookies', 0);
  expect(await consentOf(page)).toBe('pending');
  expect(await keptOnDevice(page)).toEqual(NOTHING);
  await answer(page, 'Accept cookies', 1);
  expect(await consentOf(page)).toBe('granted');
  await engineStatus(page);
  await answer(page, 'Withdraw consent', 0);
  expect(await consentOf(page)).toBe('denied');
  await expect.poll(() => keptOnDevice(page), { timeout: WITHDRAWAL_MS, intervals: [100] }).toEqual(NOTHING);
  await answer(page, 'Accept cookies', 0);
  expect(await engineStatus(page)).toMatchObject({ strategy: 'model' });
  expect(await countOf(page, 'add_to_cart')).toBe(0);
});

test('without a platform the shop itself is waited for', async ({ shop, page }) => {
  await openShop({ shop, page, platforms: [] });
  expect(await consentOf(page)).toBe('pending');
  await page.evaluate(() => window.tillside?.consent('granted'));
  expect(await engineStatus(page)).toMatchObject({ strategy: 'model' });
});

interface ShopPage {
  readonly shop: Shop;
  readonly page: Page;
  readonly platforms: readonly (typeof PLATFORMS)[number][];
  /** where the platforms' scripts are, seen from tillside's */
  readonly order?: 'before' | 'after';
}

/** Opens a product page with the platforms' scripts, from data: URLs, which the log of requests leaves out. */
async function openShop({ shop, page, platforms, order = 'before' }: ShopPage): Promise<void> {
  const sources = await Promise.all(['banner', ...platforms].map((name) => readFile(`e2e/platforms/consent/${name}.js`, 'utf8')));
  const scripts = sources.map((source) => `<script src="data:text/javascript,${encodeURIComponent(source)}"></script>`).join('');
  const ours = '<script src="/dist/auto.js" data-consent="auto" data-cart="markup"></script>';
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>A product, and a consent platform</title>
    ${order === 'before' ? scripts + ours : ours + scripts}
    <main data-tillside-product="${HEART}" style="height: 4000px">
      <h1>White hanging heart</h1>
      <button type="button" data-tillside-add="${HEART}" data-tillside-price="2.95">Add to cart</button>
      <div data-tillside-cart></div>
    </main></html>`;
  shop.intercept('/pages/consent-sources.html', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  });
  await shop.visit('consent-sources.html', page);
}

async function threeTabs(shop: Shop, page: Page, context: BrowserContext, platform: (typeof PLATFORMS)[number]): Promise<Page[]> {
  const tabs = [page, await context.newPage(), await context.newPage()];
  for (const tab of tabs) await openShop({ shop, page: tab, platforms: [platform] });
  return tabs;
}

/** Presses a button of a platform's banner; with two banners, of the last or the first loaded. */
async function answer(page: Page, name: string, index = 0): Promise<void> {
  await page.getByRole('button', { name }).nth(index).click();
}

/** When a page's consent is withdrawn, and when nothing of ours is left on its device; epoch ms. */
async function timesOfWithdrawal(page: Page): Promise<{ deniedAt: number; emptyAt: number }> {
  return page.evaluate(async () => {
    const deniedAt = await new Promise<number>((resolve) => {
      window.tillside?.on('consent', (state) => state === 'denied' && resolve(Date.now()));
    });
    while (localStorage.length || (await indexedDB.databases()).length)
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    return { deniedAt, emptyAt: Date.now() };
  });
}

async function consentOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => window.tillside?.consentState);
}

async function cachesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => caches.keys());
}

async function useThePage(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.mouse.wheel(0, 1_000);
  await page.evaluate((itemId) => {
    window.tillside?.track({ type: 'add_to_cart', itemId });
    window.tillside?.cart([{ itemId, quantity: 1 }]);
  }, HEART);
}

/** What was asked for beside the page, once each. */
function requestsOf(shop: Shop): string[] {
  const paths = shop.requested.map((url) => new URL(url).pathname);
  return [...new Set(paths)].filter((path) => !path.startsWith('/pages/'));
}
