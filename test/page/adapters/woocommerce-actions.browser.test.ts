import { afterEach, describe, expect, it, vi } from 'vitest';
import { anItem, bringJQuery, closeFakeShop, jQuery, openFakeShop, type Page } from './fake-woocommerce.js';

afterEach(closeFakeShop);

const product = (fields: object = {}) => ({ id: 38, sku: 'woo-beanie', slug: 'beanie', name: 'Beanie', parent: 0, ...fields });

/** The changes of the cart that were asked for. */
const changes = ({ asked }: ReturnType<typeof openFakeShop>) =>
  asked.filter(({ method }) => method === 'POST').map(({ route, body }) => [route, body]);
const add = ({ source }: ReturnType<typeof openFakeShop>, itemId: string, item = {}) =>
  source.add?.({ itemId, quantity: 2, item: { itemId, ...item } });

describe('an add', () => {
  it('finds the product of a SKU and goes through the Store API with the page’s nonce', async () => {
    (window as unknown as Page).wcBlocksMiddlewareConfig = { storeApiNonce: 'page' };
    const shop = openFakeShop();
    shop.products = [product()];
    const nonces: (string | null)[] = [];
    shop.answer = ({ method, nonce }) => {
      if (method === 'POST') nonces.push(nonce);
      return method === 'GET' ? new Response(JSON.stringify(shop.products)) : undefined;
    };
    await add(shop, 'woo-beanie');
    expect(changes(shop)).toEqual([['cart/add-item', { id: 38, quantity: 2 }]]);
    expect(nonces).toEqual(['page']);
  });

  it('takes a slug where no SKU fits, and a number as WooCommerce’s own id', async () => {
    const shop = openFakeShop();
    shop.answer = ({ route, query }) => (route === 'products' ? shop.json(query.has('slug') ? [product()] : []) : undefined);
    await add(shop, 'beanie');
    await add(shop, '77');
    expect(changes(shop)).toEqual([
      ['cart/add-item', { id: 38, quantity: 2 }],
      ['cart/add-item', { id: 77, quantity: 2 }],
    ]);
  });

  it.each([
    [{ title: 'Beanie' }, 38],
    [{ url: '/product/beanie/' }, 38],
    [{ title: 'Teapot' }, 77],
    [{}, 38],
  ])('takes a number that is one product’s SKU and another’s id for the one it is: %j', async (item, id) => {
    const shop = openFakeShop();
    const permalink = 'https://shop.example/product/beanie/';
    const [bySku, byId] = [product({ sku: '77', permalink }), product({ id: 77, sku: 'pot', name: 'Teapot' })];
    shop.answer = ({ route }) => (/^products/.test(route) ? shop.json(route === 'products' ? [bySku] : byId) : undefined);
    await add(shop, '77', item);
    expect(changes(shop)).toEqual([['cart/add-item', { id, quantity: 2 }]]);
  });

  it('goes by WooCommerce’s own id where the shop hides its products', async () => {
    const shop = openFakeShop();
    shop.answer = ({ route }) => (route === 'products' ? shop.refuse(401, 'rest_forbidden', 'No.') : undefined);
    await add(shop, '77');
    expect(changes(shop)).toEqual([['cart/add-item', { id: 77, quantity: 2 }]]);
  });

  it('looks a product up once', async () => {
    const shop = openFakeShop();
    shop.products = [product()];
    await add(shop, 'woo-beanie');
    await add(shop, 'woo-beanie');
    expect(shop.routes()).toEqual(['GET products', 'POST cart/add-item', 'POST cart/add-item']);
  });

  it.each([
    [403, 'woocommerce_rest_invalid_nonce'],
    [401, 'woocommerce_rest_missing_nonce'],
  ])('renews a nonce refused with %d, and tries once more', async (status, code) => {
    const shop = openFakeShop();
    shop.products = [product()];
    shop.nonce = 'fresh';
    shop.answer = ({ method, route, nonce }) => {
      if (route === 'products') return new Response(JSON.stringify(shop.products));
      if (method === 'GET' || nonce === 'fresh') return undefined;
      return new Response(JSON.stringify({ code, message: 'Nonce is invalid.' }), { status });
    };
    await add(shop, 'woo-beanie');
    expect(shop.routes()).toEqual(['GET products', 'POST cart/add-item', 'GET cart', 'POST cart/add-item']);
  });

  it('gives up in the shop’s words when the new nonce is refused too', async () => {
    const shop = openFakeShop();
    shop.products = [product()];
    shop.answer = ({ method }) =>
      method === 'POST' ? shop.refuse(403, 'woocommerce_rest_invalid_nonce', 'Nonce is invalid.') : undefined;
    await expect(add(shop, 'woo-beanie')).rejects.toThrow('Nonce is invalid.');
    expect(changes(shop)).toHaveLength(2);
  });

  it('of what is sold out is refused in the shop’s words and by its code (woocommerce#42530)', async () => {
    const shop = openFakeShop();
    shop.start();
    await shop.snapshots(1);
    shop.products = [product()];
    const message =
      'You cannot add &quot;Salt &amp; Pepper&quot; to the cart because the <a href="/p">product</a> is out of stock.';
    shop.answer = ({ method }) =>
      method === 'POST' ? shop.refuse(400, 'woocommerce_rest_product_out_of_stock', message) : undefined;
    const refused = add(shop, 'woo-beanie', { title: 'Beanie' });
    await expect(refused).rejects.toMatchObject({
      code: 'woocommerce_rest_product_out_of_stock',
      message: 'You cannot add "Salt & Pepper" to the cart because the product is out of stock.',
    });
  });

  it.each([
    ['an unknown id', () => undefined, /no product/],
    ['a page of HTML', () => new Response('<h1>Gateway</h1>', { status: 502 }), /the shop answered 502/],
    ['no network', () => Promise.reject(new TypeError('Failed to fetch')), /Failed to fetch/],
  ])('is refused by %s', async (_what, answer, message) => {
    const shop = openFakeShop();
    shop.answer = answer;
    await expect(add(shop, 'nobody')).rejects.toThrow(message);
    expect(changes(shop)).toEqual([]);
  });

  it('makes the mini cart, the cart page and the blocks follow (dawn#678, dawn#3050)', async () => {
    bringJQuery();
    const shop = openFakeShop();
    shop.products = [product()];
    const heard: unknown[] = [];
    const hear = (event: Event) => void heard.push([event.type, (event as CustomEvent).detail]);
    const types = ['wc-blocks_added_to_cart', 'wc-blocks_store_sync_required'];
    for (const type of types) window.addEventListener(type, hear);
    // A handler of the theme's that fails is its own affair.
    jQuery(document.body).on('wc_fragment_refresh.test', () => heard.push('wc_fragment_refresh'));
    jQuery(document.body).on('update_checkout.test', () => {
      throw new Error('theme');
    });
    await add(shop, 'woo-beanie');
    for (const type of types) window.removeEventListener(type, hear);
    expect(heard).toEqual([
      ['wc-blocks_added_to_cart', { preserveCartData: false }],
      ['wc-blocks_store_sync_required', { type: 'from_@wordpress/data' }],
      'wc_fragment_refresh',
    ]);
  });

  it('is seen by the source itself as one more reading of the cart, not as an add of the shopper’s', async () => {
    bringJQuery();
    const shop = openFakeShop();
    shop.start();
    await shop.snapshots(1);
    shop.products = [product()];
    await add(shop, 'woo-beanie');
    await shop.snapshots(2);
    expect(shop.of('mutation')).toEqual([]);
    expect(shop.routes().filter((route) => route === 'GET cart')).toHaveLength(2);
  });
});

describe('a take-back', () => {
  it.each([
    [5, ['cart/update-item', { key: 'k38', quantity: 3 }]],
    [2, ['cart/remove-item', { key: 'k38' }]],
    [1, ['cart/remove-item', { key: 'k38' }]],
  ])('of two of %d', async (quantity, expected) => {
    const shop = openFakeShop();
    shop.products = [product()];
    shop.items = [anItem({ quantity })];
    await shop.source.remove?.({ itemId: 'woo-beanie', quantity: 2 });
    expect(changes(shop)).toEqual([expected]);
  });

  it('of what the cart no longer holds is done', async () => {
    const shop = openFakeShop();
    shop.products = [product()];
    const told = vi.fn();
    window.addEventListener('wc-blocks_removed_from_cart', told, { once: true });
    await shop.source.remove?.({ itemId: 'woo-beanie', quantity: 2 });
    window.removeEventListener('wc-blocks_removed_from_cart', told);
    expect(changes(shop)).toEqual([]);
    expect(told).not.toHaveBeenCalled();
  });
});
