import type { Page } from '@playwright/test';
import { cartOf, countOf, engineStatus, exported, slateOn, type Tracked, track } from './support/page-api.js';
import { seededBelow } from './support/random.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
const CAKESTAND = '22423';
const ITEMS = [HEART, CAKESTAND, '22086', '47566', '84879'];
const ACTIONS = 40;

test('a reload keeps the session and the cart', async ({ shop }) => {
  const page = await shop.visit('heart.html');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1); // capture runs
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1 });
  const before = await exported(page);

  await page.reload();

  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(2);
  const after = await exported(page);
  expect(await cartOf(page)).toEqual({ [HEART]: 1 });
  expect(after.events.slice(0, before.events.length)).toEqual(before.events);
  expect(after.session).toMatchObject({ session: 1, startedAt: before.session.startedAt, cart: before.session.cart });
  expect(after.session.items).toMatchObject([{ itemId: HEART, views: 2, adds: 1 }]);
  expect(await slateOn(page)).toMatchObject({ strategy: 'model' });
});

test('a restart of the browser keeps the session and the cart', async ({
  shop,
  playwright,
  browserName,
  channel,
  launchOptions,
}, info) => {
  test.slow(); // two more launches of a browser
  const profile = info.outputPath('profile');
  const launch = async () => {
    const browser = await playwright[browserName].launchPersistentContext(profile, {
      ...launchOptions,
      ...(channel && { channel }),
    });
    await shop.watch(browser);
    await shop.configure({}, browser);
    return { browser, page: await browser.newPage() };
  };
  const first = await launch();
  await shop.visit('heart.html', first.page);
  await expect.poll(() => countOf(first.page, 'view_item', HEART)).toBe(1); // capture runs
  await first.page.getByRole('button', { name: 'Add to cart' }).click();
  await expect.poll(() => cartOf(first.page)).toEqual({ [HEART]: 1 });
  const before = await exported(first.page);
  await first.browser.close();

  const { browser, page } = await launch();
  await shop.visit('cart.html', page);
  expect(await cartOf(page)).toEqual({ [HEART]: 1 });
  const after = await exported(page);
  expect(after.events.slice(0, before.events.length)).toEqual(before.events);
  expect(after.session).toMatchObject({ session: 1, startedAt: before.session.startedAt });
  expect(await slateOn(page)).toMatchObject({ strategy: 'model' });
  expect((await engineStatus(page)).diagnostics).toEqual([]);
  await browser.close();
});

test('three tabs agree on the cart and its place in the log', async ({ shop, context, page }) => {
  const tabs = [page, await context.newPage(), await context.newPage()];
  for (const tab of tabs) await shop.visit('plain.html', tab);
  await Promise.all(tabs.map((tab, i) => track(tab, { type: 'add_to_cart', itemId: ITEMS[i] as string, quantity: i + 1 })));
  const cart = Object.fromEntries(tabs.map((_, i) => [ITEMS[i], i + 1]));
  for (const tab of tabs) {
    await expect.poll(() => cartOf(tab)).toEqual(cart);
    await expect.poll(async () => (await engineStatus(tab)).seq).toBe(3);
  }
});

for (const seed of [1, 2, 3]) {
  test(`two tabs interleaved at random equal one, seed ${seed}`, async ({ shop, context, page, browser }) => {
    // One moment for all: what a replay cannot repeat is the time.
    const now = Date.now();
    await shop.alter('/dist/worker.js', (bytes) => `Date.now = () => ${now};\n${bytes}`);
    const two = [page, await context.newPage()] as const;
    for (const tab of two) {
      await tab.clock.setFixedTime(now);
      await shop.visit('plain.html', tab);
    }
    const below = seededBelow(seed);
    for (let i = 0; i < ACTIONS; i++) {
      const acted = track(two[below(2)] as Page, drawAction(below));
      // Now and then the next action waits for this one to be durable.
      if (below(4) === 0) await acted;
    }
    for (const tab of two) await expect.poll(async () => (await exported(tab)).events.length).toBe(ACTIONS);

    const [a, b] = [await exported(two[0]), await exported(two[1])];
    expect(b.events).toEqual(a.events);
    expect(b.session).toEqual(a.session);
    expect(a.events.map(({ seq }) => seq)).toEqual(Array.from({ length: ACTIONS }, (_, i) => i + 1));

    const fresh = await browser.newContext();
    await shop.watch(fresh);
    await shop.configure({}, fresh);
    const one = await fresh.newPage();
    await one.clock.setFixedTime(now);
    await shop.visit('plain.html', one);
    await track(one, ...a.events.map(({ eventId: _id, occurredAt: _at, seq: _seq, ...event }) => event));
    await expect.poll(async () => (await exported(one)).events.length).toBe(ACTIONS);
    expect((await exported(one)).session).toEqual(a.session);
    expect((await slateOn(one)).items).toEqual((await slateOn(two[1])).items);
    await fresh.close();
  });
}

function drawAction(below: (limit: number) => number): Tracked {
  const itemId = ITEMS[below(ITEMS.length)] as string;
  const actions: readonly Tracked[] = [
    { type: 'view_item', itemId },
    { type: 'dwell', itemId, dwellMs: 1_000 * (1 + below(40)) },
    { type: 'scroll', itemId, scrollDepthRatio: below(101) / 100 },
    { type: 'add_to_cart', itemId, quantity: 1 + below(3), price: 2.5 },
    { type: 'remove_from_cart', itemId, quantity: 1 },
    { type: 'update_cart', itemId, quantity: below(4) },
    { type: 'dismiss', itemId, listId: 'cart', position: 1 },
  ];
  return actions[below(actions.length)] as Tracked;
}
