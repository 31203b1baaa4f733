// What only Chromium's DevTools protocol does to a page, or measures on it.
import type { CDPSession, Page } from '@playwright/test';
import { addToCart, cartOf, codesTold, countOf, engineStatus } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';
const CAKESTAND = '22423';

const devtoolsOf = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page);
const usageOf = async (devtools: CDPSession, { url }: Shop): Promise<number> =>
  (await devtools.send('Storage.getUsageAndQuota', { origin: url })).usage;

test('site data that is cleared under an open page costs what was cleared, and nothing after it', async ({ shop, page }) => {
  await shop.visit('plain.html');
  await addToCart(page, HEART, 3);
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(3);
  await (await devtoolsOf(page)).send('Storage.clearDataForOrigin', { origin: shop.url, storageTypes: 'indexeddb' });
  await addToCart(page, CAKESTAND, 2);
  await expect.poll(() => countOf(page, 'add_to_cart', CAKESTAND)).toBe(2);
  expect(await engineStatus(page)).toMatchObject({ store: 'indexeddb', strategy: 'model', diagnostics: [] });
  await shop.visit('plain.html');
  await expect.poll(() => countOf(page, 'add_to_cart')).toBe(2);
  expect(await codesTold(page)).toEqual([]);
});

test('a quota without room for the bundle, and then for events: the cart goes on, and the status tells of each', async ({
  shop,
  page,
}) => {
  const devtools = await devtoolsOf(page);
  // Chromium believes for a while what it last knew of the quota: it is set before the first page.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: shop.url, quotaSize: 100_000 });
  await shop.visit('plain.html');
  expect(await engineStatus(page)).toMatchObject({ store: 'indexeddb', strategy: 'model' });
  await expect.poll(async () => (await engineStatus(page)).diagnostics.map(({ code }) => code)).toEqual(['store-quota']);
  const batches: string[] = [];
  while (!batches.includes('memory') && batches.length < 30) {
    await addToCart(page, HEART, 50);
    await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 50 * (batches.length + 1) });
    batches.push((await engineStatus(page)).store);
  }
  expect([batches[0], batches.at(-1)]).toEqual(['indexeddb', 'memory']);
  const { diagnostics, cart, strategy } = await engineStatus(page);
  expect([diagnostics.map(({ code }) => code), strategy]).toEqual([['store-quota'], 'model']);
  expect(diagnostics[0]?.message).toContain('memory');
  expect(cart).toHaveLength(1);
  expect(await usageOf(devtools, shop)).toBeLessThanOrEqual(100_000);
});

test('a thousand widgets that come and go leave no node and no listener', async ({ shop, page }) => {
  const devtools = await devtoolsOf(page);
  await devtools.send('Performance.enable');
  await shop.visit('widget.html');
  await expect(page.getByRole('listitem').first().getByRole('button')).toHaveCount(3);
  const measure = async () => {
    // Twice: finalizers of the first collection free what the second finds.
    for (let i = 0; i < 2; i++) await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value as number;
    return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') };
  };
  await comeAndGo(page, 100);
  const before = await measure();
  await comeAndGo(page, 900);
  await expect(async () => {
    const after = await measure();
    expect(after.nodes).toBeLessThanOrEqual(before.nodes);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    expect(after.heap).toBeLessThan(before.heap + 1_000_000);
  }).toPass({ timeout: 10_000 });
});

/** Fifty at a time, each until it has shown its slate. */
async function comeAndGo(page: Page, times: number): Promise<void> {
  await page.evaluate(async (count) => {
    for (let left = count; left > 0; left -= 50) {
      const widgets = Array.from({ length: 50 }, () => document.createElement('tillside-suggestions'));
      const shown = widgets.map((widget) => new Promise((resolve) => widget.addEventListener('load', resolve, { once: true })));
      document.body.append(...widgets);
      await Promise.all(shown);
      for (const widget of widgets) widget.remove();
    }
  }, times);
}
