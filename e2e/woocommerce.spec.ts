// A WooCommerce shop with one script tag and one element: its own ids, events, cart and words, on its own server.
import { expect, type Page, test as base } from '@playwright/test';
import type { Diagnostic } from '../src/core/errors.js';
import { openWooCommerce, type WooCommerce } from './platforms/woocommerce/server.mjs';
import * as pageApi from './support/page-api.js';
import { startServer } from './support/server.mjs';

interface Shop extends WooCommerce {
  readonly url: string;
}

const PROBLEMS = 'securitypolicyviolation error unhandledrejection';

const test = base.extend<{ shop: Shop; permalinks: 'pretty' | 'plain' }>({
  permalinks: ['pretty', { option: true }],
  shop: async ({ context, permalinks }, use) => {
    const server = await startServer(0);
    const shop = openWooCommerce({ permalinks });
    server.intercept('/shop', shop.answer);
    server.mount('/tillside', 'dist');
    const problems: string[] = [];
    await context.exposeBinding('onProblem', (_source, problem: string) => void problems.push(problem));
    await context.addInitScript(followProblems, PROBLEMS);
    await use(Object.assign(shop, { url: `${server.url}/shop` }));
    await context.close();
    await server.close();
    expect(problems, 'nothing is thrown, rejected or against the shop’s policy').toEqual([]);
  },
});

/** Runs in a page before its own scripts. */
function followProblems(types: string): void {
  const { onProblem } = window as unknown as { onProblem(problem: string): void };
  const told: Diagnostic[] = [];
  Object.assign(window, { tillsideConfig: { onError: (problem: Diagnostic) => told.push(problem) }, told });
  for (const type of types.split(' '))
    addEventListener(type, (event) => {
      const { message, reason, blockedURI } = event as ErrorEvent & PromiseRejectionEvent & SecurityPolicyViolationEvent;
      onProblem(`${type}: ${message ?? reason ?? blockedURI}`);
    });
}

/** Asks tillside once it is there: its script is `async`, and a page may be on its way. */
async function asked<T>(page: Page, ask: (page: Page) => Promise<T>): Promise<T> {
  await page.waitForFunction(() => 'recommend' in ((window as { tillside?: object }).tillside ?? {}));
  return ask(page);
}
const cartOf = (page: Page) => asked(page, pageApi.cartOf);
const exported = (page: Page) => asked(page, pageApi.exported);
const countOf = (page: Page, type: string, itemId?: string) => asked(page, () => pageApi.countOf(page, type, itemId));

const cards = (page: Page) => page.locator('tillside-suggestions li');
const slateIds = (page: Page) =>
  cards(page).evaluateAll((list) => list.map((card) => (card as HTMLElement).dataset['itemId'] ?? ''));
const unitsIn = (page: Page, rows: string) =>
  page
    .locator(rows)
    .evaluateAll((all) => Object.fromEntries(all.map(({ dataset }) => [dataset['sku'], Number(dataset['quantity'])])));
const miniCart = (page: Page) => unitsIn(page, '.woocommerce-mini-cart-item');
const toldOf = (page: Page) => page.evaluate(() => (window as unknown as { told: Diagnostic[] }).told);

/** Adds by the theme's own button and waits until tillside knows it, in the bundle's ids. */
async function addOnArchive(page: Page, shop: Shop, { path = '/', sku = '85123A' } = {}): Promise<void> {
  await page.goto(shop.url + path);
  // The engine is there: a cold one on a busy machine may take longer than a platform's ids are waited for.
  await expect.poll(() => cartOf(page)).toEqual({});
  await page.getByText(`Add ${sku}`, { exact: true }).click();
  await expect.poll(() => cartOf(page)).toEqual({ [sku]: 1 });
}

/** Opens the cart and waits for suggestions beside what it holds. */
async function openCart(page: Page, shop: Shop, path = '/cart/'): Promise<void> {
  await page.goto(shop.url + path);
  await expect(cards(page)).toHaveCount(4, { timeout: 15_000 });
}

