import type { Page } from '@playwright/test';
import type { Tillside } from '../src/page/tillside.js';
import { cartOf, countOf, engineStatus, track } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
const ADDS = 20;

/** Rises when an append is durable; an export would force the append itself. */
const acknowledged = (page: Page) => page.evaluate(async () => (await (window.tillside as Tillside).status()).engine?.seq ?? 0);

test('a browser that is killed keeps all that was acknowledged', async ({
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
  expect(await engineStatus(first.page)).toMatchObject({ store: 'indexeddb' });
  const session = await first.context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  const closed = first.context.waitForEvent('close');
  await expect.poll(() => acknowledged(first.page)).toBeGreaterThanOrEqual(1); // the view of the page is in
  const before = await acknowledged(first.page);
  await track(first.page, ...Array.from({ length: ADDS }, () => ({ type: 'add_to_cart', itemId: HEART }) as const));
  await expect.poll(() => acknowledged(first.page), { intervals: [10] }).toBeGreaterThanOrEqual(before + ADDS);
  process.kill(processInfo.find(({ type }) => type === 'browser')?.id as number, 'SIGKILL');
  await closed;
  await expect.poll(() => processInfo.filter(({ id }) => isAlive(id))).toEqual([]); // the profile is nobody's

  const { context, page } = await launch();
  await shop.visit('cart.html', page);
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(ADDS);
  expect(await cartOf(page)).toEqual({ [HEART]: ADDS });
  await context.close();
});

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
