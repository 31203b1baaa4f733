import { beforeAll, describe, expect, it } from 'vitest';
import type { ItemFacts } from '../../../src/core/domain/item.js';
import { CONTRACT_VERSION, type Engine, type OffersState, type RecommendRequest } from '../../../src/core/engine/contract.js';
import { createEngine } from '../../../src/core/engine/engine.js';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import { TillsideError } from '../../../src/core/errors.js';
import type { OfferEntry, OffersFile } from '../../../src/core/offers/offers-file.js';
import { anEvent, MONDAY_10 } from '../../support/an-event.js';
import { anOffersFile, bytesOf } from '../../support/offers.js';
import { aBundle, type TinyBundle } from '../../support/tiny-bundle.js';

const OFFERS_URL = 'https://shop.test/assets/offers.json';
const MINUTE_MS = 60_000;

let bundle: TinyBundle;
beforeAll(async () => {
  bundle = await aBundle({ models: false });
});

interface OfferingShop {
  readonly engine: Engine;
  /** what stands at the URL; an error: what the host answers with */
  file: unknown;
  now: number;
  readonly asked: string[];
  look(itemId?: string): Promise<OffersState>;
  factsOf(itemId: string, request?: Partial<RecommendRequest>): Promise<ItemFacts | undefined>;
}

/** An engine whose shop has offers at a URL. */
async function aShop(
  items: Readonly<Record<string, OfferEntry>>,
  over: { market?: string; file?: Partial<OffersFile>; hasOffers?: boolean; failedImports?: number } = {},
): Promise<OfferingShop> {
  const asked: string[] = [];
  let { failedImports = 0 } = over;
  const shop = { file: anOffersFile(items, over.file) as unknown, now: MONDAY_10 + MINUTE_MS };
  const engine = createEngine({
    where: 'page',
    store: async () => createMemoryStore(),
    now: () => shop.now,
    async fetchFile(url, limits) {
      if (url !== OFFERS_URL) return bundle.fetchFile(url, limits);
      asked.push(limits.revalidate ? 'revalidating' : 'any');
      if (shop.file instanceof Error) throw shop.file;
      return bytesOf(shop.file);
    },
    async importOffers() {
      if (failedImports-- > 0) throw new TypeError('Failed to fetch dynamically imported module');
      return import('../../../src/core/offers/open-offers.js');
    },
  });
  await engine.start({
    contractVersion: CONTRACT_VERSION,
    manifestUrl: bundle.manifestUrl,
    runtime: 'auto',
    storage: 'memory',
    retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 },
    rules: {},
    reasons: 'session',
    ...(over.hasOffers !== false && {
      offers: { url: OFFERS_URL, moduleUrl: 'https://shop.test/offers.js', market: over.market },
    }),
    publicKeys: [],
    tabId: 'tab-1',
  });
  return Object.assign(shop, {
    engine,
    asked,
    look: async (itemId?: string) => (await engine.lookAtOffers(itemId === undefined ? {} : { itemId })) as OffersState,
    async factsOf(itemId: string, request: Partial<RecommendRequest> = {}) {
      const slate = await engine.recommend({ size: 30, ...request });
      return slate.items.find(({ item }) => item.itemId === itemId)?.item;
    },
  });
}

