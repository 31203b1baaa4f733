import type { IncomingMessage } from 'node:http';
import type { Page } from '@playwright/test';
import type { OfferEntry, OffersFile } from '../src/core/offers/offers-file.js';
import type { Receipt } from '../src/page/receipt.js';
import { cartOf, codesTold, engineStatus, itemIdsOf, slateOn } from './support/page-api.js';
import { askWorker, type Planted, plant } from './support/planted.js';
import { policyOf } from './support/policies.js';
import { expect, type Shop, test } from './support/test.js';

const OFFERS = '/models/gift-shop/offers.json';
const MINUTE_MS = 60_000;

declare global {
  interface Window {
    /** what the shop was asked to add */
    asked: string[];
  }
}

interface OffersHost {
  /** each request's method, what came with it, and what it was answered */
  readonly answers: { readonly request: IncomingMessage; readonly status: number }[];
  items: Readonly<Record<string, OfferEntry>>;
  over: Partial<OffersFile>;
}

/** Serves offers as a static host does: with an ETag, and 304 to who has them already. */
function hostOffers(shop: Shop, items: OffersHost['items'], over: OffersHost['over'] = {}): OffersHost {
  const host: OffersHost = { answers: [], items, over };
  const at = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS).toISOString();
  const times = { generatedAt: at(-5), validUntil: at(1_440) };
  shop.intercept(OFFERS, (request, response) => {
    const markets = { gb: { currency: 'GBP' }, de: { currency: 'EUR' } };
    const body = JSON.stringify({ formatVersion: 1, ...times, markets, items: host.items, ...host.over });
    const etag = `"${Buffer.from(JSON.stringify([host.items, host.over])).toString('base64url')}"`;
    const status = request.headers['if-none-match'] === etag ? 304 : 200;
    host.answers.push({ request, status });
    response.writeHead(status, { etag, 'content-type': 'application/json', 'cache-control': 'max-age=600' });
    response.end(status === 200 ? body : undefined);
  });
  return host;
}

const cards = (page: Page) => page.locator('tillside-suggestions li');
const card = (page: Page, itemId: string) => page.locator(`tillside-suggestions li[data-item-id="${itemId}"]`);
const priceOf = (page: Page, itemId: string) => card(page, itemId).locator('[part=price]');

/** The shop's cart page, once its cards are there. @returns what they suggest */
async function visitCart(shop: Shop, page: Page): Promise<string[]> {
  await shop.visit('offers.html');
  await expect(cards(page)).toHaveCount(4);
  return itemIdsOf(await slateOn(page));
}

/** What a page without offers suggests first: the same for every new shopper. */
async function firstSuggestion(shop: Shop, page: Page): Promise<string> {
  await shop.visit('cart.html');
  return itemIdsOf(await slateOn(page, { size: 4 }))[0] as string;
}

/** The worker's clock can be moved: a refresh is minutes away. */
const moveClocks = (shop: Shop, probes: Planted['probes'] = {}, headers: Record<string, string> = {}) => {
  const later = (byMs: number) => {
    const now = Date.now;
    Date.now = () => now() + byMs;
  };
  return plant(shop, { probes: { ...probes, later } }, headers);
};

