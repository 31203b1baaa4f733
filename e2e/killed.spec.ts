import type { Page } from '@playwright/test';
import { cartOf, countOf, exported } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
/** What was done longer ago is on the device, whatever ends the tab or the browser. */
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

test('a browser that is killed 250 ms after an add has lost nothing', async ({
  shop,
  playwright,
  browserName,
  channel,
  launchOptions,
}, info) => {
  test.slow(); // two more launches of a browser
  const launch = async () => {
    const options = { ...launchOptions, ...(channel && { channel }) };
    const context = await playwright[browserName].launchPersistentContext(info.outputPath('profile'), options);
    await shop.watch(context);
    await shop.configure({}, context);
    return { context, page: await context.newPage() };
  };
  const first = await launch();
  await shop.visit('heart.html', first.page);
  await expect.poll(() => countOf(first.page, 'view_item', HEART)).toBe(1); // capture runs
  const session = await first.context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  const closed = first.context.waitForEvent('close');
  await add(first.page);
  process.kill(processInfo.find(({ type }) => type === 'browser')?.id as number, 'SIGKILL');
  await closed;

  const { context, page } = await launch();
  await shop.visit('cart.html', page);
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(1);
  expect(await cartOf(page)).toEqual({ [HEART]: 1 });
  await context.close();
});