for (const path of ['/', '/mixed/', '/blocks/']) {
  test(`an add on ${path} counts exactly once, by the bundle's id`, async ({ page, shop }) => {
    await addOnArchive(page, shop, { path });
    expect(shop.cart()).toEqual({ '85123A': 1 });
    // Whatever the theme and the blocks still tell of it has been read by then.
    await expect.poll(() => shop.requests.filter((line) => line.includes('v1/cart?_fields')).length).toBeGreaterThan(1);
    const { session } = await exported(page);
    expect(session.cart).toMatchObject([{ itemId: '85123A', quantity: 1 }]);
    if (path !== '/blocks/') expect(await countOf(page, 'add_to_cart', '85123A')).toBe(1);
  });
}

test('the classic cart page suggests nothing that is in the cart, and follows what is added (woocommerce#57362, dawn#1832)', async ({
  page,
  shop,
}) => {
  await addOnArchive(page, shop);
  await openCart(page, shop);
  expect(await slateIds(page)).not.toContain('85123A');
  const [added = ''] = await slateIds(page);
  await cards(page).first().locator('[part="add"]').click();
  await expect.poll(() => shop.cart()).toEqual({ '85123A': 1, [added]: 1 });
  const both = { '85123A': 1, [added]: 1 };
  await expect.poll(() => miniCart(page)).toEqual(both);
  await expect.poll(() => unitsIn(page, '.woocommerce-cart-form .cart_item')).toEqual(both);
  await expect.poll(() => cartOf(page)).toEqual(both);
  await expect.poll(() => slateIds(page)).not.toContain(added);
  expect(await countOf(page, 'add_to_cart', added)).toBe(1);
});

test('the blocks cart page and its mini cart follow what is added and taken away (dawn#678, dawn#3050)', async ({
  page,
  shop,
}) => {
  await addOnArchive(page, shop, { path: '/blocks/' });
  await openCart(page, shop, '/blocks/cart/');
  const [added = ''] = await slateIds(page);
  await cards(page).first().locator('[part="add"]').click();
  const both = { '85123A': 1, [added]: 1 };
  await expect.poll(() => unitsIn(page, '.wc-block-cart-items__row')).toEqual(both);
  await expect(page.locator('.wc-block-mini-cart__badge')).toHaveText('2');
  await expect.poll(() => cartOf(page)).toEqual(both);
  await page.getByRole('button', { name: `Remove ${added}` }).click();
  await expect.poll(() => cartOf(page)).toEqual({ '85123A': 1 });
  await page.getByRole('button', { name: 'More of 85123A' }).click();
  await expect.poll(() => cartOf(page)).toEqual({ '85123A': 2 });
});

test('a quantity changed on the classic cart page and a line removed from the mini cart are known', async ({ page, shop }) => {
  await addOnArchive(page, shop);
  await page.getByText('Add 22423', { exact: true }).click();
  await expect.poll(() => cartOf(page)).toEqual({ '85123A': 1, '22423': 1 });
  await openCart(page, shop);
  const quantity = page.getByLabel('Quantity of 85123A');
  for (const wanted of ['2', '3']) {
    await quantity.press('ArrowUp');
    await expect(quantity).toHaveValue(wanted);
  }
  await page.getByRole('button', { name: 'Update basket' }).click();
  await expect.poll(() => cartOf(page)).toEqual({ '85123A': 3, '22423': 1 });
  await page.getByLabel('Remove 22423').click();
  await expect.poll(() => cartOf(page)).toEqual({ '85123A': 3 });
});

