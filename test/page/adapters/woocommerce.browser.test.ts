import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anItem, bringJQuery, closeFakeShop, jQuery, openFakeShop, type Page, trigger } from './fake-woocommerce.js';

afterEach(closeFakeShop);

const BEANIE = { itemId: '38', quantity: 1, price: 18, currency: 'USD', aliases: ['woo-beanie', 'beanie'] };

function addElement(html: string): Element {
  document.body.insertAdjacentHTML('beforeend', html);
  return document.body.lastElementChild as Element;
}
const addButton = () =>
  addElement('<a class="ajax_add_to_cart" data-product_id="38" data-product_sku="woo-beanie" data-quantity="2">Add</a>');

/** Starts on a page whose first cart has been read. */
async function startedShop(items: unknown[] = []) {
  const shop = openFakeShop();
  shop.items = items;
  const stop = shop.start();
  await shop.snapshots(1);
  return Object.assign(shop, { stop });
}

describe('the cart of the Store API', () => {
  it('tells the initial cart by WooCommerce’s ids, with SKU and slug beside them', async () => {
    const shop = await startedShop([anItem()]);
    expect(shop.of('snapshot')).toEqual([[BEANIE]]);
    expect(shop.routes()).toEqual(['GET cart']);
  });

  it.each([
    ['1800', 2, 18],
    ['1800', 0, 1800],
    ['1800', 3, 1.8],
    [1800, 2, 18],
    ['18.00', 2, undefined],
    ['-5', 2, undefined],
    ['1800', 99, undefined],
    [null, 2, undefined],
  ])('reads the price %j with %d minor digits as %s (coveo/ui-kit#7947)', async (price, digits, expected) => {
    const shop = await startedShop([anItem({ prices: { price, currency_minor_unit: digits, currency_code: 'EUR' } })]);
    const [lines] = shop.of('snapshot') as { price?: number }[][];
    expect(lines?.[0]?.price).toBe(expected);
  });

  it('neither asks for nor passes on whose cart it is', async () => {
    const shop = openFakeShop();
    const address = { first_name: 'Ada', last_name: 'Lovelace', address_1: '12 St James Square', email: 'ada@example.org' };
    // A server too old or too eager for `_fields`.
    const cart = {
      items: [anItem({ item_data: [{ name: 'For', value: 'Ada' }] })],
      billing_address: address,
      shipping_address: address,
    };
    shop.answer = () => shop.json(cart);
    shop.start();
    await shop.snapshots(1);
    expect(shop.asked[0]?.query.get('_fields')).toBe('items');
    expect(JSON.stringify(shop.calls)).not.toMatch(/Ada|Lovelace|James|example\.org/);
    expect(shop.of('snapshot')).toEqual([[BEANIE]]);
  });

  it('states the facts of what it holds under each id of it', async () => {
    const shop = await startedShop([
      anItem({ name: 'Salt &amp; Pepper&#8217;s <b>mill</b>', images: [{ src: 'https://shop.example/b.jpg', thumbnail: '' }] }),
    ]);
    const facts = {
      title: 'Salt & Pepper’s mill',
      price: 18,
      currency: 'USD',
      url: 'https://shop.example/product/beanie/',
      imageUrl: 'https://shop.example/b.jpg',
    };
    expect(shop.of('products')).toEqual([['38', 'woo-beanie', 'beanie'].map((itemId) => ({ itemId, ...facts }))]);
  });

  it('knows a variation by its product too, asked for once (woocommerce#37613)', async () => {
    const shop = openFakeShop();
    shop.items = [anItem({ id: 41, variation: [{ attribute: 'Colour', value: 'Red' }] })];
    shop.products = [{ id: 41, parent: 40 }];
    shop.start();
    expect(await shop.snapshots(1)).toMatchObject([{ itemId: '41', aliases: ['woo-beanie', 'beanie', '40'] }]);
    const [facts] = shop.of('products') as { itemId: string; variantOf?: string }[][];
    expect(facts).toMatchObject([{ itemId: '41', variantOf: '40' }]);
    expect(facts).toHaveLength(1);
    window.dispatchEvent(new Event('wc-blocks_store_sync_required'));
    await shop.snapshots(2);
    expect(shop.routes()).toEqual(['GET cart', 'GET products', 'GET cart']);
  });

  it('shows the newest answer alone', async () => {
    const shop = await startedShop();
    let release = () => {};
    const old = shop.json({ items: [anItem({ quantity: 9 })] });
    shop.answer = () =>
      new Promise((resolve) => {
        release = () => resolve(old);
      });
    document.body.dispatchEvent(new Event('wc-blocks_added_to_cart'));
    await vi.waitFor(() => expect(shop.asked).toHaveLength(2));
    shop.answer = () => undefined;
    shop.items = [anItem()];
    document.body.dispatchEvent(new Event('wc-blocks_added_to_cart'));
    await vi.waitFor(() => expect(shop.asked).toHaveLength(3));
    await shop.snapshots(2);
    release();
    document.body.dispatchEvent(new Event('wc-blocks_added_to_cart'));
    await shop.snapshots(3);
    expect(shop.of('snapshot')).toEqual([[], [BEANIE], [BEANIE]]);
    expect(shop.errors).toEqual([]);
  });

  it('is read again when a page comes back from the back/forward cache (dawn#1832)', async () => {
    const shop = await startedShop();
    shop.items = [anItem()];
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(await shop.snapshots(2)).toEqual([BEANIE]);
  });

  it('is missed in words a shop can act on, and stays missing', async () => {
    const shop = openFakeShop();
    shop.answer = () => new Response('<h1>Blocked</h1>', { status: 403 });
    shop.start();
    await vi.waitFor(() => expect(shop.errors).toHaveLength(1));
    expect(shop.errors[0]).toMatch(/^page-failed: WooCommerce's cart was not read: the shop answered 403\. /);
    expect(shop.calls).toEqual([]);
  });

  it.each([
    ['<link rel="https://api.w.org/" href="/sub/wp-json/">', '/sub/wp-json/wc/store/v1/cart?_fields=items'],
    [
      '<link rel="https://api.w.org/" href="/index.php?rest_route=/">',
      '/index.php?rest_route=%2Fwc%2Fstore%2Fv1%2Fcart&_fields=items',
    ],
    [
      '<link rel="https://api.w.org/" href="https://elsewhere.example/wp-json/">',
      '/?rest_route=%2Fwc%2Fstore%2Fv1%2Fcart&_fields=items',
    ],
    ['<link rel="https://api.w.org/" href="http://[">', '/?rest_route=%2Fwc%2Fstore%2Fv1%2Fcart&_fields=items'],
  ])('is asked for where WordPress says, on this origin only: %s', async (link, expected) => {
    document.head.insertAdjacentHTML('beforeend', link);
    const shop = await startedShop();
    expect(shop.asked[0]?.href).toBe(location.origin + expected);
  });

  it('is found by the settings of blocks where there is no link', async () => {
    (window as unknown as Page).wcSettings = { homeUrl: `${location.origin}/sub` };
    const shop = await startedShop();
    expect(shop.asked[0]?.href).toBe(`${location.origin}/sub/?rest_route=%2Fwc%2Fstore%2Fv1%2Fcart&_fields=items`);
  });

  it('survives an amount that is no number, nor can be one', async () => {
    const noNumber = JSON.parse('{ "toString": 0 }');
    const shop = await startedShop([
      anItem({ quantity: noNumber }),
      anItem({ prices: { price: '1800', currency_minor_unit: noNumber } }),
    ]);
    expect(shop.of('snapshot')).toMatchObject([[{ itemId: '38', quantity: 1 }]]);
    expect(shop.errors).toEqual([]);
  });

  it('survives any answer, and takes over nothing that is no line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.jsonValue(), fc.record({ id: fc.jsonValue(), quantity: fc.jsonValue() }))),
        async (items) => {
          const shop = await startedShop(items);
          shop.stop();
          const [lines] = shop.of('snapshot') as { itemId: string; quantity: number }[][];
          for (const line of lines ?? []) {
            expect(line.itemId).toMatch(/^[1-9]\d*$/);
            expect(Number.isInteger(line.quantity) && line.quantity > 0).toBe(true);
          }
          expect(shop.errors).toEqual([]);
          closeFakeShop();
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('classic events', () => {
  it('count the button’s product at once and read the cart that confirms it', async () => {
    bringJQuery();
    const shop = await startedShop();
    shop.items = [anItem({ quantity: 2 })];
    trigger('added_to_cart', {}, 'hash', jQuery(addButton()));
    expect(shop.of('mutation')).toEqual([{ type: 'add_to_cart', itemId: '38', quantity: 2, aliases: ['woo-beanie'] }]);
    expect(await shop.snapshots(2)).toEqual([{ ...BEANIE, quantity: 2 }]);
  });

  it.each(['updated_cart_totals', 'wc_cart_emptied', 'updated_wc_div', 'wc_fragments_refreshed'])(
    'read the cart on %s',
    async (type) => {
      bringJQuery();
      const shop = await startedShop();
      trigger(type);
      await shop.snapshots(2);
      expect(shop.of('mutation')).toEqual([]);
    },
  );

  it('are heard when jQuery arrives later, by the click that adds at the latest', async () => {
    const shop = await startedShop();
    bringJQuery();
    const button = addButton();
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    trigger('added_to_cart', {}, 'hash', jQuery(button));
    expect(shop.of('mutation')).toHaveLength(1);
  });

  it('are heard once a script of the page has loaded', async () => {
    const shop = await startedShop();
    bringJQuery();
    const script = document.createElement('script');
    script.src = 'data:text/javascript,';
    const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
    document.body.append(script);
    await loaded;
    trigger('added_to_cart', {}, 'hash', jQuery(addButton()));
    expect(shop.of('mutation')).toHaveLength(1);
  });

  it('leave a stub alone that stands in for jQuery until it loads', async () => {
    const stub = vi.fn();
    bringJQuery(stub);
    await startedShop();
    expect(stub).not.toHaveBeenCalled();
  });

  it('count the same change once, however often a theme tells of it', async () => {
    bringJQuery();
    const shop = await startedShop();
    const button = jQuery(addButton());
    trigger('added_to_cart', {}, 'hash', button);
    trigger('added_to_cart', {}, 'hash', button);
    expect(shop.of('mutation')).toHaveLength(1);
    trigger('added_to_cart', {}, 'hash2', button);
    expect(shop.of('mutation')).toHaveLength(2);
  });

  it('take out the line of the mini cart’s link, its variation and all of its units (GA4-Shopify-DataLayer#1)', async () => {
    bringJQuery();
    const shop = await startedShop([anItem({ key: 'k41', id: 41, quantity: 3 }), anItem()]);
    const link = addElement('<a class="remove_from_cart_button" data-product_id="40" data-cart_item_key="k41">×</a>');
    trigger('removed_from_cart', {}, 'hash', jQuery(link));
    expect(shop.of('mutation')).toEqual([
      { type: 'remove_from_cart', itemId: '41', quantity: 3, aliases: ['woo-beanie', 'beanie'] },
    ]);
  });

  it.each([
    [[]],
    [[{}, 'hash', undefined]],
    [[{}, 'hash', false]],
    [[null, null, { 0: 'a' }]],
    [
      [
        {},
        'h',
        {
          get 0() {
            throw new Error('no');
          },
        },
      ],
    ],
  ])('without a button of their own only read the cart: %#', async (args) => {
    bringJQuery();
    const shop = await startedShop();
    trigger('added_to_cart', ...args);
    trigger('removed_from_cart', ...args);
    await shop.snapshots(2);
    expect(shop.of('mutation')).toEqual([]);
  });

  it('read a product form’s chosen variation and quantity', async () => {
    bringJQuery();
    const shop = await startedShop();
    const form =
      addElement(`<form class="cart"><input name="quantity" value="4"><input type="hidden" name="add-to-cart" value="40">
      <input type="hidden" name="variation_id" value="41"><button class="single_add_to_cart_button">Add</button></form>`);
    trigger('added_to_cart', {}, 'hash', jQuery(form.querySelector('button')));
    expect(shop.of('mutation')).toEqual([{ type: 'add_to_cart', itemId: '41', quantity: 4, aliases: ['40'] }]);
  });
});

describe('blocks events', () => {
  it.each<[string, () => EventTarget, boolean]>([
    ['wc-blocks_added_to_cart', () => document.body, false],
    ['wc-blocks_added_to_cart', () => document, true],
    ['wc-blocks_removed_from_cart', () => document.body, true],
    ['wc-blocks_store_sync_required', () => window, false],
  ])('read the cart on %s', async (type, target, bubbles) => {
    const shop = await startedShop();
    shop.items = [anItem()];
    target().dispatchEvent(new CustomEvent(type, { bubbles, detail: { preserveCartData: true } }));
    expect(await shop.snapshots(2)).toEqual([BEANIE]);
  });

  it('and the jQuery event they translate count one add once, with one reading', async () => {
    bringJQuery();
    // The cart block and the mini cart block each translate what jQuery says.
    for (const bubbles of [false, true])
      jQuery(document.body).on('added_to_cart.test', () => {
        document.body.dispatchEvent(new CustomEvent('wc-blocks_added_to_cart', { bubbles, detail: {} }));
      });
    const shop = await startedShop();
    shop.items = [anItem({ quantity: 2 })];
    trigger('added_to_cart', {}, 'hash', jQuery(addButton()));
    window.dispatchEvent(new CustomEvent('wc-blocks_store_sync_required', { detail: { type: 'from_iAPI' } }));
    await shop.snapshots(2);
    expect(shop.of('mutation')).toHaveLength(1);
    expect(shop.routes()).toEqual(['GET cart', 'GET cart']);
  });
});

describe('WooCommerce’s pages', () => {
  beforeEach(() => history.replaceState(null, '', '/product/beanie/'));
  const FORM = '<form class="cart"><button name="add-to-cart" value="38">Add</button></form>';
  const META = '<div class="product_meta"><span class="sku">woo-beanie</span></div>';

  it('are about the product of their form, known by its SKU and slug', async () => {
    document.body.className = 'single-product postid-38';
    addElement(FORM);
    addElement(META);
    const shop = await startedShop();
    expect(shop.of('page')).toEqual([{ itemId: '38', aliases: ['woo-beanie', 'beanie'] }]);
  });

  it('are about the post where blocks have no form, and about nothing where forms are many', async () => {
    document.body.className = 'single-product postid-38';
    expect((await startedShop()).of('page')).toMatchObject([{ itemId: '38' }]);
    closeFakeShop();
    addElement(FORM);
    expect((await startedShop()).of('page')).toEqual([]);
  });

  it('are about the variation once one is chosen, which its product still names', async () => {
    bringJQuery();
    document.body.className = 'single-product postid-40';
    const form = addElement(
      '<form class="variations_form cart" data-product_id="40"><input name="variation_id" value=""></form>',
    );
    const shop = await startedShop();
    jQuery(form).trigger('found_variation', [{ variation_id: 41, sku: 'red' }]);
    jQuery(form).trigger('found_variation', [null]);
    expect(shop.of('page')).toMatchObject([{ itemId: '40' }, { itemId: '41', aliases: ['red', '40', 'beanie'] }]);
  });

  it('stay about nothing when a quick view on a list chooses a variation', async () => {
    bringJQuery();
    const form = addElement('<form class="variations_form cart" data-product_id="40"></form>');
    const shop = await startedShop();
    jQuery(form).trigger('found_variation', [{ variation_id: 41, sku: 'red' }]);
    expect(shop.of('page')).toEqual([]);
  });

  it('tell of a received order before the cart that it emptied', async () => {
    document.body.className = 'woocommerce-order-received';
    const shop = await startedShop();
    expect(shop.calls.map(({ kind }) => kind)).toEqual(['event', 'products', 'snapshot']);
    expect(shop.of('event')).toEqual([{ type: 'purchase' }]);
  });

  it.each(['reload', 'back_forward'])('do not tell of an order again on %s', async (type) => {
    document.body.className = 'woocommerce-order-received';
    const [navigation] = performance.getEntriesByType('navigation');
    vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ ...navigation, type } as unknown as PerformanceEntry]);
    expect((await startedShop()).of('event')).toEqual([]);
  });

  it.each([
    '<p class="woocommerce-thankyou-order-failed">Your order cannot be processed.</p>',
    '<div class="woocommerce"><a href="/checkout/order-pay/7/?pay_for_order=true&key=k">Try again</a></div>',
  ])('tell of no order that failed: %s', async (html) => {
    document.body.className = 'woocommerce-order-received';
    addElement(html);
    expect((await startedShop()).of('event')).toEqual([]);
  });
});

describe('a stop', () => {
  it('gives back every listener and ends the request under way', async () => {
    bringJQuery();
    const shop = await startedShop();
    let signal: AbortSignal | null | undefined;
    vi.mocked(window.fetch).mockImplementationOnce((_input, init) => {
      signal = init?.signal;
      return new Promise(() => {});
    });
    trigger('updated_wc_div');
    await vi.waitFor(() => expect(signal).toBeDefined());
    shop.stop();
    expect(signal?.aborted).toBe(true);
    const told = shop.calls.length;
    const asked = vi.mocked(window.fetch).mock.calls.length;
    trigger('added_to_cart', {}, 'hash', jQuery(addButton()));
    document.body.dispatchEvent(new Event('wc-blocks_added_to_cart'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await new Promise((resolve) => setTimeout(resolve, 100)); // longer than a burst is waited for
    expect(shop.calls).toHaveLength(told);
    expect(window.fetch).toHaveBeenCalledTimes(asked);
  });

  it('before jQuery arrives keeps it unheard for good', async () => {
    const shop = await startedShop();
    shop.stop();
    bringJQuery();
    const button = addButton();
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    trigger('added_to_cart', {}, 'hash', jQuery(button));
    expect(shop.of('mutation')).toEqual([]);
  });
});

it('survives globals that throw', async () => {
  const throwing = {
    configurable: true,
    get() {
      throw new Error('no');
    },
  };
  for (const name of ['jQuery', 'wcSettings', 'wcBlocksMiddlewareConfig']) Object.defineProperty(window, name, throwing);
  const shop = await startedShop([anItem()]);
  document.body.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(shop.of('snapshot')).toEqual([[BEANIE]]);
  expect(shop.errors).toEqual([]);
});
