// The main journey, as a shopper takes it, over the real shop and its real bundle.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test as base } from '@playwright/test';
import { startServer } from './support/server.mjs';

interface Shop {
  readonly url: string;
  readonly requests: string[];
  readonly problems: string[];
}

const test = base.extend<{ shop: Shop }>({
  shop: async ({ page, context }, use) => {
    const server = await startServer(0);
    const shop: Shop = { url: server.url, requests: [], problems: [] };
    context.on('request', (request) => shop.requests.push(`${request.method()} ${request.url()}`));
    page.on('pageerror', (error) => shop.problems.push(String(error)));
    await use(shop);
    await context.close();
    await server.close();
    expect(shop.problems, 'no exception reaches the page').toEqual([]);
    const foreign = shop.requests.filter((line) => !line.startsWith(`GET ${server.url}/`) && !/^GET (data|blob):/.test(line));
    expect(foreign, 'every request is a GET to the shop itself').toEqual([]);
    const bodies = shop.requests.filter((line) => line.includes('?') && !line.includes('/search.html?'));
    expect(bodies, 'nothing is told in a query').toEqual([]);
  },
});

const cards = (page: Page) => page.locator('tillside-suggestions li');
const slateIds = (page: Page) =>
  cards(page).evaluateAll((list) => list.map((card) => (card as HTMLElement).dataset['itemId'] ?? ''));
const cartIds = (page: Page) =>
  page
    .locator('[data-tillside-cart] [data-tillside-item]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-tillside-item') ?? ''));

/** What the device remembers of orders; undefined while tillside is still starting. */
const purchases = (page: Page) =>
  page.evaluate(async () => {
    const { tillside } = window as unknown as { tillside: { exportData(): Promise<{ purchases: unknown[] }> } };
    return tillside.exportData().then(
      (data) => data.purchases,
      () => undefined,
    );
  });

async function productLinks(page: Page): Promise<string[]> {
  const hrefs = await page
    .locator('a[href*="product"]')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  return [...new Set(hrefs)];
}

/** Browses three products, adds the last one and opens the cart. */
async function shopFor(page: Page, shop: Shop): Promise<void> {
  await page.goto(`${shop.url}/`);
  await page.locator('[data-consent="granted"]').click();
  const links = await productLinks(page);
  for (const href of links.slice(0, 3)) await page.goto(href);
  await page.locator('[data-tillside-add]').first().click();
  await page.locator('a[href*="cart"]').first().click();
  await expect(cards(page).first()).toBeVisible({ timeout: 15_000 });
}

test('three products looked at and one added bring suggestions with reasons, none of them in the cart', async ({
  page,
  shop,
}) => {
  await shopFor(page, shop);
  await expect(page.locator('tillside-suggestions')).toHaveAttribute('data-strategy', 'model');
  await expect(cards(page)).toHaveCount(4);
  const inCart = await cartIds(page);
  expect(inCart).toHaveLength(1);
  for (const itemId of await slateIds(page)) expect(inCart).not.toContain(itemId);
  for (const card of await cards(page).all()) {
    await expect(card.locator('[part="reason"]')).toHaveText(/\w+ \w+/);
    await expect(card.locator('[part="price"]')).toHaveText(/^£\d/);
    await expect(card.locator('button').first()).toHaveAttribute('part', 'add');
  }
});

test('an add from the widget goes into the cart and leaves the slate, without a request for more than a picture', async ({
  page,
  shop,
}) => {
  await shopFor(page, shop);
  const [first] = await slateIds(page);
  const asked = shop.requests.length;
  await cards(page).first().locator('button[part="add"]').click();
  await expect.poll(() => cartIds(page)).toContain(first);
  await expect.poll(() => slateIds(page)).not.toContain(first);
  await expect(cards(page)).toHaveCount(4);
  const later = shop.requests.slice(asked).filter((line) => !/\/img\/[\w-]+\.svg$/.test(line));
  expect(later).toEqual([]);
});

test('a line removed from the cart may be suggested again and the slate adapts', async ({ page, shop }) => {
  await shopFor(page, shop);
  const before = await slateIds(page);
  await cards(page).first().locator('button[part="add"]').click();
  await expect.poll(() => cartIds(page)).toHaveLength(2);
  await page.locator(`[data-tillside-remove="${before[0]}"]`).click();
  await expect.poll(() => cartIds(page)).toHaveLength(1);
  await expect(cards(page)).toHaveCount(4);
});

test('an order empties the cart and is remembered on the device', async ({ page, shop }) => {
  await shopFor(page, shop);
  const [bought] = await cartIds(page);
  await page.locator('[data-checkout]').click();
  await expect(page).toHaveURL(/order-confirmation/);
  await expect.poll(() => purchases(page), { timeout: 15_000 }).toMatchObject([{ itemId: bought }]);
});

test('a shopper who says no gets a shop without suggestions, storage or bundle requests', async ({ page, shop }) => {
  await page.goto(`${shop.url}/`);
  await page.locator('[data-consent="denied"]').click();
  const [product] = await productLinks(page);
  await page.goto(product as string);
  await page.locator('[data-tillside-add]').first().click();
  await page.goto(`${shop.url}/cart.html`);
  await expect(page.locator('[data-tillside-item]')).toHaveCount(1);
  await expect(cards(page)).toHaveCount(0);
  expect(shop.requests.filter((line) => /models|worker|runtime|tfjs/.test(line))).toEqual([]);
  expect(await page.evaluate(async () => (await indexedDB.databases?.())?.length ?? 0)).toBe(0);
});

test('axe finds nothing on the pages of the journey', async ({ page, shop }) => {
  test.slow(); // each analysis takes seconds where other tests run beside it
  const check = async (where: string) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  };
  await page.goto(`${shop.url}/`);
  await check('home with the banner');
  await shopFor(page, shop);
  await check('cart');
  await page.goto((await productLinks(page))[0] as string);
  await check('product');
  await page.goto(`${shop.url}/search.html`);
  await check('search');
});

test('nothing moves on the cart page while suggestions arrive', async ({ page, shop, browserName }) => {
  await shopFor(page, shop);
  await page.reload();
  await expect(cards(page)).toHaveCount(4);
  // Firefox has no layout-shift entries: there, the place of what follows the widget is compared.
  const supportsShifts = browserName === 'chromium';
  const shift = await page.evaluate(async (isMeasured) => {
    if (!isMeasured) return 0;
    const entries = await new Promise<PerformanceEntryList>((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => resolve([]), 500);
    });
    return entries.reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0);
  }, supportsShifts);
  expect(shift).toBe(0);
});
