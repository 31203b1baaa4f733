import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { cartOf, countOf, itemIdsOf, slateOn, track } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';

const cards = (page: Page) => page.getByRole('listitem');
const shownIds = (page: Page) =>
  cards(page).evaluateAll((all) => all.map((card) => (card as HTMLElement).dataset['itemId'] ?? ''));

/** Waits for the cards with their tools. */
async function ready(page: Page): Promise<void> {
  await expect(cards(page).first().getByRole('button')).toHaveCount(3, { timeout: 15_000 });
}

for (const width of [280, 375, 1280]) {
  test(`at ${width} px all is within the page, axe finds nothing, and slow pictures shift nothing`, async ({
    shop,
    page,
    browserName,
  }) => {
    await page.setViewportSize({ width, height: 700 });
    shop.intercept('/img/', (_request, response) => {
      setTimeout(() => {
        response.writeHead(200, { 'content-type': 'image/svg+xml' });
        response.end(
          '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300"><rect width="900" height="300" fill="#284"/></svg>',
        );
      }, 400);
    });
    await shop.visit('widget.html');
    await ready(page);
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
        }).observe({ type: 'layout-shift' });
    });
    await expect
      .poll(() => page.locator('img').evaluateAll((images) => images.every((image) => (image as HTMLImageElement).complete)))
      .toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    if (browserName === 'chromium')
      expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
    expect((await new AxeBuilder({ page }).include('tillside-suggestions').analyze()).violations).toEqual([]);
  });
}

test('by keyboard alone: a suggestion is added, and the add is taken back', async ({ shop, page }) => {
  await shop.visit('widget.html');
  await ready(page);
  const [first = ''] = await shownIds(page);
  const add = cards(page)
    .first()
    .getByRole('button', { name: /^Add .* to cart$/ });
  for (let i = 0; i < 10 && !(await add.evaluate((button) => button.matches(':focus'))); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const undo = page.getByRole('status').getByRole('button', { name: 'Undo' });
  await expect(undo).toBeVisible();
  await expect(page.getByRole('status')).toContainText(/^Added .* to your cart\./);
  await expect.poll(() => cartOf(page)).toEqual({ [first]: 1 });
  await expect.poll(() => shownIds(page)).not.toContain(first);
  for (let i = 0; i < 10 && !(await undo.evaluate((button) => button.matches(':focus'))); i++)
    await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText(/^Removed .* from your cart\.$/);
  await expect.poll(() => cartOf(page)).toEqual({});
  expect([await countOf(page, 'add_to_cart'), await countOf(page, 'remove_from_cart')]).toEqual([1, 1]);
});

test('what the shopper is not interested in leaves at once, and stays away after a reload', async ({ shop, page }) => {
  await shop.visit('widget.html');
  await ready(page);
  const [first = ''] = await shownIds(page);
  await cards(page)
    .first()
    .getByRole('button', { name: /^Not interested in / })
    .hover();
  await page.mouse.down();
  await page.locator('tillside-suggestions').evaluate((element) => element.setAttribute('heading', 'Shown anew'));
  await page.mouse.up();
  await expect(page.getByRole('status')).toContainText('will not be suggested again');
  await expect.poll(() => shownIds(page)).not.toContain(first);
  await expect.poll(() => countOf(page, 'dismiss', first)).toBe(1);
  await page.reload();
  await ready(page);
  expect(await shownIds(page)).not.toContain(first);
});

test('says why: what each signal brought to the score', async ({ shop, page }) => {
  await shop.visit('widget.html');
  await ready(page);
  await track(page, { type: 'add_to_cart', itemId: HEART });
  await expect(page.locator('tillside-suggestions')).toHaveAttribute('data-strategy', 'model');
  const why = cards(page).first().getByRole('button', { name: /^Why / });
  await expect(why).toHaveAttribute('aria-expanded', 'false');
  await why.click();
  const details = page.getByRole('group', { name: 'Why this?' });
  await expect(details.locator('dd').first()).toContainText(/[+-][\d.,]+%/);
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
});

test('a product page suggests what goes with its item, and never the item', async ({ shop, page }) => {
  await shop.visit(`widget.html?placement=product&product=${HEART}`);
  await ready(page);
  await expect(page.getByRole('region', { name: 'Goes well with this' })).toBeVisible();
  await expect(async () => {
    expect(itemIdsOf(await slateOn(page, { placement: 'product', size: 4 }))).toEqual(await shownIds(page));
  }).toPass();
  expect(itemIdsOf(await slateOn(page, { placement: 'product', size: 50 }))).not.toContain(HEART);
  // A product's page may suggest another version of it; the cart's may not. What was seen meanwhile counts too, so one is asked right after the other.
  const asked = { size: 50, aboutItemIds: [HEART], rules: { nearDuplicates: 'keep' } } as const;
  const both = () => Promise.all([slateOn(page, { placement: 'product', size: 50 }), slateOn(page, asked)]);
  await expect(async () => {
    const [onProduct, about] = await both();
    expect(itemIdsOf(onProduct)).toEqual(itemIdsOf(about));
  }).toPass();
});

test('the page after an order suggests nothing that was just bought', async ({ shop, page }) => {
  await shop.visit('widget.html?placement=order');
  await ready(page);
  const bought = await shownIds(page);
  for (const itemId of bought) await track(page, { type: 'add_to_cart', itemId });
  await track(page, { type: 'purchase' });
  await expect.poll(async () => (await shownIds(page)).filter((itemId) => bought.includes(itemId))).toEqual([]);
  await page.reload();
  await ready(page);
  expect((await shownIds(page)).filter((itemId) => bought.includes(itemId))).toEqual([]);
  await expect(page.getByRole('heading', { name: 'For next time' })).toBeVisible();
});

test('speaks Arabic from right to left, and loads no other language', async ({ shop, page }) => {
  await shop.visit('widget.html?lang=ar&dir=rtl');
  await ready(page);
  await expect(page.getByRole('heading', { name: 'قد يعجبك أيضًا' })).toBeVisible();
  const locales = shop.requested.flatMap((url) => /locale-\w+/.exec(url)?.[0] ?? []);
  expect([...new Set(locales)]).toEqual(['locale-ar']);
  const picture = await page.locator('[part=picture]').first().boundingBox();
  const title = await page.locator('[part=title]').first().boundingBox();
  expect((picture?.x ?? 0) + (picture?.width ?? 0)).toBeGreaterThanOrEqual((title?.x ?? 0) + (title?.width ?? 0));
  expect((await new AxeBuilder({ page }).include('tillside-suggestions').analyze()).violations).toEqual([]);
});

test("tells the shop's Google tag only where the shop says so, and counts an add once", async ({ shop, page }) => {
  await shop.visit('widget.html');
  await ready(page);
  expect(shop.requested.some((url) => url.includes('analytics.js'))).toBe(false);
  await page.addInitScript(() => Object.assign(window, { dataLayer: [] }));
  await shop.configure({ analytics: 'ga4' });
  await shop.visit('widget.html?again');
  await ready(page);
  const pushed = () =>
    page.evaluate(() => (window as unknown as { dataLayer: { event?: string }[] }).dataLayer.flatMap(({ event }) => event ?? []));
  await expect.poll(pushed).toContain('view_item_list');
  await cards(page).first().getByRole('button', { name: /^Add / }).click();
  await expect.poll(pushed).toContain('add_to_cart');
  await expect.poll(() => countOf(page, 'add_to_cart')).toBe(1);
  expect(Object.values(await cartOf(page))).toEqual([1]);
});