/** Time goes by in the worker, and the shopper comes back to the tab. */
async function comeBackLater(page: Page, minutes: number): Promise<void> {
  await askWorker(page, 'later', minutes * MINUTE_MS);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

test('a price changed in offers.json is on the card at the next visit, and on an open page at the next look', async ({
  shop,
  page,
}) => {
  const itemId = await firstSuggestion(shop, page);
  await moveClocks(shop);
  const host = hostOffers(shop, { [itemId]: { price: { gb: 123.45 }, regularPrice: { gb: 150 }, promotion: '3 for 2 <b>' } });
  await visitCart(shop, page);
  await expect(priceOf(page, itemId)).toHaveText('£123.45 Regular price: £150.00');
  await expect(card(page, itemId).locator('[part=promotion]')).toHaveText('3 for 2 <b>');
  const bundleRequests = shop.requested.filter((url) => /models/.test(url) && !url.endsWith(OFFERS)).length;

  const below = await page.locator('#below').boundingBox();
  host.items = { [itemId]: { price: { gb: 99.5 } } };
  await comeBackLater(page, 20);
  await expect(priceOf(page, itemId)).toHaveText('£99.50');
  await expect(card(page, itemId).locator('[part=promotion]')).toHaveCount(0);
  expect(await page.locator('#below').boundingBox()).toEqual(below);

  // Nothing has changed: the host says so in 304.
  await comeBackLater(page, 20);
  await expect.poll(() => host.answers.map(({ status }) => status)).toEqual([200, 200, 304]);
  await expect(priceOf(page, itemId)).toHaveText('£99.50');

  host.items = { [itemId]: { price: { gb: 88 } } };
  await visitCart(shop, page);
  await expect(priceOf(page, itemId)).toHaveText('£88.00');
  const models = shop.requested.filter((url) => /models/.test(url) && !url.endsWith(OFFERS)).slice(bundleRequests);
  expect(models.every((url) => url.endsWith('manifest.json'))).toBe(true);
  expect((await engineStatus(page)).strategy).toBe('model');
});

test('a price whose time is over is hidden, and so is one whose time runs out on an open page', async ({ shop, page }) => {
  const itemId = await firstSuggestion(shop, page);
  await moveClocks(shop);
  const host = hostOffers(shop, { [itemId]: { price: { gb: 123.45 } } });
  await visitCart(shop, page);
  await expect(priceOf(page, itemId)).toHaveText('£123.45');
  await comeBackLater(page, 1_441);
  await expect(priceOf(page, itemId)).toHaveText('');
  await expect(card(page, itemId)).toBeVisible();

  host.over = { validUntil: new Date(Date.now() - MINUTE_MS).toISOString() };
  await visitCart(shop, page);
  await expect(priceOf(page, itemId)).toHaveText('');
});

for (const page of ['the worker', 'the engine on the page'] as const) {
  test(`an item gone between slate and add is refused with a word, by ${page}`, async ({ shop, page: tab }) => {
    const itemId = await firstSuggestion(shop, tab);
    const isWorker = page === 'the worker';
    if (isWorker) await moveClocks(shop);
    else await tab.addInitScript(() => void Reflect.deleteProperty(window, 'Worker'));
    const host = hostOffers(shop, { [itemId]: { price: { gb: 5 }, availability: 'in_stock' } });
    if (!isWorker) await tab.clock.install();
    await visitCart(shop, tab);
    await expect(priceOf(tab, itemId)).toHaveText('£5.00');
    host.items = { [itemId]: { price: { gb: 5 }, availability: 'out_of_stock' } };
    if (isWorker) await askWorker(tab, 'later', 6 * MINUTE_MS);
    else await tab.clock.setSystemTime(Date.now() + 6 * MINUTE_MS);

    const name = await card(tab, itemId).locator('[part=title]').textContent();
    await card(tab, itemId).getByRole('button', { name: /^Add/ }).click();
    await expect(tab.locator('tillside-suggestions [role=status]')).toHaveText(`${name} is no longer available.`);
    await expect(card(tab, itemId)).toHaveCount(0);
    await expect(cards(tab)).toHaveCount(4);
    expect(await tab.evaluate(() => window.asked)).toEqual([]);
    expect(await cartOf(tab)).toEqual({});

    // What is there is added as ever.
    const [other = ''] = itemIdsOf(await slateOn(tab));
    await card(tab, other).getByRole('button', { name: /^Add/ }).click();
    await expect.poll(() => cartOf(tab)).toEqual({ [other]: 1 });
    expect(await tab.evaluate(() => window.asked)).toEqual([other]);
  });
}

test('two markets show two currencies, by the tag or by the page', async ({ shop, page }) => {
  const itemId = await firstSuggestion(shop, page);
  hostOffers(shop, { [itemId]: { price: { gb: 5, de: 6.5 } } });
  await visitCart(shop, page);
  await expect(priceOf(page, itemId)).toHaveText('£5.00');
  // A page that speaks of euros somewhere.
  const slate = await slateOn(page, { facts: [{ itemId: '85123A', price: 3, currency: 'EUR' }] });
  expect(slate.items.find(({ item }) => item.itemId === itemId)?.item).toMatchObject({ price: 6.5, currency: 'EUR' });

  await shop.configure({ market: 'de' });
  await visitCart(shop, page);
  await expect(priceOf(page, itemId)).toHaveText('€6.50');
  // The catalogue's pounds are none of this market's prices.
  await expect(cards(page).nth(1).locator('[part=price]')).toHaveText('');
});

test("the page's own price and stock win", async ({ shop, page }) => {
  const itemId = await firstSuggestion(shop, page);
  hostOffers(shop, { [itemId]: { price: { gb: 5 }, regularPrice: { gb: 7 }, availability: 'out_of_stock' } });
  await page.addInitScript((sku) => {
    addEventListener('DOMContentLoaded', () => {
      const offer = { '@type': 'Offer', price: '4.20', priceCurrency: 'GBP', availability: 'https://schema.org/InStock' };
      const script = Object.assign(document.createElement('script'), { type: 'application/ld+json' });
      script.textContent = JSON.stringify({
        '@context': 'https://schema.org',
        '@type': 'Product',
        sku,
        name: 'It',
        offers: offer,
      });
      document.head.append(script);
    });
  }, itemId);
  await visitCart(shop, page);
  await expect.poll(() => codesTold(page)).not.toContain('offers-invalid');
  await expect(priceOf(page, itemId)).toHaveText('£4.20');
});

const HARMS: Readonly<Record<string, readonly [code: string, answer: Parameters<Shop['intercept']>[1]]>> = {
  broken: ['offers-invalid', (_, response) => void response.writeHead(200).end('<!doctype html>')],
  missing: ['offers-unreachable', (_, response) => void response.writeHead(404).end('Not found')],
  oversized: [
    'offers-invalid',
    (_, response) => {
      const drip = () => {
        while (response.writable && response.write(' '.repeat(64_000)));
        response.once('drain', drip);
      };
      drip();
    },
  ],
};

for (const [harm, [code, answer]] of Object.entries(HARMS)) {
  test(`a file that is ${harm} does no harm: the catalogue's prices stay, and the shop is told`, async ({ shop, page }) => {
    shop.intercept(OFFERS, answer);
    const [itemId = ''] = await visitCart(shop, page);
    await expect.poll(() => codesTold(page), { timeout: 15_000 }).toContain(code);
    await expect(priceOf(page, itemId)).toHaveText(/^£\d/);
    expect((await engineStatus(page)).strategy).toBe('model');
    await card(page, itemId).getByRole('button', { name: /^Add/ }).click();
    await expect.poll(() => cartOf(page)).toEqual({ [itemId]: 1 });
  });
}

test('a file that never comes holds up neither a slate nor an add', async ({ shop, page }) => {
  shop.intercept(OFFERS, () => {});
  const [itemId = ''] = await visitCart(shop, page);
  await expect(priceOf(page, itemId)).toHaveText(/^£\d/);
  await card(page, itemId).getByRole('button', { name: /^Add/ }).click();
  await expect.poll(() => cartOf(page), { timeout: 5_000 }).toEqual({ [itemId]: 1 });
});

test('the receipt lists the file each time; nothing else goes out, and nothing can be said by it', async ({ shop, page }) => {
  await moveClocks(
    shop,
    {
      steal: async (url: string) => {
        const loot = { method: 'POST', body: 'loot', headers: { 'x-loot': 'loot' }, referrer: `${url}?loot` };
        try {
          return (await fetch(url, loot)).status;
        } catch (error) {
          return String(error);
        }
      },
    },
    policyOf('worker.js, with `data-offers`', { shop: shop.url }),
  );
  const itemId = '85123A';
  const host = hostOffers(shop, { [itemId]: { price: { gb: 5 } } });
  await visitCart(shop, page);
  await expect.poll(() => host.answers.length).toBe(1);
  await comeBackLater(page, 20);
  await expect.poll(() => host.answers.length).toBe(2);
  const receipt = () => page.evaluate(() => window.tillside?.receipt() as Promise<Receipt>);
  const listed = async () => (await receipt()).requests.filter(({ url, what }) => url.endsWith(OFFERS) && what === 'bundle');
  await expect.poll(async () => (await listed()).length).toBe(2);
  expect((await receipt()).requests.filter(({ what }) => what === 'other')).toEqual([]);

  const refused = 'TypeError: network-given-up';
  for (const path of ['/models/gift-shop/manifest.json', '/models/gift-shop/offers.jso', '/loot'])
    expect(await askWorker(page, 'steal', shop.url + path)).toBe(refused);
  // Whatever is asked for: what is sent is the one request.
  expect(await askWorker(page, 'steal', `${shop.url}${OFFERS}?loot`)).toBe(200);
  const { request } = host.answers.at(-1) as OffersHost['answers'][number];
  expect([request.method, request.url]).toEqual(['GET', OFFERS]);
  expect(request.headers['x-loot']).toBeUndefined();
  expect(JSON.stringify(request.headers)).not.toContain('loot');
});

test('without offers nothing of them is loaded', async ({ shop, page }) => {
  await shop.visit('cart.html');
  await expect(cards(page)).toHaveCount(4);
  expect(shop.requested.filter((url) => /offers/.test(url))).toEqual([]);
});
