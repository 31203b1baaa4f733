// Clocks that are set while a shopper is in the shop.
import type { Page } from '@playwright/test';
import { cartOf, codesTold, exported, slateOn, track } from './support/page-api.js';
import { askWorker, plant } from './support/planted.js';
import { expect, test } from './support/test.js';

declare global {
  /** How far the clock is off, ms, in the page and in its worker. */
  var clockErrorMs: number;
}

const HEART = '85123A';
const CAKESTAND = '22423';
const HOUR_MS = 3_600_000;
const TEN_YEARS_MS = 10 * 365 * 24 * HOUR_MS;

/** Runs before other scripts, in the page and in its worker. */
const misadjust = () => {
  const { now } = Date;
  globalThis.clockErrorMs = 0;
  Date.now = () => now.call(Date) + globalThis.clockErrorMs;
};

const setClock = async (page: Page, errorMs: number): Promise<void> => {
  await page.evaluate((ms) => void Object.assign(globalThis, { clockErrorMs: ms }), errorMs);
  await askWorker(page, 'setClock', errorMs);
};

for (const { what, errorMs } of [
  { what: 'set back an hour', errorMs: -HOUR_MS },
  { what: 'set ten years ahead', errorMs: TEN_YEARS_MS },
])
  test(`a clock that is ${what} in mid-visit and then right again changes neither the cart nor the order of the log`, async ({
    shop,
    page,
  }) => {
    await page.addInitScript(misadjust);
    await plant(shop, {
      before: misadjust,
      probes: { setClock: (ms: number) => void Object.assign(globalThis, { clockErrorMs: ms }) },
    });
    await shop.visit('cart.html');
    await slateOn(page);
    const steps = [
      { itemId: HEART, at: 0 },
      { itemId: CAKESTAND, at: errorMs },
      { itemId: '22720', at: 0 },
    ];
    for (const [i, { itemId, at }] of steps.entries()) {
      await setClock(page, at);
      await track(page, { type: 'add_to_cart', itemId });
      await expect.poll(async () => Object.keys(await cartOf(page)).length).toBe(i + 1);
      expect((await slateOn(page)).items).toHaveLength(4);
    }
    const { events } = await exported(page);
    const added = events.filter(({ type }) => type === 'add_to_cart').map(({ itemId }) => itemId);
    expect(added).toEqual(steps.map(({ itemId }) => itemId));
    await shop.visit('cart.html');
    await expect.poll(() => cartOf(page)).toEqual(Object.fromEntries(steps.map(({ itemId }) => [itemId, 1])));
    expect(await codesTold(page)).toEqual([]);
  });
