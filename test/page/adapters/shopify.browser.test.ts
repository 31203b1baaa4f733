import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopifySource } from '../../../src/page/adapters/shopify.js';
import { aDelay, aliasesOf, CAKESTAND, type FakeShop, HEART, idOf, openShop, startSource } from './shopify-shop.js';

let shop: FakeShop;
let page: ReturnType<typeof startSource>;

const gidOf = (item: typeof HEART) => `gid://shopify/ProductVariant/${item.id}`;
const added = (item: typeof HEART, quantity = 1) => ({
  type: 'add_to_cart',
  itemId: idOf(item),
  quantity,
  price: item.price / 100,
  aliases: aliasesOf(item),
});

/** As the platform has it: fields on the event, which bubbles from the most specific element. */
function announce(type: string, fields: object, target: EventTarget = document.body): void {
  target.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), fields));
}

/** What events and actions call a cart: lines by ids of their own. */
const cartSummary = () => {
  const cost = { totalAmount: { amount: '0.00', currencyCode: 'GBP' } };
  const lines = shop.items.map(({ id, quantity }) => ({ id: `gid://shopify/CartLine/${id}-f0?cart=c1`, quantity, cost }));
  return { id: 'gid://shopify/Cart/c1', totalQuantity: lines.length, cost, lines: { nodes: lines }, discountCodes: [] };
};

function announceAdd(item: typeof HEART, quantity = 1, context = 'product') {
  const result = aDelay<object>();
  const lines = [{ merchandiseId: gidOf(item), quantity }];
  announce('shopify:cart:lines-update', { action: 'add', context, lines, promise: result.promise });
  return result;
}

const put = (item: typeof HEART, quantity = 1) => shop.items.push({ id: item.id, quantity, properties: {} });
const post = (path: string, content: object) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) });

beforeEach(async () => {
  shop = openShop();
  page = startSource(createShopifySource);
  await vi.waitFor(() => expect(page.snapshots()).toHaveLength(1));
});
afterEach(() => {
  page.stop();
  expect(page.errors).toEqual([]);
  shop.close();
});

describe('a standard event of an add', () => {
  it('is told once, when its promise says that it is made, with every id of the item', async () => {
    const result = announceAdd(HEART, 2);
    expect(page.mutations()).toEqual([]);
    put(HEART, 2);
    result.resolve({ cart: cartSummary() });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([added(HEART, 2)]);
    expect(page.told.map(([method]) => method)).toEqual(['snapshot', 'mutation', 'products', 'snapshot']);
  });

  it('and the request that makes it are one add', async () => {
    const result = announceAdd(HEART);
    await post('/cart/add.js', { id: HEART.id });
    await fetch('/cart.js');
    result.resolve({ cart: cartSummary() });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    await post('/cart/add.js', { id: CAKESTAND.id }); // an app's own, which nobody announces
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(3));
    expect(page.mutations()).toEqual([added(HEART), added(CAKESTAND)]);
  });

  it('that takes a while lets no reading of the cart through before it is settled', async () => {
    const result = announceAdd(HEART);
    put(HEART);
    announce('shopify:cart:view', { context: 'dialog', cart: cartSummary() });
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(shop.requests).toEqual(['GET /cart.js']);
    result.resolve({ cart: cartSummary() });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([added(HEART)]);
  });

  it.each<[string, (result: ReturnType<typeof announceAdd>) => void]>([
    ['is declined', ({ resolve }) => resolve({ cart: cartSummary(), userErrors: [{ code: 'INVALID', message: 'No' }] })],
    [
      'leaves nothing in the cart',
      ({ resolve }) => resolve({ cart: cartSummary(), warnings: [{ code: 'MERCHANDISE_OUT_OF_STOCK', message: 'No' }] }),
    ],
    [
      'fails',
      ({ reject }) => {
        reject(new Error('Network'));
        announce('shopify:cart:error', { error: 'Network', code: 'SERVICE_UNAVAILABLE' });
      },
    ],
  ])('that %s reports nothing but the cart as it stands', async (_how, settle) => {
    settle(announceAdd(HEART));
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
    expect(page.snapshots()[1]).toEqual([]);
  });

  it('capped at the stock is corrected by the cart', async () => {
    const result = announceAdd(HEART, 5);
    put(HEART, 3);
    result.resolve({ cart: cartSummary(), warnings: [{ code: 'MERCHANDISE_NOT_ENOUGH_STOCK', message: 'Only 3' }] });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([
      added(HEART, 5),
      { type: 'update_cart', itemId: idOf(HEART), quantity: 3, aliases: aliasesOf(HEART) },
    ]);
  });

  it.each([
    ['no promise', {}],
    [
      'odd lines',
      {
        promise: Promise.resolve({ cart: null }),
        lines: [null, 7, { merchandiseId: {}, quantity: 1 }, { merchandiseId: 'x', quantity: 1 }],
      },
    ],
    ['no lines', { promise: Promise.resolve(null), lines: 'all' }],
  ])('with %s is survived, and the cart is read', async (_what, fields) => {
    announce('shopify:cart:lines-update', { action: 'add', context: 'product', ...fields });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
  });

  it('whose fields throw is survived', async () => {
    const event = new Event('shopify:cart:lines-update', { bubbles: true });
    const hostile = () => {
      throw new Error('hostile');
    };
    for (const name of ['action', 'lines', 'context', 'promise']) Object.defineProperty(event, name, { get: hostile });
    document.dispatchEvent(event);
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
  });

  it('is not told after the stop', async () => {
    page.stop();
    announceAdd(HEART).resolve({ cart: cartSummary() });
    await post('/cart/add.js', { id: HEART.id });
    expect(shop.requests).toEqual(['GET /cart.js', 'POST /cart/add.js']);
  });
});

describe('standard events of the cart', () => {
  it('tell an update and a removal by their outcome', async () => {
    put(HEART, 2);
    put(CAKESTAND, 1);
    announce('shopify:cart:view', { context: 'page', cart: cartSummary() });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    const result = aDelay<object>();
    const lines = [{ id: `gid://shopify/CartLine/${HEART.id}-f0?cart=c1`, quantity: 5 }];
    announce('shopify:cart:lines-update', { action: 'update', context: 'cart', lines, promise: result.promise });
    shop.items.splice(0, 2, { id: HEART.id, quantity: 5, properties: {} });
    result.resolve({ cart: cartSummary() });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(3));
    expect(page.mutations()).toEqual([
      { type: 'update_cart', itemId: idOf(HEART), quantity: 5, aliases: aliasesOf(HEART) },
      { type: 'remove_from_cart', itemId: idOf(CAKESTAND), aliases: aliasesOf(CAKESTAND) },
    ]);
  });

  it.each([
    ['applied', [{ code: 'TEN', applicable: true }], [{ type: 'apply_coupon' }]],
    ['that does not apply', [{ code: 'NO', applicable: false }], []],
    ['taken off', [], []],
  ])('tell of a discount %s, and its prices', async (_what, discountCodes, events) => {
    const promise = Promise.resolve({ cart: { ...cartSummary(), discountCodes } });
    announce('shopify:cart:discount-update', { discountCodes: [{ code: 'TEN' }], promise });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.events()).toEqual(events);
  });
});
