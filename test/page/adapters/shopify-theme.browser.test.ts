import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopifyThemeSource } from '../../../src/page/adapters/shopify-theme.js';
import { aDelay, aliasesOf, CAKESTAND, cartJson, type FakeShop, HEART, idOf, openShop, startSource } from './shopify-shop.js';

let shop: FakeShop;
let page: ReturnType<typeof startSource>;

/** Starts, and waits for the cart as it is at first. */
async function start(): Promise<void> {
  page = startSource(createShopifyThemeSource);
  await vi.waitFor(() => expect(page.snapshots()).toHaveLength(1));
}
const post = (path: string, content: object) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) });
const added = (item: typeof HEART, quantity = 1) => ({
  type: 'add_to_cart',
  itemId: idOf(item),
  quantity,
  price: item.price / 100,
  aliases: aliasesOf(item),
});

beforeEach(() => {
  shop = openShop();
});
afterEach(() => {
  page.stop();
  expect(page.errors).toEqual([]);
  shop.close();
});

describe('the cart of a Shopify theme', () => {
  it('is told at the start, in major units, with every id of an item', async () => {
    shop.items.push({ id: HEART.id, quantity: 2, properties: {} });
    await start();
    expect(page.snapshots()).toEqual([
      [{ itemId: idOf(HEART), quantity: 2, price: 2.95, currency: 'GBP', aliases: aliasesOf(HEART) }],
    ]);
    expect(page.mutations()).toEqual([]);
    const facts = { title: HEART.handle, price: 2.95, currency: 'GBP', brand: 'Tiny Gifts', category: 'Gifts' };
    expect(page.facts()).toContainEqual(expect.objectContaining({ ...facts, itemId: '85123A', variantOf: '7000085123' }));
    expect(page.facts()).toContainEqual(expect.not.objectContaining({ variantOf: expect.anything() }));
  });

  it('adds up the lines of one variant', async () => {
    shop.items.push(
      { id: HEART.id, quantity: 1, properties: {} },
      { id: HEART.id, quantity: 3, properties: { engraving: 'Ada' } },
    );
    await start();
    expect(page.snapshots()[0]).toEqual([expect.objectContaining({ itemId: idOf(HEART), quantity: 4 })]);
  });

  it('has the price that the cart shows after discounts (coveo/ui-kit#7947)', async () => {
    const items = [{ variant_id: 8, quantity: 1, price: 295, original_price: 295, final_price: 250 }];
    shop.before = () => new Response(JSON.stringify({ items, currency: 'GBP' }));
    await start();
    expect(page.snapshots()[0]).toEqual([expect.objectContaining({ itemId: '8', price: 2.5 })]);
    expect(page.facts()).toEqual([{ itemId: '8', price: 2.95, currency: 'GBP' }]);
  });

  it('has prices in hundredths of yen as well', async () => {
    shop.currency = 'JPY';
    shop.items.push({ id: CAKESTAND.id, quantity: 1, properties: {} });
    await start();
    expect(page.snapshots()[0]).toEqual([expect.objectContaining({ price: 12.75, currency: 'JPY' })]);
  });

  it('is read anew on a page out of the back/forward cache, and what another page added is no add of this one', async () => {
    await start();
    shop.items.push({ id: HEART.id, quantity: 1, properties: {} });
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
  });

  it('that cannot be read is a diagnostic and no cart', async () => {
    shop.before = () => new Response('<h1>Opening soon</h1>');
    page = startSource(createShopifyThemeSource);
    await vi.waitFor(() => expect(page.errors).toHaveLength(1));
    expect(page.errors.splice(0)[0]).toMatch(/^page-failed \/cart\.js answered 200 without a cart/);
    expect(page.told).toEqual([]);
  });

  it('of odd values gives only what is right in it', async () => {
    const odd = [
      null,
      7,
      'x',
      [],
      {},
      { variant_id: {}, quantity: 1 },
      { variant_id: 5, quantity: -1 },
      { variant_id: 6, quantity: 1e9 },
    ];
    const items = [...odd, { variant_id: '8', quantity: 1, price: 'free', sku: ' ', handle: 5, product_id: null, url: {} }];
    shop.before = () => new Response(JSON.stringify({ items, currency: 'pounds' }));
    await start();
    expect(page.snapshots()).toEqual([[{ itemId: '8', quantity: 1, aliases: ['5'] }]]);
  });
});

describe('changes by the theme', () => {
  const units = (item: typeof HEART, quantity: number) => ({
    type: 'update_cart',
    itemId: idOf(item),
    quantity,
    aliases: aliasesOf(item),
  });
  const gone = (item: typeof HEART) => ({ type: 'remove_from_cart', itemId: idOf(item), aliases: aliasesOf(item) });

  beforeEach(() => {
    shop.items.push({ id: HEART.id, quantity: 2, properties: {} }, { id: CAKESTAND.id, quantity: 1, properties: {} });
  });

  it.each<[string, string, object, object[]]>([
    ['a quantity by line', 'change.js', { line: 1, quantity: 5 }, [units(HEART, 5)]],
    ['a quantity by key', 'change.js', { id: `${HEART.id}:0123abcd`, quantity: 1 }, [units(HEART, 1)]],
    ['one line removed, and the other stays (GA4-Shopify-DataLayer#1)', 'change.js', { line: 2, quantity: 0 }, [gone(CAKESTAND)]],
    ['an update of several', 'update.js', { updates: { [HEART.id]: 0, [CAKESTAND.id]: 3 } }, [gone(HEART), units(CAKESTAND, 3)]],
    ['a cleared cart', 'clear.js', {}, [gone(HEART), gone(CAKESTAND)]],
    ['a note', 'update.js', { note: 'Happy birthday' }, []],
  ])('%s is told as it is', async (_what, path, content, mutations) => {
    await start();
    await post(`/cart/${path}`, content);
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual(mutations);
    expect(page.snapshots()[1]).toHaveLength(shop.items.length);
  });

  it('refused, changes nothing', async () => {
    await start();
    expect((await post('/cart/change.js', { line: 9, quantity: 1 })).status).toBe(422);
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
  });

  it('in a burst are read once, when the last is answered, and an older reading never wins', async () => {
    await start();
    const slow = aDelay<undefined>();
    shop.before = (path) => (path === 'cart/change.js' && shop.requests.length > 3 ? slow.promise : undefined);
    const first = post('/cart/change.js', { line: 1, quantity: 3 });
    await first;
    const last = post('/cart/change.js', { line: 1, quantity: 4 });
    await vi.waitFor(() => expect(shop.requests.at(-1)).toBe('POST /cart/change.js'));
    slow.resolve(undefined);
    await last;
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.snapshots()[1]?.[0]).toMatchObject({ quantity: 4 });
    expect(page.mutations()).toEqual([units(HEART, 4)]);
  });

  it('made while the cart is being read make that reading void', async () => {
    await start();
    const slow = aDelay<Response>();
    const stale = new Response(JSON.stringify(cartJson(shop)));
    shop.before = (path) => {
      shop.before = () => undefined;
      return path === 'cart.js' ? slow.promise : undefined;
    };
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await post('/cart/add.js', { id: CAKESTAND.id });
    slow.resolve(stale);
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.snapshots()[1]?.[1]).toMatchObject({ itemId: idOf(CAKESTAND), quantity: 2 });
    expect(page.mutations()).toEqual([added(CAKESTAND)]);
  });
});
