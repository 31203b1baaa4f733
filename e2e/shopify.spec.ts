// The journey on a Shopify shop, in a theme of either age: nothing of the integration is on the pages but the script tag and the element.
import { expect, type Page, test as base } from '@playwright/test';
import { startShopifyShop } from './platforms/shopify/server.mjs';
import { cartOf, countOf, exported } from './support/page-api.js';

type Shop = Awaited<ReturnType<typeof startShopifyShop>>;
type ShopOptions = NonNullable<Parameters<typeof startShopifyShop>[0]>;

const HEART = '85123A';
const CAKESTAND = '22423';
/** A strict policy; the second policy of Trusted Types is the theme's own. */
const CSP = [
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
  "worker-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types tillside theme",
].join('; ');

/** Every scenario also claims that nothing of ours threw, and that no request carries behaviour. */
const test = base.extend<{ openShop: (options?: ShopOptions) => Promise<Shop> }>({
  openShop: async ({ context }, use) => {
    const shops: Shop[] = [];
    const thrown: string[] = [];
    const posted: string[] = [];
    context.on('weberror', (error) => thrown.push(String(error.error())));
    context.on('request', (request) => {
      if (request.method() !== 'GET') posted.push(new URL(request.url()).pathname);
    });
    await use(async (options) => {
      const shop = await startShopifyShop(options);
      shops.push(shop);
      return shop;
    });
    await context.close();
    for (const shop of shops) await shop.close();
    expect(thrown, 'no exception or rejection reaches the host page').toEqual([]);
    expect(
      posted.filter((path) => !/\/(cart\/\w+(\.js)?|api\/[\w-]+\/graphql\.json)$/.test(path)),
      'nothing is posted but the shop’s own cart requests',
    ).toEqual([]);
  },
});

const cards = (page: Page) => page.locator('tillside-suggestions li');
const slateIds = (page: Page) =>
  cards(page).evaluateAll((list) => list.map((card) => (card as HTMLElement).dataset['itemId'] ?? ''));
const skusIn = (page: Page, place: string) =>
  page.locator(`${place} .cart-item`).evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['sku'] ?? ''));
const countOnPage = async (page: Page) => Number(await page.locator('[data-count]').textContent());

const productOf = (shop: Shop, sku: string) => shop.products.find((product) => product.sku === sku) as Shop['products'][number];

async function visitProduct(page: Page, shop: Shop, sku: string): Promise<void> {
  await page.goto(`${shop.url}/products/${productOf(shop, sku).handle}`);
  await expect.poll(() => countOf(page, 'view_item', sku)).toBeGreaterThan(0);
}

async function addByTheme(page: Page, shop: Shop, sku: string): Promise<void> {
  await visitProduct(page, shop, sku);
  const before = await countOnPage(page);
  await page.locator('[name="add"]').click();
  await expect.poll(() => countOnPage(page)).toBe(before + 1);
}

/** Opens the cart with its four suggestions. */
async function openCart(page: Page, shop: Shop, query = ''): Promise<string[]> {
  await page.goto(`${shop.url}/cart${query}`);
  await expect(cards(page)).toHaveCount(4);
  return slateIds(page);
}

