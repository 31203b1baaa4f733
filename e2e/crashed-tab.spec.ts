import type { Page } from '@playwright/test';
import { countOf, exported } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
/** What was done longer ago is on the device, whatever ends the tab. */
const WRITTEN_WITHIN_MS = 250;

const add = async (page: Page): Promise<void> => {
  await page.evaluate(() => document.querySelector<HTMLButtonElement>('[data-tillside-add]')?.click());
  await new Promise((resolve) => setTimeout(resolve, WRITTEN_WITHIN_MS));
};

test('a tab that crashes 250 ms after an add has lost nothing', async ({ shop, context, page }) => {
  for (let i = 1; i <= 3; i++) {
    const tab = await shop.visit('cart.html', await context.newPage());
    await expect.poll(() => countOf(tab, 'add_to_cart', HEART)).toBe(i - 1); // the engine runs
    const crashed = tab.waitForEvent('crash');
    await add(tab);
    tab.goto('chrome://crash').catch(() => {}); // never answers
    await crashed;
  }
  await shop.visit('cart.html', page);
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(3);
  expect(await exported(page)).toMatchObject({ meta: { unsent: [] } });
});
