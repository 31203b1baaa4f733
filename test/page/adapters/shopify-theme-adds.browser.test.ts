import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopifyThemeSource } from '../../../src/page/adapters/shopify-theme.js';
import { aliasesOf, CAKESTAND, cartJson, type FakeShop, HEART, idOf, openShop, SOLD_OUT, startSource } from './shopify-shop.js';

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
