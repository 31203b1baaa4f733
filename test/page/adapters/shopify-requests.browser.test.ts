import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopifyThemeSource } from '../../../src/page/adapters/shopify-theme.js';
import { aliasesOf, type FakeShop, HEART, idOf, openShop, startSource } from './shopify-shop.js';

let shop: FakeShop;
let page: ReturnType<typeof startSource>;

/** Starts, and waits for the cart as it is at first. */
async function start(): Promise<void> {
  page = startSource(createShopifyThemeSource);
  await vi.waitFor(() => expect(page.snapshots()).toHaveLength(1));
}
const post = (path: string, content: object) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) });
const cartRequests = () => shop.requests.filter((line) => line.endsWith('/cart.js'));
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

describe('the page’s own requests', () => {
  it('elsewhere are left alone: sections, products, other shops, look-alikes', async () => {
    await start();
    const others = [
      '/cart?section_id=main-cart-items',
      '/?sections=cart-drawer',
      '/products/cakestand.js',
      '/apps/cart/add.js',
      '/api/cart/add',
      '/cart/adds.js',
    ];
    for (const path of [...others, 'https://other.example/cart/add.js']) {
      shop.before = () => new Response('{}');
      await fetch(path, { method: 'POST', body: `id=${HEART.id}` });
    }
    expect(cartRequests()).toHaveLength(1);
    expect(page.mutations()).toEqual([]);
  });

  it('get the very promise, arguments, `this` and errors that they would get without us', async () => {
    const problem = new TypeError('no network');
    const answer = Promise.resolve(new Response('{}'));
    const calls: unknown[] = [];
    const native = window.fetch;
    const stub = function fetch(this: unknown, ...args: unknown[]) {
      calls.push([this, ...args]);
      if (args[0] === '/cart/add.js?throw') throw problem;
      return args[0] === '/cart/add.js' ? answer : Reflect.apply(native, window, args);
    };
    Object.assign(stub, { isPatched: true });
    window.fetch = stub as typeof fetch;
    await start();
    const self = {};
    const init = { method: 'POST', body: '{"id":1}' };
    expect(window.fetch.call(self as Window, '/cart/add.js', init)).toBe(answer);
    expect(calls.at(-1)).toEqual([self, '/cart/add.js', init]);
    expect((calls.at(-1) as unknown[])[2]).toBe(init);
    expect(() => window.fetch('/cart/add.js?throw')).toThrow(problem);
    expect([window.fetch.name, Reflect.get(window.fetch, 'isPatched')]).toEqual(['fetch', true]);
    page.stop();
    expect(window.fetch).toBe(stub);
  });

  it('are as they were after the stop', async () => {
    const before = [window.fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send];
    await start();
    expect(window.fetch).not.toBe(before[0]);
    page.stop();
    expect([window.fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send]).toEqual(before);
    expect(window.fetch).toBe(before[0]);
    await post('/cart/add.js', { id: HEART.id });
    expect(cartRequests()).toHaveLength(1);
  });

  it('keep the hook that another put over ours, which then is idle', async () => {
    await start();
    const ours = window.fetch;
    const theirs: typeof fetch = (...args) => ours(...args);
    window.fetch = theirs;
    page.stop();
    expect(window.fetch).toBe(theirs);
    expect((await post('/cart/add.js', { id: HEART.id })).ok).toBe(true);
    expect(cartRequests()).toHaveLength(1);
  });

  it('survive what is no promise, no response and no URL', async () => {
    const native = window.fetch;
    const answers: unknown[] = [undefined, 7, {}, Promise.resolve(null), Promise.resolve({ ok: true })];
    window.fetch = ((input: unknown, init: RequestInit) =>
      String(input).includes('add') ? answers.shift() : native(input as string, init)) as typeof fetch;
    await start();
    const kept = [...answers];
    for (const answer of kept) expect(fetch('/cart/add.js', { method: 'POST', body: '{' })).toBe(answer);
    expect(() => fetch('http://[/cart/add.js')).not.toThrow();
    expect(() => fetch({ toString: () => '/cart/add.js' } as unknown as string)).not.toThrow();
    shop.before = (path) => (path === 'cart/change.js' ? new Response('{}') : undefined);
    await fetch(new Request('/cart/change.js', { method: 'POST', body: 'a Request of neither' }));
    await vi.waitFor(() => expect(page.snapshots().length).toBeGreaterThan(1));
    expect(page.mutations()).toEqual([]);
  });

  it('are not observed where fetch is frozen, and nothing is thrown', async () => {
    const { fetch: native } = window;
    Object.defineProperty(window, 'fetch', { value: native, writable: false, configurable: true });
    await start();
    await post('/cart/add.js', { id: HEART.id });
    page.stop();
    Object.defineProperty(window, 'fetch', { value: native, writable: true, configurable: true });
    expect(cartRequests()).toHaveLength(1);
  });

  it('are observed on a page whose Shopify global throws', async () => {
    Object.defineProperty(window, 'Shopify', {
      configurable: true,
      get() {
        throw new Error('hostile');
      },
    });
    await start();
    await post('/cart/add.js', { id: HEART.id });
    await vi.waitFor(() => expect(page.mutations()).toEqual([added(HEART)]));
  });
});
