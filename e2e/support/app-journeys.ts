// An example app, as a shopper takes it: the SDK by npm import, routes by the History API, the cart by `tillside.cart()`.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test as base } from '@playwright/test';
import type { ExportedData } from '../../src/core/engine/contract.js';
import type { TillsideStatus } from '../../src/page/tillside.js';

const HEART = '85123A';
const CAKESTAND = '22423';
const LOOK_MS = 1_500;

const test = base.extend<{ foreign: string[] }>({
  // On by itself: in every journey nothing throws, complains or asks for anything but files of the shop.
  foreign: [
    async ({ page, context, baseURL }, use) => {
      const problems: string[] = [];
      const foreign: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      context.on('request', (request) => {
        const isOwn = request.url().startsWith(`${baseURL}/`) && request.method() === 'GET';
        if (!isOwn && !/^(data|blob):/.test(request.url())) foreign.push(`${request.method()} ${request.url()}`);
      });
      await use(foreign);
      expect(problems).toEqual([]);
      expect(foreign).toEqual([]);
    },
    { auto: true },
  ],
});

const suggestions = (page: Page) => page.locator('tillside-suggestions');
const cards = (page: Page) => suggestions(page).locator('li');
const idsOf = (list: Element[]) => list.map((element) => element.getAttribute('data-item-id'));
const cartIds = (page: Page) => page.locator('.cart-row').evaluateAll(idsOf);
const slateIds = (page: Page) => cards(page).evaluateAll(idsOf);
const exported = (page: Page): Promise<ExportedData> =>
  suggestions(page).evaluate((element: HTMLElementTagNameMap['tillside-suggestions']) => element.tillside!.exportData());
const status = (page: Page): Promise<TillsideStatus> =>
  suggestions(page).evaluate((element: HTMLElementTagNameMap['tillside-suggestions']) => element.tillside!.status());

/** Declares the journeys through the app at this address, which begins and ends with a slash. */
export function declareJourneys(home: string): void {
  async function openShop(page: Page): Promise<void> {
    await page.goto(home);
    await page.locator('[data-consent="granted"]').click();
    await expect(page.locator('[data-consent]')).toHaveCount(0);
  }

  /** From the list, where it also ends; returns the ms that it can have been seen at most. */
  async function lookAt(page: Page, itemId: string, lookMs = 0): Promise<number> {
    const add = page.getByRole('button', { name: 'Add to cart' });
    const leftAt = performance.now();
    await page.locator(`a[href$="/product/${itemId}"]`).first().click();
    await expect(add).toBeVisible();
    const seenAt = await page.evaluate(() => performance.now());
    await page.waitForFunction((until) => performance.now() >= until, seenAt + lookMs);
    await page.locator('a.brand').click();
    await expect(add).toBeHidden();
    return performance.now() - leftAt;
  }

  async function openCart(page: Page): Promise<void> {
    await page.locator('a[href*="cart"]').first().click();
    await expect(page).toHaveURL(new RegExp(`${home}cart$`));
    await expect(cards(page)).toHaveCount(4, { timeout: 15_000 });
  }

  /** Looks at three products, adds the third and opens the cart. */
  async function shopFor(page: Page): Promise<void> {
    await openShop(page);
    const links = page.locator('a[href*="product"]');
    for (const index of [0, 1, 2]) {
      await links.nth(index).click();
      await expect(page).toHaveURL(new RegExp(`${home}product/`));
      if (index === 2) await page.getByRole('button', { name: 'Add to cart' }).click();
      else await page.goBack();
    }
    await openCart(page);
  }

  test('three products looked at and one added bring suggestions of the model, none of them in the cart', async ({ page }) => {
    await shopFor(page);

    await expect(suggestions(page)).toHaveAttribute('data-strategy', 'model');
    const inCart = await cartIds(page);
    expect(inCart).toHaveLength(1);
    for (const itemId of await slateIds(page)) expect(inCart).not.toContain(itemId);
    expect(await status(page)).toMatchObject({ engine: { where: 'worker', strategy: 'model', diagnostics: [] } });
    const { events } = await exported(page);
    expect(events.filter(({ type }) => type === 'view_item')).toHaveLength(3);
  });

  test('a quick add goes through the shop: into the cart, off the slate, counted once', async ({ page }) => {
    await shopFor(page);
    const [first] = await slateIds(page);

    await cards(page).first().locator('[part=add]').click();

    await expect.poll(() => cartIds(page)).toContain(first);
    await expect.poll(() => slateIds(page)).not.toContain(first);
    await expect(cards(page)).toHaveCount(4);
    await expect(page.locator('.cart-count')).toContainText('2');
    await expect
      .poll(async () => (await status(page)).engine?.cart.map(({ itemId, quantity }) => [itemId, quantity]))
      .toEqual((await cartIds(page)).map((itemId) => [itemId, 1]));
  });

  test('a change of the route credits dwell to the item that was looked at', async ({ page }) => {
    await openShop(page);
    const heartMs = await lookAt(page, HEART, LOOK_MS);
    const cakestandMs = await lookAt(page, CAKESTAND);
    await page.goto(`${home}cart`);

    const dwells = async () => (await exported(page)).events.filter(({ type }) => type === 'dwell');
    await expect.poll(async () => (await dwells()).map(({ itemId }) => itemId)).toEqual([HEART, CAKESTAND]);
    const [heart, cakestand] = (await dwells()).map(({ dwellMs }) => dwellMs);
    expect(heart).toBeGreaterThan(LOOK_MS - 100);
    expect(heart).toBeLessThan(heartMs);
    expect(cakestand).toBeLessThan(cakestandMs);
  });

  test('Back from a product starts its visit once more, and a cart kept by the browser is told after a reload', async ({
    page,
  }) => {
    await shopFor(page);
    const [inCart] = await cartIds(page);

    await page.goBack();
    await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
    await page.goForward();
    await page.reload();

    await expect(cards(page)).toHaveCount(4, { timeout: 15_000 });
    expect(await slateIds(page)).not.toContain(inCart);
    await expect
      .poll(
        async () => (await exported(page)).events.filter((event) => event.type === 'view_item' && event.itemId === inCart).length,
      )
      .toBe(2);
  });

  test('an order empties the cart and is remembered on the device', async ({ page }) => {
    await shopFor(page);
    const [bought] = await cartIds(page);

    await page.getByRole('button', { name: 'Check out' }).click();

    await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
    await expect.poll(async () => (await exported(page)).purchases).toMatchObject([{ itemId: bought }]);
    await expect.poll(async () => (await status(page)).engine?.cart).toEqual([]);
  });

  test('a shopper who says no has a shop without suggestions, storage or a request for the model', async ({ page, context }) => {
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    await page.goto(home);
    await page.locator('[data-consent="denied"]').click();
    await page.locator('.card-add').first().click();
    await page.goto(`${home}cart`);

    await expect(page.locator('.cart-row')).toHaveCount(1);
    await expect(page.locator('[data-consent]')).toHaveCount(0);
    await expect(suggestions(page)).toBeHidden();
    expect(asked.filter((url) => /models|worker|runtime|tfjs/.test(url))).toEqual([]);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  });

  test('axe finds nothing on the list with the banner', async ({ page }) => {
    await page.goto(home);
    await expect(page.locator('.card').first()).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });

  test('axe finds nothing on the cart and the product', async ({ page }) => {
    await shopFor(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.goBack();
    await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
}

async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
}
