// What a database does to the worker that a browser does too: connections that go, transactions that fail late, databases of others.
import type { Page } from '@playwright/test';
import { addToCart, cartOf, codesTold, countOf, engineStatus, slateOn } from './support/page-api.js';
import { askWorker, plant } from './support/planted.js';
import { expect, type Shop, test } from './support/test.js';

declare global {
  /** In the worker: how many of the next transactions that write fail, and how. */
  var faults: { kind: 'lost' | 'aborted'; left: number; opens: number };
}

const HEART = '85123A';
const CAKESTAND = '22423';

/** A database that fails when the test says so. */
const breakable = (shop: Shop): Promise<void> =>
  plant(shop, {
    before: () => {
      self.faults = { kind: 'lost', left: 0, opens: 0 };
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (...args) {
        const isFaulty = args[1] === 'readwrite' && self.faults.left > 0;
        if (isFaulty) self.faults.left--;
        // What it throws then is the browser's own.
        if (isFaulty && self.faults.kind === 'lost') this.close();
        const tx = transaction.apply(this, args);
        // A request of it has succeeded when it ends.
        if (isFaulty) tx.objectStore('meta').get('log').onsuccess = () => tx.abort();
        return tx;
      };
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...args) {
        self.faults.opens++;
        return open.apply(this, args);
      };
    },
    probes: {
      fail: (wanted: Partial<typeof faults>) => {
        Object.assign(self.faults, wanted);
      },
      opens: () => self.faults.opens,
    },
  });

for (const { what, kind } of [
  { what: 'a connection that is lost', kind: 'lost' },
  { what: 'a transaction that aborts after its requests have succeeded', kind: 'aborted' },
] as const)
  test(`${what} costs nothing of what was done, and nobody is told`, async ({ shop, page }) => {
    await breakable(shop);
    await shop.visit('plain.html');
    await addToCart(page, HEART);
    await expect.poll(() => countOf(page, 'add_to_cart')).toBe(1);
    await askWorker(page, 'fail', { kind, left: 1 });
    await addToCart(page, CAKESTAND, 3);
    await expect.poll(() => countOf(page, 'add_to_cart')).toBe(4);
    expect(await engineStatus(page)).toMatchObject({ store: 'indexeddb', strategy: 'model', diagnostics: [] });
    await shop.visit('plain.html');
    await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 3 });
    expect(await codesTold(page)).toEqual([]);
  });

test('a connection that is lost each time is opened no more than 4 times a minute, and the cart goes on in memory', async ({
  shop,
  page,
}) => {
  await breakable(shop);
  await shop.visit('plain.html');
  await addToCart(page, HEART);
  await expect.poll(() => countOf(page, 'add_to_cart')).toBe(1);
  await askWorker(page, 'fail', { kind: 'lost', left: Infinity });
  await addToCart(page, CAKESTAND, 3);
  await expect.poll(async () => (await engineStatus(page)).store).toBe('memory');
  expect(await cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 3 });
  await expect.poll(() => codesTold(page)).toEqual(['store-lost']);
  await addToCart(page, CAKESTAND);
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [CAKESTAND]: 4 });
  expect(await slateOn(page)).toMatchObject({ strategy: 'model' });
  expect(await askWorker(page, 'opens')).toBeLessThanOrEqual(4);
});

test('an older tab that keeps its database costs the visit its storage within a second, not the cart', async ({
  shop,
  page,
  context,
}) => {
  const older = await visitEmpty(shop, await context.newPage());
  await openByHand(older, { version: 1, stores: ['events'] });
  await plant(shop, {
    before: () => {
      const { open } = IDBFactory.prototype;
      // This release, which has but one schema, as a later one.
      IDBFactory.prototype.open = function (name) {
        return open.call(this, name, 2);
      };
    },
    probes: {},
  });
  await shop.visit('plain.html');
  await addToCart(page, HEART);
  expect(await engineStatus(page)).toMatchObject({ store: 'memory', strategy: 'model', cart: [{ itemId: HEART }] });
  expect(await codesTold(page)).toEqual(['store-timeout']);
});

test('a database of a newer release is left as it is, and the visit goes on in memory', async ({ shop, page }) => {
  await visitEmpty(shop, page);
  await openByHand(page, { version: 7, stores: ['events', 'later'] });
  await shop.visit('plain.html');
  await addToCart(page, HEART);
  expect(await engineStatus(page)).toMatchObject({ store: 'memory', strategy: 'model', cart: [{ itemId: HEART }] });
  expect(await codesTold(page)).toEqual(['store-newer-schema']);
  expect(await databases(page)).toEqual([{ name: 'tillside', version: 7 }]);
});

test('a database without its object stores is made anew, once', async ({ shop, page }) => {
  await visitEmpty(shop, page);
  await openByHand(page, { version: 1, stores: ['events'] });
  await shop.visit('plain.html');
  await addToCart(page, HEART);
  await expect.poll(() => countOf(page, 'add_to_cart')).toBe(1);
  expect(await engineStatus(page)).toMatchObject({ store: 'indexeddb', strategy: 'model' });
  expect(await codesTold(page)).toEqual(['store-reset']);
  await shop.visit('plain.html');
  await expect.poll(() => countOf(page, 'add_to_cart')).toBe(1);
  expect(await codesTold(page)).toEqual([]);
});

/** Opens a page of the shop without tillside. */
async function visitEmpty(shop: Shop, page: Page): Promise<Page> {
  await shop.alter('/pages/hop.html', () => '<!doctype html><link rel="icon" href="data:,">');
  return shop.visit('hop.html', page);
}

/** Opens the database past tillside, and keeps it open until the page is left, whoever wants to change it. */
async function openByHand(page: Page, wanted: { version: number; stores: string[] }): Promise<void> {
  await page.evaluate(
    ({ version, stores }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('tillside', version);
        opening.onupgradeneeded = () => {
          for (const name of stores) opening.result.createObjectStore(name);
        };
        opening.onsuccess = () => resolve(void Reflect.set(window, 'kept', opening.result));
        opening.onerror = () => reject(opening.error);
      }),
    wanted,
  );
}

const databases = (page: Page) => page.evaluate(() => indexedDB.databases());
