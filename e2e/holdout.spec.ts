// A holdout test on the shops of two platforms: the order carries the arm, nobody else is told, and before and after consent there is nothing.
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import type { Tillside } from '../src/page/tillside.js';
import { startShopifyShop } from './platforms/shopify/server.mjs';
import { openWooCommerce } from './platforms/woocommerce/server.mjs';
import { slateOn } from './support/page-api.js';
import { startServer } from './support/server.mjs';

/** Of two billion draws one goes the other way. */
const [NOBODY, EVERYBODY] = ['0.000000001', '0.999999999'];

/** A shop of either platform, as the scenarios see it. */
interface Shop {
  readonly url: string;
  /** what its cart says */
  readonly cartPath: string;
  /** arms on the carts there are */
  carried(): string[];
  /** the arm of each order */
  ordered(): (string | undefined)[];
  /** presses the theme's own buttons */
  addItem(page: Page): Promise<void>;
  checkOut(page: Page): Promise<void>;
  /** the one way by which an arm may leave the page */
  readonly write: RegExp;
}

interface Requests {
  readonly posted: string[];
  readonly asked: URL[];
}

const PLATFORMS: Readonly<Record<'shopify' | 'woocommerce', () => Promise<Shop & { close(): Promise<void> }>>> = {
  async shopify() {
    const shop = await startShopifyShop({ theme: 'dawn' });
    const handle = shop.products.find(({ sku }) => sku === '85123A')?.handle;
    return {
      url: shop.url,
      cartPath: '/cart',
      carried: () => shop.attributes().flatMap(({ tillside_arm }) => tillside_arm ?? []),
      ordered: () => shop.orders.map(({ note_attributes }) => note_attributes['tillside_arm']),
      async addItem(page) {
        await page.goto(`${shop.url}/products/${handle}`);
        await page.locator('[name="add"]').click();
        await expect(page.locator('[data-count]')).toHaveText('1');
      },
      checkOut: async (page) => void (await page.goto(`${shop.url}/checkout`)),
      write: /\/cart\/update\.js$/,
      close: shop.close,
    };
  },
  async woocommerce() {
    const server = await startServer(0);
    const shop = openWooCommerce({ hasSnippet: true });
    server.intercept('/shop', shop.answer);
    server.mount('/tillside', 'dist');
    return {
      url: `${server.url}/shop`,
      cartPath: '/cart/',
      carried: () => (shop.arm() ? [shop.arm() as string] : []),
      ordered: () => [...shop.arms],
      async addItem(page) {
        await page.goto(`${server.url}/shop/`);
        await page.waitForFunction(() => 'recommend' in ((window as { tillside?: object }).tillside ?? {}));
        await page.getByText('Add 85123A', { exact: true }).click();
        await expect.poll(() => shop.cart()).toEqual({ '85123A': 1 });
      },
      async checkOut(page) {
        await page.evaluate(() => fetch('/shop/checkout/', { method: 'POST', redirect: 'manual' }));
      },
      write: /\/wc\/store\/v1\/cart\/extensions$/,
      close: server.close,
    };
  },
};

const test = base.extend<{ platform: keyof typeof PLATFORMS; shop: Shop; requests: Requests }>({
  platform: ['shopify', { option: true }],
  shop: async ({ platform, context }, use) => {
    const shop = await PLATFORMS[platform]();
    const thrown: string[] = [];
    context.on('weberror', (error) => thrown.push(String(error.error())));
    await use(shop);
    await context.close();
    await shop.close();
    expect(thrown, 'no exception or rejection reaches the host page').toEqual([]);
  },
  requests: async ({ context }, use) => {
    const requests: Requests = { posted: [], asked: [] };
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(data|blob|about):$/.test(url.protocol)) return;
      requests.asked.push(url);
      if (request.method() !== 'GET') requests.posted.push(url.pathname);
    });
    await use(requests);
  },
});

/** Has the shop's script tag measure, with the consent it is given. */
async function measure(context: BrowserContext, share: string, consent = 'granted'): Promise<void> {
  await context.route(
    (url) => !/\.\w+$/.test(url.pathname) && !/wp-json|wc-ajax|checkout/.test(url.href),
    async (route) => {
      if (route.request().resourceType() !== 'document') return route.fallback();
      const response = await route.fetch();
      const html = await response.text();
      const body = html.replace('data-consent="granted"', `data-consent="${consent}" data-holdout="${share}"`);
      await route.fulfill({ response, body });
    },
  );
}