describe('offers', () => {
  it('are there at the second look where what reads them could not be loaded at the first', async () => {
    const { look, factsOf } = await aShop({ 'item-1': { price: { gb: 3 } } }, { failedImports: 1 });
    await expect(look()).rejects.toThrow('Failed to fetch');
    const [first, second] = await Promise.all([look(), look()]);
    expect([first.revision > 0, second.revision]).toEqual([true, first.revision]);
    expect(await factsOf('item-1')).toMatchObject({ price: 3 });
  });

  it('are not loaded before the first look, and beat the catalogue after it', async () => {
    const shop = await aShop({ 'item-1': { price: { gb: 1.5 }, promotion: '3 for 2' } });
    const catalogue = (await shop.factsOf('item-1'))?.price;
    expect(catalogue).not.toBe(1.5);
    expect(shop.asked).toEqual([]);
    expect((await shop.look()).revision).toBeGreaterThan(0);
    expect(await shop.factsOf('item-1')).toMatchObject({ price: 1.5, currency: 'GBP', offer: { promotion: '3 for 2' } });
    expect(shop.asked).toEqual(['revalidating']);
  });

  it('find an item by the aliases of the bundle', async () => {
    const shop = await aShop({ 'sku-2': { price: { gb: 9.5 } } });
    await shop.look();
    expect((await shop.factsOf('item-2'))?.price).toBe(9.5);
  });

  it('are beaten by what the page states, price and stock', async () => {
    const shop = await aShop({ 'item-1': { price: { gb: 1.5 }, availability: 'out_of_stock' } });
    await shop.look();
    const facts = [{ itemId: 'item-1', price: 1.75, currency: 'GBP', availability: 'in_stock' as const }];
    expect((await shop.factsOf('item-1', { facts }))?.price).toBe(1.75);
    expect((await shop.look('item-1')).availability).toBe('in_stock');
    expect(await shop.factsOf('item-1')).toBeUndefined();
    expect((await shop.look('item-1')).availability).toBe('out_of_stock');
  });

  it('take what is out of stock off the slate, and bring back what is there again', async () => {
    const shop = await aShop({ 'item-1': { availability: 'out_of_stock' } });
    const before = (await shop.engine.recommend({ size: 3 })).items.map(({ item }) => item.itemId);
    expect(before).toContain('item-1');
    await shop.look();
    expect(await shop.factsOf('item-1')).toBeUndefined();
    shop.file = anOffersFile({ 'item-1': { availability: 'in_stock' } });
    shop.now += 16 * MINUTE_MS;
    await shop.look();
    expect(await shop.factsOf('item-1')).toBeDefined();
  });

  it('do not change the order: neither a price nor a promotion', async () => {
    const shop = await aShop({ 'item-7': { price: { gb: 0.01 }, regularPrice: { gb: 99 }, promotion: '-99 %' } });
    await shop.engine.record([anEvent({ type: 'add_to_cart', itemId: 'item-3' })]);
    const order = async () => (await shop.engine.recommend({ size: 20 })).items.map(({ item }) => item.itemId);
    const before = await order();
    await shop.look();
    expect(await order()).toEqual(before);
  });

  it('hide a price whose time is over, and what was said with it; stock stays as it was last told', async () => {
    const shop = await aShop({
      'item-1': { price: { gb: 1.5 }, promotion: '3 for 2' },
      'item-2': { availability: 'out_of_stock' },
    });
    const { revision, nextLookMs } = await shop.look();
    expect(nextLookMs).toBeLessThanOrEqual(15 * MINUTE_MS);
    shop.file = new TillsideError('bundle-unreachable', 'The host is down.');
    shop.now = MONDAY_10 + 61 * MINUTE_MS;
    const later = await shop.look();
    expect(later.revision).not.toBe(revision);
    expect(later.problem?.code).toBe('offers-unreachable');
    const facts = await shop.factsOf('item-1');
    expect(facts).toBeDefined();
    expect(Object.keys(facts ?? {})).not.toContain('price');
    expect(facts).not.toHaveProperty('offer');
    expect(await shop.factsOf('item-2')).toBeUndefined();
  });

  it('are asked for again when they are as old as the file says, and only change a slate when the file did', async () => {
    const shop = await aShop({ 'item-1': { price: { gb: 1.5 } } }, { file: { refreshMinutes: 5 } });
    const { revision } = await shop.look();
    shop.now += 4 * MINUTE_MS;
    await shop.look();
    expect(shop.asked).toHaveLength(1);
    shop.now += 2 * MINUTE_MS;
    expect((await shop.look()).revision).toBe(revision);
    expect(shop.asked).toHaveLength(2);
    await shop.engine.lookAtOffers({ itemId: 'item-1', maxAgeMs: 0 });
    expect(shop.asked).toHaveLength(3);
  });

  it.each([
    ['the shop says which', 'de', undefined, 2, 'EUR'],
    ['the page speaks of a currency', undefined, 'EUR', 2, 'EUR'],
    ["the shop's word beats the page's currency", 'gb', 'EUR', 1.5, 'GBP'],
    ['nobody says: the first of the file', undefined, undefined, 1.5, 'GBP'],
    ['the page speaks of a currency that no market has', undefined, 'USD', 1.5, 'GBP'],
  ])('are those of one market: %s', async (_, market, shown, price, currency) => {
    const shop = await aShop({ 'item-1': { price: { gb: 1.5, de: 2 } } }, market ? { market } : {});
    await shop.look();
    const facts = shown ? [{ itemId: 'item-9', currency: shown }] : [];
    expect(await shop.factsOf('item-1', { facts })).toMatchObject({ price, currency });
    // A catalogue's price of another currency is none of this market.
    const unoffered = await shop.factsOf('item-5', { facts });
    expect(unoffered?.price === undefined).toBe(currency === 'EUR');
  });

  it('of a market that the file does not have show no price of another, and say so', async () => {
    const shop = await aShop({ 'item-1': { price: { gb: 1.5 }, availability: 'preorder' } }, { market: 'us' });
    const catalogue = (await shop.factsOf('item-1'))?.price;
    expect((await shop.look()).problem?.message).toContain('no market "us", but gb, de');
    expect(await shop.factsOf('item-1')).toMatchObject({ price: catalogue, availability: 'preorder' });
  });

  it('show a regular price only above the price it belongs to', async () => {
    const shop = await aShop({
      'item-1': { price: { gb: 1.5 }, regularPrice: { gb: 2 } },
      'item-2': { price: { gb: 1.5 }, regularPrice: { gb: 1.5 } },
    });
    await shop.look();
    expect(await shop.factsOf('item-1')).toMatchObject({ offer: { price: 1.5, regularPrice: 2, currency: 'GBP' } });
    expect(await shop.factsOf('item-2')).not.toHaveProperty('offer');
  });

  it.each<[string, unknown, string, RegExp]>([
    ['a file that is none', 'not json', 'offers-invalid', /Write it with "tillside offers"/],
    ['one that is too large', new TillsideError('bundle-too-large', 'Too large.'), 'offers-invalid', /more than 8000000 bytes/],
    ['one that does not come', new TillsideError('bundle-timeout', 'Too slow.'), 'offers-unreachable', /Too slow/],
  ])('do no harm by %s: the catalogue stays, the diagnostic says what to do', async (_, file, code, message) => {
    const shop = await aShop({});
    const before = await shop.factsOf('item-1');
    shop.file = file;
    const { revision, problem } = await shop.look();
    expect({ revision, code: problem?.code }).toEqual({ revision: 0, code });
    expect(problem?.message).toMatch(message);
    expect((await shop.engine.status()).diagnostics.map((each) => each.code)).toContain(code);
    expect(await shop.factsOf('item-1')).toEqual(before);
  });

  it('stay as they were when the next file is broken', async () => {
    const shop = await aShop({ 'item-1': { price: { gb: 1.5 } } });
    await shop.look();
    shop.file = '{';
    shop.now += 16 * MINUTE_MS;
    expect((await shop.look()).problem?.code).toBe('offers-invalid');
    expect((await shop.factsOf('item-1'))?.price).toBe(1.5);
  });

  it('are nothing where the shop has none', async () => {
    const shop = await aShop({}, { hasOffers: false });
    expect(await shop.look()).toBeUndefined();
    expect(shop.asked).toEqual([]);
  });

  it('look at a question that is none as at no question', async () => {
    const shop = await aShop({ 'item-1': { price: { gb: 1.5 } } });
    for (const question of [null, 'item-1', { itemId: 1 }, { maxAgeMs: -1 }])
      expect((await shop.engine.lookAtOffers(question as never))?.revision).toBeGreaterThan(0);
    expect(shop.asked).toHaveLength(1);
  });
});