test('what is sold out is refused, said and suggested no more, and the cart stays as it was (woocommerce#42530)', async ({
  page,
  shop,
}) => {
  await addOnArchive(page, shop);
  await openCart(page, shop);
  // The model's slate: no other comes after it but for a reason.
  await expect(page.locator('tillside-suggestions')).toHaveAttribute('data-strategy', 'model');
  const [soldOut = ''] = await slateIds(page);
  shop.sellOut(soldOut);
  await cards(page).first().locator('[part="add"]').click();
  await expect(page.locator('tillside-suggestions')).toContainText('is no longer available.');
  await expect.poll(() => slateIds(page)).not.toContain(soldOut);
  expect(shop.cart()).toEqual({ '85123A': 1 });
  expect(await cartOf(page)).toEqual({ '85123A': 1 });
  expect(await toldOf(page)).toContainEqual({
    code: 'cart-action-failed',
    message: expect.stringMatching(/You cannot add ".+" to the cart because the product is out of stock\./),
  });
});

test('a nonce that has expired is renewed, and the add goes through once', async ({ page, shop }) => {
  await addOnArchive(page, shop);
  await openCart(page, shop);
  const [added = ''] = await slateIds(page);
  shop.expireNonces();
  await cards(page).first().locator('[part="add"]').click();
  await expect.poll(() => shop.cart()).toEqual({ '85123A': 1, [added]: 1 });
  await expect.poll(() => cartOf(page)).toEqual({ '85123A': 1, [added]: 1 });
});

test('a variation chosen on its product’s page and posted with the form is the bundle’s item (woocommerce#37613)', async ({
  page,
  shop,
}) => {
  await page.goto(`${shop.url}/product/jumbo-bag/`);
  await page.getByLabel('Pattern').selectOption('f');
  await expect.poll(() => countOf(page, 'view_item', '85099F')).toBe(1);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Add to basket' }).click()]);
  await expect.poll(() => cartOf(page)).toEqual({ '85099F': 1 });
  await openCart(page, shop);
  expect(await slateIds(page)).not.toContain('85099F');
});

test('a product’s page is viewed under the bundle’s id, once', async ({ page, shop }) => {
  await page.goto(`${shop.url}/`);
  await page.getByRole('link', { name: /White Hanging Heart/ }).click();
  await page.waitForURL(/white-hanging-heart/);
  await expect.poll(() => countOf(page, 'view_item', '85123A')).toBe(1);
  expect(await countOf(page, 'view_item')).toBe(1);
});

test('an order counts once, however often its page is loaded again', async ({ page, shop }) => {
  await addOnArchive(page, shop);
  await openCart(page, shop);
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/order-received/);
  await expect.poll(() => countOf(page, 'purchase')).toBe(1);
  await page.reload();
  await expect.poll(() => cartOf(page)).toEqual({});
  expect(await countOf(page, 'purchase')).toBe(1);
  const { events } = await exported(page);
  expect(events.find(({ type }) => type === 'purchase')?.items).toMatchObject([{ itemId: '85123A', quantity: 1 }]);
});

test('nothing of whose cart it is reaches the device', async ({ page, shop }) => {
  await addOnArchive(page, shop);
  expect(JSON.stringify(await exported(page))).not.toMatch(/Lovelace|example\.org|SW1Y/);
});

test('an answer that takes long neither loses nor doubles what is added', async ({ page, shop }) => {
  shop.delay(300);
  await page.goto(`${shop.url}/`);
  await expect.poll(() => cartOf(page)).toEqual({}); // what was added before the engine was there comes with the cart, as no event
  for (const sku of ['85123A', '22423', '85123A']) {
    await Promise.all([page.waitForResponse(/wc-ajax=add_to_cart/), page.getByText(`Add ${sku}`, { exact: true }).click()]);
  }
  await expect.poll(() => cartOf(page)).toEqual({ '85123A': 2, '22423': 1 });
  expect(await countOf(page, 'add_to_cart')).toBe(3);
});

test.describe('without pretty permalinks', () => {
  test.use({ permalinks: 'plain' });

  test('the cart is read and added to by ?rest_route=', async ({ page, shop }) => {
    await addOnArchive(page, shop);
    await openCart(page, shop);
    const [added = ''] = await slateIds(page);
    await cards(page).first().locator('[part="add"]').click();
    await expect.poll(() => cartOf(page)).toEqual({ '85123A': 1, [added]: 1 });
  });
});