const cards = (page: Page) => page.locator('tillside-suggestions li');
const answer = (page: Page, said: 'granted' | 'denied') =>
  page.evaluate((word) => (window.tillside as Tillside).consent(word), said);
const armKept = (page: Page) => page.evaluate(() => JSON.parse(localStorage.getItem('tillside.arm') ?? '{}').arm);
const attributeOn = (page: Page) =>
  page.evaluate(async () => {
    const { channels } = await (window.tillside as Tillside).receipt();
    return channels.find(({ name }) => name === 'order-attribute')?.attribute;
  });

for (const platform of ['shopify', 'woocommerce'] as const) {
  test.describe(`on ${platform}`, () => {
    test.use({ platform });

    test('who is held out sees no cards, and the order says so', async ({ page, context, shop, requests }) => {
      await measure(context, EVERYBODY);
      await shop.addItem(page);
      await expect.poll(() => shop.carried()).toEqual(['holdout']);
      await page.goto(shop.url + shop.cartPath);
      expect(await slateOn(page)).toMatchObject({ items: [], strategy: 'none', arm: 'holdout' });
      await expect(page.locator('tillside-suggestions')).toHaveAttribute('data-strategy', 'none');
      await expect(cards(page)).toHaveCount(0);
      expect(await attributeOn(page)).toBe('tillside_arm: holdout');
      await shop.checkOut(page);
      expect(shop.ordered()).toEqual(['holdout']);
      // Once a cart, and nothing but the shop's own server is told.
      expect(requests.posted.filter((path) => shop.write.test(path))).toHaveLength(1);
      expect(new Set(requests.asked.map(({ origin }) => origin))).toEqual(new Set([new URL(shop.url).origin]));
      expect(requests.asked.filter(({ href }) => /treatment|holdout(?!\.js$)/.test(href))).toEqual([]);
    });

    test('who is treated sees cards, and the order says so', async ({ page, context, shop }) => {
      await measure(context, NOBODY);
      await shop.addItem(page);
      await expect.poll(() => shop.carried()).toEqual(['treatment']);
      await page.goto(shop.url + shop.cartPath);
      await expect(cards(page)).toHaveCount(4, { timeout: 15_000 });
      await shop.checkOut(page);
      expect(shop.ordered()).toEqual(['treatment']);
    });

    test('nothing is drawn or written before consent, and all of it goes with it', async ({ page, context, shop, requests }) => {
      await measure(context, EVERYBODY, 'pending');
      await shop.addItem(page);
      expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
      expect(requests.posted.filter((path) => shop.write.test(path))).toEqual([]);
      expect(shop.carried()).toEqual([]);

      await answer(page, 'granted');
      await expect.poll(() => shop.carried()).toEqual(['holdout']);
      expect(await armKept(page)).toBe('holdout');

      await answer(page, 'denied');
      await expect.poll(() => shop.carried()).toEqual([]);
      expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
      await shop.checkOut(page);
      expect(shop.ordered()).toEqual([undefined]);
    });

    test('an answer of no on a later page takes the attribute off as well', async ({ page, context, shop }) => {
      await measure(context, EVERYBODY, 'pending');
      await shop.addItem(page);
      await answer(page, 'granted');
      await expect.poll(() => shop.carried()).toEqual(['holdout']);
      await page.goto(shop.url + shop.cartPath);
      await page.waitForFunction(() => 'recommend' in ((window as { tillside?: object }).tillside ?? {}));
      await answer(page, 'denied');
      await expect.poll(() => shop.carried()).toEqual([]);
    });
  });
}

test('the place of the cards is given back without a shift', async ({ page, context, shop, browserName }) => {
  await context.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
  });
  await measure(context, EVERYBODY);
  await shop.addItem(page);
  await page.goto(`${shop.url}/cart`);
  await expect(page.locator('tillside-suggestions')).toHaveAttribute('data-strategy', 'none');
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(page.locator('tillside-suggestions')).toBeHidden();
  if (browserName === 'chromium')
    expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
});