for (const theme of ['dawn', 'standard'] as const) {
  test.describe(`a ${theme} theme`, () => {
    test('an add by the theme is counted once and leaves the suggestions (woocommerce#57362, edd-cross-sell-upsell#11, bagisto#10934)', async ({
      page,
      openShop,
    }) => {
      const shop = await openShop({ theme });
      await addByTheme(page, shop, HEART);
      await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(1);
      expect(await cartOf(page)).toEqual({ [HEART]: 1 });
      expect(await openCart(page, shop)).not.toContain(HEART);
      // The cart that the next page shows is the known one.
      expect(await cartOf(page)).toEqual({ [HEART]: 1 });
      expect(await countOf(page, 'add_to_cart')).toBe(1);
      expect(await countOf(page, 'view_cart')).toBe(0);
    });

    test('an add from the widget is in the drawer, the bubble, the page and out of the slate (dawn#1832, dawn#678, dawn#3050)', async ({
      page,
      openShop,
    }) => {
      const shop = await openShop({ theme });
      await addByTheme(page, shop, HEART);
      const [first = ''] = await openCart(page, shop);
      await cards(page).first().locator('button[part="add"]').click();
      for (const place of ['cart-drawer', 'cart-items']) await expect.poll(() => skusIn(page, place)).toEqual([first, HEART]);
      await expect.poll(() => countOnPage(page)).toBe(2);
      await expect.poll(() => slateIds(page)).not.toContain(first);
      await expect(cards(page)).toHaveCount(4);
      expect(await cartOf(page)).toEqual({ [HEART]: 1, [first]: 1 });
      expect(await countOf(page, 'add_to_cart', first)).toBe(1);
      expect(shop.asked.filter((line) => line.startsWith('POST cart/change'))).toEqual([]);
    });

    test('a line that the shopper removes goes alone, and one whose quantity changes stays (GA4-Shopify-DataLayer#1)', async ({
      page,
      openShop,
    }) => {
      const shop = await openShop({ theme });
      await addByTheme(page, shop, HEART);
      await addByTheme(page, shop, CAKESTAND);
      await openCart(page, shop);
      // In Firefox, fill() appends to a number field.
      await page.locator(`cart-items [data-sku="${HEART}"] .quantity__input`).evaluate((input) => {
        (input as HTMLInputElement).value = '3';
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 3, [CAKESTAND]: 1 });
      await page.locator(`cart-items [data-sku="${CAKESTAND}"] cart-remove-button button`).click();
      await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 3 });
      expect(await countOf(page, 'remove_from_cart')).toBe(1);
    });

    test('an add that the shop refuses is none, and the page says why', async ({ page, openShop }) => {
      const shop = await openShop({ theme });
      const soldOut = shop.products.find(({ available }) => !available)?.sku ?? '';
      await visitProduct(page, shop, soldOut);
      await page.locator('[name="add"]').click();
      await expect(page.getByRole('alert')).toContainText('is already sold out');
      await page.goto(`${shop.url}/cart`);
      expect(await cartOf(page)).toEqual({});
      expect(await countOf(page, 'add_to_cart')).toBe(0);
    });

    test('a suggestion that the shop refuses says so, and the cart stays as it is (woocommerce#42530, maho#584)', async ({
      page,
      openShop,
    }) => {
      const shop = await openShop({ theme });
      await addByTheme(page, shop, HEART);
      const [first = ''] = await openCart(page, shop);
      Object.assign(productOf(shop, first), { available: false });
      await cards(page).first().locator('button[part="add"]').click();
      await expect(page.locator('tillside-suggestions [role="status"]')).not.toBeEmpty();
      expect(await skusIn(page, 'cart-items')).toEqual([HEART]);
      expect(await cartOf(page)).toEqual({ [HEART]: 1 });
      Object.assign(productOf(shop, first), { available: true });
    });

    test('a strict policy with Trusted Types is kept, and what is added shows everywhere', async ({
      page,
      openShop,
      browserName,
    }) => {
      const violations: string[] = [];
      page.on('console', (message) => {
        if (/Content.Security.Policy|Trusted ?(Type|HTML|Script)/i.test(message.text())) violations.push(message.text());
      });
      const shop = await openShop({ theme, csp: browserName === 'chromium' ? CSP : CSP.replace(/; require-trusted.*/, '') });
      await addByTheme(page, shop, HEART);
      const [first = ''] = await openCart(page, shop);
      await cards(page).first().locator('button[part="add"]').click();
      for (const place of ['cart-drawer', 'cart-items']) await expect.poll(() => skusIn(page, place)).toEqual([first, HEART]);
      expect(violations).toEqual([]);
    });

    test('Back reads the cart that another page has changed, and counts nothing twice', async ({ page, context, openShop }) => {
      const shop = await openShop({ theme });
      await addByTheme(page, shop, HEART);
      await openCart(page, shop);
      await addByTheme(page, shop, CAKESTAND);
      await expect.poll(() => countOf(page, 'add_to_cart')).toBe(2);
      const before = shop.asked.length;
      await page.evaluate(() => void history.back());
      // Restored or loaded anew, as the browser decides. Playwright's channels to a restored page are gone: another tab tells.
      await expect.poll(() => shop.asked.slice(before)).toContain('GET cart.js');
      const observer = await context.newPage();
      await observer.goto(`${shop.url}/`);
      await expect.poll(() => cartOf(observer)).toEqual({ [HEART]: 1, [CAKESTAND]: 1 });
      const { events, meta } = await exported(observer);
      const added = events.flatMap(({ type, itemId }) => (type === 'add_to_cart' ? [itemId] : []));
      expect({ added, ...meta }).toMatchObject({ added: [HEART, CAKESTAND], store: 'indexeddb' });
    });

    test('in another language of the shop all of it works under that language’s addresses', async ({ page, openShop }) => {
      const shop = await openShop({ theme });
      await page.goto(`${shop.url}/fr/products/${productOf(shop, HEART).handle}`);
      await expect.poll(() => countOf(page, 'view_item', HEART)).toBeGreaterThan(0);
      await page.locator('[name="add"]').click();
      await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1 });
      await page.goto(`${shop.url}/fr/cart`);
      await expect(cards(page)).toHaveCount(4);
      const [first = ''] = await slateIds(page);
      await cards(page).first().locator('button[part="add"]').click();
      await expect.poll(() => skusIn(page, 'cart-items')).toEqual([first, HEART]);
      expect(await countOf(page, 'add_to_cart')).toBe(2);
    });
  });
}

test('a slow shop’s older answer never undoes what was done since', async ({ page, openShop }) => {
  const shop = await openShop();
  shop.delays.set('cart.js', 400);
  await visitProduct(page, shop, HEART);
  for (let units = 1; units <= 3; units++) {
    await page.locator('[name="add"]').click();
    await expect.poll(() => countOnPage(page)).toBe(units);
  }
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 3 });
  expect(await countOf(page, 'add_to_cart')).toBe(3);
});

test('a theme that leaves the actions to Shopify reloads the page, and the add is counted once', async ({ page, openShop }) => {
  const shop = await openShop({ theme: 'standard' });
  await addByTheme(page, shop, HEART);
  const [first = ''] = await openCart(page, shop, '?actions=default');
  const reloaded = page.waitForEvent('load');
  await cards(page).first().locator('button[part="add"]').click();
  await reloaded;
  await expect.poll(() => skusIn(page, 'cart-items')).toEqual([first, HEART]);
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [first]: 1 });
  await expect.poll(() => slateIds(page)).not.toContain(first);
  expect(await countOf(page, 'add_to_cart', first)).toBe(1);
});
