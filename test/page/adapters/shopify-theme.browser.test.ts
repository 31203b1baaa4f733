import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopifyThemeSource } from '../../../src/page/adapters/shopify-theme.js';
import {
  aDelay,
  aliasesOf,
  CAKESTAND,
  cartJson,
  type FakeShop,
  HEART,
  idOf,
  openShop,
  SOLD_OUT,
  startSource,
} from './shopify-shop.js';

let shop: FakeShop;
let page: ReturnType<typeof startSource>;

/** Starts, and waits for the cart as it is at first. */
async function start(): Promise<void> {
  page = startSource(createShopifyThemeSource);
  await vi.waitFor(() => expect(page.snapshots()).toHaveLength(1));
}
const post = (path: string, content: object) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) });
const cartLine = ({ id }: typeof HEART) => cartJson({ items: [{ id, quantity: 1, properties: {} }], currency: 'GBP' }).items[0];
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

describe('an add by the theme', () => {
  const formData = () => {
    const form = new FormData();
    form.append('form_type', 'product');
    form.append('id', idOf(HEART));
    form.append('quantity', '2');
    form.append('sections', 'cart-drawer,cart-icon-bubble');
    return form;
  };
  const json = { 'content-type': 'application/json' };
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
  const fields = `quantity=2&id=${idOf(HEART)}`;
  const items = JSON.stringify({ items: [{ id: HEART.id, quantity: 2 }], sections: ['cart-drawer'] });

  it.each<[string, () => Promise<Response>]>([
    ['FormData', () => fetch('/cart/add.js', { method: 'POST', body: formData() })],
    ['FormData without .js', () => fetch('/cart/add', { method: 'POST', body: formData() })],
    ['JSON', () => post('/cart/add.js', { id: HEART.id, quantity: 2 })],
    ['a JSON list', () => fetch('/cart/add.js', { method: 'POST', headers: json, body: items })],
    ['a urlencoded text', () => fetch('/cart/add.js', { method: 'POST', headers: urlencoded, body: fields })],
    ['URLSearchParams', () => fetch('/cart/add.js', { method: 'POST', body: new URLSearchParams(fields) })],
    ['a Request of a form', () => fetch(new Request('/cart/add.js', { method: 'POST', body: formData() }))],
    ['a Request of JSON', () => fetch(new Request('/cart/add.js', { method: 'POST', headers: json, body: items }))],
    ['a URL', () => fetch(new URL('/cart/add.js', location.href), { method: 'POST', body: formData() })],
  ])('as %s is one add of so many units, before the cart shows it', async (_how, send) => {
    await start();
    const answer = await send();
    // The page reads its own answer, with what it asked to be rendered.
    expect(await answer.json()).toBeTruthy();
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([added(HEART, 2)]);
    expect(page.told.map(([method]) => method)).toEqual(['snapshot', 'mutation', 'products', 'snapshot']);
    expect(page.snapshots()[1]).toEqual([expect.objectContaining({ itemId: idOf(HEART), quantity: 2 })]);
  });

  it('of more of what is there counts the new units alone', async () => {
    shop.items.push({ id: HEART.id, quantity: 5, properties: {} });
    await start();
    await post('/cart/add.js', { items: [{ id: HEART.id, quantity: 1 }, { id: CAKESTAND.id }] });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([added(HEART), added(CAKESTAND)]);
  });

  it('whose answer is a page is told with the ids that the cart knows', async () => {
    await start();
    shop.before = (path) => {
      if (path !== 'cart/add') return undefined;
      shop.items.push({ id: HEART.id, quantity: 1, properties: {} });
      return new Response('<html>');
    };
    await fetch('/cart/add', { method: 'POST', body: new URLSearchParams({ id: idOf(HEART) }) });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([added(HEART)]);
  });

  it('whose body cannot be read is told by the cart that shows it', async () => {
    await start();
    const body = new Blob([items], { type: 'application/json' });
    await fetch('/cart/add.js', { method: 'POST', body });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([{ type: 'update_cart', itemId: idOf(HEART), quantity: 2, aliases: aliasesOf(HEART) }]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['refused with 422', () => post('/cart/add.js', { id: SOLD_OUT.id, quantity: 1 })],
    ['answered with 500', () => post('/cart/add.js', { id: HEART.id })],
    ['cut off', () => post('/cart/add.js', { id: HEART.id }).catch((error: Error) => error)],
  ])('that is %s reports nothing but the cart as it stands', async (how, send) => {
    await start();
    if (how !== 'refused with 422')
      shop.before = (path) => {
        if (path !== 'cart/add.js') return undefined;
        return how === 'cut off' ? Promise.reject(new TypeError('Failed to fetch')) : new Response('oops', { status: 500 });
      };
    await send();
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
    expect(page.snapshots()).toEqual([[], []]);
  });

  it.each([
    ['a locale root', '/en-gb/', '/en-gb/cart/add.js'],
    ['a market root', '/our_market/', '/our_market/cart/add.js'],
    ['no root on a page that has one', '/fr/', '/cart/add.js'],
    ['a locale on a page that has none', '/', '/pt-BR/cart/add'],
  ])('under %s is one', async (_where, root, path) => {
    shop.close();
    shop = openShop(root);
    shop.before = (rest) => {
      if (!/cart\/add/.test(rest)) return undefined;
      shop.items.push({ id: HEART.id, quantity: 1, properties: {} });
      return new Response(JSON.stringify(cartJson(shop).items[0]));
    };
    await start();
    await post(path, { id: HEART.id });
    await vi.waitFor(() => expect(page.mutations()).toEqual([added(HEART)]));
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(cartRequests()).toEqual([`GET ${root}cart.js`, `GET ${root}cart.js`]);
  });

  it('by XMLHttpRequest is one, and the page reads its answer', async () => {
    const answer = URL.createObjectURL(new Blob([JSON.stringify({ ...cartLine(HEART), quantity: 2 })]));
    // A shop behind XMLHttpRequest: under our hooks, as the browser's own is.
    const { open } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (this: XMLHttpRequest) {
      return Reflect.apply(open, this, ['GET', answer]);
    };
    await start();
    shop.items.push({ id: HEART.id, quantity: 2, properties: {} });
    const request = new XMLHttpRequest();
    request.open('POST', '/cart/add.js');
    const loaded = new Promise((resolve) => request.addEventListener('load', resolve));
    request.send(fields);
    await loaded;
    expect(JSON.parse(request.responseText)).toMatchObject({ quantity: 2 });
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([added(HEART, 2)]);
  });

  it('by XMLHttpRequest that fails is none', async () => {
    await start();
    const request = new XMLHttpRequest();
    request.open('POST', '/cart/add.js');
    request.send(fields);
    request.abort();
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
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

describe('an add from the widget', () => {
  const order = (item: typeof HEART, itemId = item.sku) => ({
    itemId,
    quantity: 1,
    item: { itemId, url: `https://shop.example/en/products/${item.handle}?utm=1` },
  });

  it('finds the variant by the product’s SKU, and leaves the counting to who asked', async () => {
    await start();
    await page.source.add?.(order(HEART));
    expect(shop.requests).toContain('GET /products/hanging-heart.js');
    expect(shop.items).toEqual([expect.objectContaining({ id: HEART.id, quantity: 1 })]);
    await vi.waitFor(() => expect(page.snapshots()).toHaveLength(2));
    expect(page.mutations()).toEqual([]);
  });

  it('takes a numeric id at its word where no url leads to a product', async () => {
    await start();
    await page.source.add?.({ itemId: idOf(CAKESTAND), quantity: 3 });
    expect(shop.items).toEqual([expect.objectContaining({ id: CAKESTAND.id, quantity: 3 })]);
  });

  it('takes what can be bought of a product that the bundle knows by its handle', async () => {
    await start();
    await page.source.add?.(order(CAKESTAND, 'cakestand'));
    expect(shop.items).toEqual([expect.objectContaining({ id: CAKESTAND.id })]);
  });

  it('rejects in Shopify’s own words when it refuses (woocommerce#42530)', async () => {
    await start();
    await expect(page.source.add?.(order(SOLD_OUT))).rejects.toThrow("The product 'Sold out' is already sold out.");
    expect(page.mutations()).toEqual([]);
  });

  it('says what is missing where neither id nor url lead to a variant', async () => {
    await start();
    await expect(page.source.add?.({ itemId: '85123A', quantity: 1 })).rejects.toThrow('its url leads to no product');
    const gone = { ...order(HEART), item: { itemId: '85123A', url: '/products/gone' } };
    await expect(page.source.add?.(gone)).rejects.toThrow('the shop has no product "gone"');
  });

  it('is taken back by its quantity, from the line without properties', async () => {
    shop.items.push(
      { id: HEART.id, quantity: 2, properties: { engraving: 'Ada' } },
      { id: CAKESTAND.id, quantity: 3, properties: {} },
    );
    await start();
    await page.source.remove?.({ ...order(CAKESTAND), quantity: 2 });
    expect(shop.items.map(({ quantity }) => quantity)).toEqual([2, 1]);
  });

  it('has the drawer, the bubble and the cart page show it, by sections that Trusted Types allow (dawn#1832)', async () => {
    const { open } = XMLHttpRequest.prototype;
    const sections: Record<string, string> = {
      'cart-drawer': '<div class="drawer__inner">drawer: one<script>document.title = "run"</script></div>',
      'cart-icon-bubble': '<div id="shopify-section-cart-icon-bubble" class="shopify-section">1</div>',
      'template--7__cart-items':
        '<div id="shopify-section-template--7__cart-items" class="shopify-section"><link rel="stylesheet" href="data:text/css,"><div class="js-contents">row: one</div></div>',
    };
    const asked: string[] = [];
    XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, _method: string, url: string | URL) {
      const id = new URL(url, location.href).searchParams.get('section_id') ?? '';
      asked.push(id);
      Reflect.apply(open, this, ['GET', URL.createObjectURL(new Blob([sections[id] ?? ''], { type: 'text/html' }))]);
    };
    await start();
    document.body.innerHTML = `<a id="cart-icon-bubble">0</a>
      <cart-drawer class="is-empty"><div id="CartDrawer"><p>overlay</p><div class="drawer__inner">drawer: none</div></div></cart-drawer>
      <div id="shopify-section-template--7__cart-items"><i>style</i><cart-items class="is-empty"><div class="js-contents">none</div></cart-items></div>
      <div id="shopify-section-header">header</div>`;
    const { title } = document;
    await page.source.add?.(order(HEART));
    await vi.waitFor(() => {
      expect(document.querySelector('#cart-icon-bubble')?.textContent).toBe('1');
      expect(document.querySelector('#CartDrawer')?.textContent).toMatch(/^overlaydrawer: one/);
      expect(document.querySelector('[id$=cart-items]')?.textContent).toBe('stylerow: one');
    });
    expect(document.querySelectorAll('.is-empty')).toHaveLength(0);
    expect(asked.sort()).toEqual(Object.keys(sections));
    expect(document.title).toBe(title);
  });

  it('is seen by others’ hooks, and by events that themes read their cart on', async () => {
    await start();
    const ours = window.fetch;
    const seen: unknown[] = [];
    window.fetch = (...args) => {
      seen.push(args[0]);
      return ours(...args);
    };
    const events: string[] = [];
    const onRefresh = ({ type }: Event) => events.push(type);
    for (const type of ['cart:refresh', 'cart:build']) document.addEventListener(type, onRefresh, { once: true });
    await page.source.add?.(order(HEART));
    expect(seen).toContain('/cart/add.js');
    expect(events).toEqual(['cart:refresh', 'cart:build']);
    window.fetch = ours;
  });
});

describe('a product page', () => {
  const meta = (fields: object = {}) => ({
    product: {
      ...{ id: HEART.product_id, gid: 'gid://shopify/Product/7000085123', vendor: 'Tiny Gifts', type: 'Candles' },
      variants: [
        { id: HEART.id, price: 295, name: 'Hanging Heart - White', public_title: 'White', sku: '85123A' },
        { id: HEART.id + 1, price: 315, name: 'Hanging Heart - Red', public_title: 'Red', sku: '85123R' },
      ],
    },
    page: { pageType: 'product', resourceType: 'product', resourceId: HEART.product_id },
    ...fields,
  });
  const white = { itemId: idOf(HEART), aliases: ['85123A', '7000085123'] };
  const red = { itemId: String(HEART.id + 1), aliases: ['85123R', '7000085123'] };

  it.each([
    ['ShopifyAnalytics.meta', () => Object.assign(window, { ShopifyAnalytics: { meta: meta() } })],
    ['meta', () => Object.assign(window, { meta: meta() })],
  ])('is known by %s: the variant and what is said of it', async (_where, put) => {
    put();
    await start();
    expect(page.pages()).toEqual([white]);
    const facts = { title: 'Hanging Heart', price: 3.15, currency: 'GBP', brand: 'Tiny Gifts', category: 'Candles' };
    expect(page.facts()).toContainEqual({ ...facts, itemId: '85123R', variantOf: '7000085123' });
  });

  it('is about the variant of its address, then about the one that is picked', async () => {
    Object.assign(window, { ShopifyAnalytics: { meta: meta({ selectedVariantId: idOf(HEART) }) } });
    const home = location.href;
    history.replaceState(null, '', `?variant=${HEART.id + 1}`);
    await start();
    expect(page.pages()).toEqual([red]);
    document.body.innerHTML = `<form action="/cart/add" method="post"><input type="hidden" name="id" value="${HEART.id}"></form>`;
    document.querySelector('input')?.dispatchEvent(new Event('change', { bubbles: true }));
    expect(page.pages()).toEqual([red, white]);
    history.replaceState(null, '', home);
  });

  it('says more in the theme’s script', async () => {
    Object.assign(window, { meta: meta() });
    const variants = [{ id: HEART.id, sku: '85123A', price: 295, available: false, barcode: '5012345678900' }];
    const product = {
      id: HEART.product_id,
      title: 'Hanging Heart',
      handle: 'hanging-heart',
      featured_image: '//cdn.example/a.jpg',
      variants,
    };
    document.body.innerHTML =
      '<script type="application/json" data-product-json>{</script><script type="application/json" data-product-json></script>';
    document.querySelector('script:last-child[data-product-json]')?.append(JSON.stringify(product));
    await start();
    expect(page.pages()).toEqual([{ itemId: idOf(HEART), aliases: ['85123A', '5012345678900', '7000085123', 'hanging-heart'] }]);
    const facts = { itemId: '5012345678900', availability: 'out_of_stock', url: '/products/hanging-heart' };
    expect(page.facts()).toContainEqual(expect.objectContaining({ ...facts, imageUrl: '//cdn.example/a.jpg' }));
  });

  it('is none where the page is another', async () => {
    Object.assign(window, { meta: meta({ page: { pageType: 'collection' } }) });
    await start();
    expect(page.pages()).toEqual([]);
    expect(page.facts()).toEqual([]);
  });
});

describe('the old thank-you page', () => {
  const checkout = {
    ...{ order_id: 5001, currency: 'GBP' },
    line_items: [
      { variant_id: HEART.id, product_id: HEART.product_id, sku: '85123A', quantity: 2, price: '2.95' },
      { quantity: 1 },
      null,
    ],
  };
  const home = location.href;
  afterEach(() => history.replaceState(null, '', home));

  it('is a purchase of its items, in major units', async () => {
    history.replaceState(null, '', '/1/checkouts/abc/thank_you');
    Object.assign((window as unknown as { Shopify: object }).Shopify, { checkout });
    await start();
    const item = { itemId: idOf(HEART), quantity: 2, price: 2.95, currency: 'GBP', aliases: ['85123A', '7000085123'] };
    expect(page.events()).toEqual([{ type: 'purchase', items: [item] }]);
  });

  it('is none when the order is looked at again', async () => {
    history.replaceState(null, '', '/1/orders/abc');
    Object.assign((window as unknown as { Shopify: object }).Shopify, { checkout });
    await start();
    expect(page.events()).toEqual([]);
  });
});
