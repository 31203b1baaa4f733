import type { Page } from '@playwright/test';
import type { Tillside } from '../src/page/tillside.js';
import { keptOnDevice, spyOnDevice } from './support/device.js';
import { codesTold, countOf, engineStatus, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';
const EMPTY = { rows: {}, keys: [], cookies: '' };
const WITHDRAWAL_MS = 1_000;

test('nothing is read, stored, started or requested before consent, and all of it is after', async ({ shop, page, context }) => {
  await context.addInitScript(spyOnDevice);
  await page.clock.install();
  await shop.visit('consent.html');
  await useThePage(page);
  await page.clock.runFor(60_000);

  expect(await page.evaluate(() => window.uses)).toEqual([]);
  expect(await keptOnDevice(page)).toEqual({ ...EMPTY, databases: [] });
  expect(page.workers()).toEqual([]);
  expect(pathsOf(shop)).toEqual(['/pages/consent.html', '/dist/auto.js']);
  await expect(page.locator('tillside-suggestions')).toBeHidden();

  await page.evaluate(() => window.tillside?.consent('granted'));
  expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model', cart: [] });
  expect(await page.evaluate(() => window.uses)).toContain('Worker');
  expect((await keptOnDevice(page)).databases).toEqual(['tillside']);
  expect(pathsOf(shop)).toEqual(
    expect.arrayContaining(['/dist/worker.js', '/models/gift-shop/manifest.json', '/dist/runtime.js']),
  );
  // What was done before the answer stays unknown.
  expect(await countOf(page, 'add_to_cart')).toBe(0);
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
});

test('a refusal erases what an earlier visit may have left, and nothing else', async ({ shop, page, context }) => {
  await context.addInitScript(spyOnDevice);
  await page.clock.install();
  await shop.visit('consent.html');
  await page.evaluate(() => window.tillside?.consent('denied'));
  await useThePage(page);
  await page.clock.runFor(60_000);
  const uses = new Set(await page.evaluate(() => window.uses));
  for (const harmless of ['BroadcastChannel', 'localStorage']) uses.delete(harmless); // tells the other tabs, and empties
  expect([...uses]).toEqual([]);
  expect(await keptOnDevice(page)).toEqual({ ...EMPTY, databases: [] });
  expect(pathsOf(shop)).toEqual(['/pages/consent.html', '/dist/auto.js']);
});

for (const answer of ['forget', 'denied'] as const) {
  test(`${answer} in one of three tabs empties all of them within a second`, async ({ shop, page, context }) => {
    const tabs = [page, await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await shop.visit('cart.html', tab);
      await track(tab, { type: 'view_item', itemId: HEART }, { type: 'add_to_cart', itemId: HEART });
    }
    for (const tab of tabs) await expect.poll(() => countOf(tab, 'add_to_cart')).toBe(3);
    // A tab that was closed left its tail behind.
    await page.evaluate(() => localStorage.setItem('tillside.tail.left-behind', '[]'));
    expect(Object.keys((await keptOnDevice(page)).rows)).toEqual(expect.arrayContaining(['tillside.events', 'tillside.bundles']));

    // What a widget shows from then on is counted anew, on a busy machine before these tabs are stopped.
    for (const tab of tabs) await tab.evaluate(() => document.querySelector('tillside-suggestions')?.remove());

    await page.evaluate((to) => {
      if (to === 'forget') void window.tillside?.forget();
      else window.tillside?.consent(to);
    }, answer);

    const state = async () => [await keptOnDevice(page), ...(await Promise.all(tabs.map(remembered)))];
    await expect
      .poll(state, { timeout: WITHDRAWAL_MS, intervals: [100] })
      .toEqual([{ ...EMPTY, databases: answer === 'denied' ? [] : ['tillside'] }, 0, 0, 0]);
    // Nothing is written later either, not even by what was under way.
    for (const tab of tabs) await tab.evaluate(() => window.tillside?.stop());
    expect((await keptOnDevice(page)).rows).toEqual({});
    for (const tab of tabs) expect(await codesTold(tab)).toEqual([]);
  });
}

test('exportData returns everything as readable JSON', async ({ shop, page }) => {
  await shop.visit('cart.html');
  await track(
    page,
    { type: 'view_item', itemId: HEART },
    { type: 'dwell', itemId: HEART, dwellMs: 4_000 },
    { type: 'add_to_cart', itemId: HEART, quantity: 2, price: 2.95 },
    { type: 'purchase' },
  );
  await expect.poll(() => countOf(page, 'purchase')).toBe(1);
  const [text, data] = await page.evaluate(async () => {
    const all = await (window.tillside as Tillside).exportData();
    return [JSON.stringify(all), all] as const;
  });
  expect(JSON.parse(text)).toEqual(data);
  expect(new Date(data.exportedAt).toISOString()).toBe(data.exportedAt);
  expect(data.events.map(({ type }: { type: string }) => type)).toEqual(['view_item', 'dwell', 'add_to_cart', 'purchase']);
  expect(data.events.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3, 4]);
  expect(data.purchases).toEqual([{ itemId: HEART, day: Math.floor(Date.now() / 86_400_000) }]);
  expect(data.session).toMatchObject({ cart: [], items: [{ itemId: HEART, views: 1, adds: 1, dwellMs: 4_000 }] });
});

/** Everything a shopper can do on a page. */
async function useThePage(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.mouse.wheel(0, 1_000);
  await page.evaluate(() => {
    history.pushState({}, '', '?variant=2');
    window.tillside?.track({ type: 'add_to_cart', itemId: '85123A' });
    window.tillside?.cart([{ itemId: '85123A', quantity: 1 }]);
    window.tillside?.page({ itemId: '85123A' });
  });
  const refusal = await page.evaluate(() => window.tillside?.recommend().catch((error) => error.code));
  expect(refusal).toBe('consent-required');
}

function pathsOf(shop: Shop): string[] {
  return shop.requested.map((url) => new URL(url).pathname);
}

/** How much a tab still knows: events, cart lines, items. One without consent says nothing. */
async function remembered(tab: Page): Promise<number> {
  return tab.evaluate(async () => {
    const data = await window.tillside?.exportData().catch(() => undefined);
    if (!data) return 0;
    const { cart, items } = data.session as { cart: unknown[]; items: unknown[] };
    return data.events.length + data.purchases.length + cart.length + items.length;
  });
}
