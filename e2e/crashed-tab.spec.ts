import type { Page } from '@playwright/test';
import { cartOf, countOf, engineStatus, exported, track } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
/** What was done longer ago is on the device, whatever ends the tab. */
const WRITTEN_WITHIN_MS = 250;

const add = async (page: Page): Promise<void> => {
  // By the page's clock: the browser may have been busy with something else when this process counts.
  await page.evaluate((ms) => {
    document.querySelector<HTMLButtonElement>('[data-tillside-add]')?.click();
    return new Promise((resolve) => setTimeout(resolve, ms));
  }, WRITTEN_WITHIN_MS);
};

async function crash(tab: Page): Promise<void> {
  const crashed = tab.waitForEvent('crash');
  tab.goto('chrome://crash').catch(() => {}); // never answers
  await crashed;
}

test('a tab that crashes 250 ms after an add has lost nothing', async ({ shop, context, page }) => {
  for (let i = 1; i <= 3; i++) {
    const tab = await shop.visit('cart.html', await context.newPage());
    await expect.poll(() => countOf(tab, 'add_to_cart', HEART)).toBe(i - 1); // the engine runs
    await add(tab);
    await crash(tab);
  }
  await shop.visit('cart.html', page);
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(3);
  expect(await exported(page)).toMatchObject({ meta: { unsent: [] } });
});

test('eight tabs that write at once have one exact log, and the others go on when one crashes', async ({ shop, context }) => {
  test.slow(); // eight pages that each start a worker
  const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
  for (const tab of tabs) await engineStatus(await shop.visit('plain.html', tab));
  const adds = Array.from({ length: 250 }, () => ({ type: 'add_to_cart', itemId: HEART }) as const);
  await Promise.all(tabs.map((tab) => track(tab, ...adds)));
  for (const tab of tabs) await expect.poll(() => cartOf(tab), { timeout: 20_000 }).toEqual({ [HEART]: 2_000 });
  const [first, ...others] = tabs as [Page, ...Page[]];
  const { events } = await exported(first);
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 2_000 }, (_, i) => i + 1));
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(2_000);

  await crash(first);
  for (const tab of others) await track(tab, { type: 'add_to_cart', itemId: HEART });
  for (const tab of others) await expect.poll(() => cartOf(tab)).toEqual({ [HEART]: 2_007 });
});
