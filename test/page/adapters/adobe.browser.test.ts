import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installAdobeDataLayer } from '../../../e2e/platforms/adobe/site/acdl.js';
import { createAdobeSource } from '../../../src/page/adapters/adobe.js';
import { fakePage } from '../capture/fake-page.js';
import { guarded, recordedSink } from './recorded-sink.js';

interface Layer extends Array<unknown> {
  getState?(): object;
}
declare global {
  interface Window {
    adobeDataLayer?: unknown;
  }
}

const product = (sku: string, fields: object = {}) => ({
  productId: 7,
  name: `The ${sku}`,
  sku,
  pricing: { regularPrice: 5, currencyCode: 'GBP' },
  ...fields,
});
const line = (sku: string, quantity: number, price = 2.95) => ({
  id: `line-${sku}`,
  quantity,
  prices: { price: { value: price, currency: 'GBP' } },
  product: { name: `The ${sku}`, sku },
});
const cart = (...items: object[]) => ({ id: 'cart', totalQuantity: items.length, items });

describe('the Adobe client data layer', () => {
  let page: ReturnType<typeof fakePage>;
  let told: ReturnType<typeof recordedSink>;
  let stops: (() => void)[];
  const layer = () => window.adobeDataLayer as Layer;
  const start = () => {
    const stop = createAdobeSource(page.context).start(told.sink);
    stops.push(stop);
    return stop;
  };
  /** As Adobe's own SDK sets a context: it is emptied first. */
  const setContext = (name: string, context: object) => void layer().push({ [name]: null }, { [name]: context });
  /** As Adobe's own SDK publishes: the event repeats the state. */
  const publish = (event: string, info: object = {}) =>
    void layer().push((dl: Layer) => dl.push({ event, eventInfo: { ...dl.getState?.(), ...info } }));
  const settled = () => page.pass(1);

  beforeEach(() => {
    page = fakePage();
    told = recordedSink();
    stops = [];
    window.adobeDataLayer = [];
  });
  afterEach(() => {
    for (const stop of stops) stop();
    page.close();
    Reflect.deleteProperty(window, 'adobeDataLayer');
  });

  it('gives the cart of its context, and nothing while that is emptied', async () => {
    installAdobeDataLayer();
    start();
    setContext('shoppingCartContext', cart(line('85123A', 2), line('22423', 1, 12.75)));
    await settled();
    expect(told.snapshots).toEqual([
      [
        { itemId: '85123A', aliases: [], quantity: 2, price: 2.95, currency: 'GBP' },
        { itemId: '22423', aliases: [], quantity: 1, price: 12.75, currency: 'GBP' },
      ],
    ]);
    layer().push({ shoppingCartContext: null });
    await settled();
    expect(told.snapshots).toHaveLength(1);
    setContext('shoppingCartContext', cart());
    await settled();
    expect(told.log.at(-1)).toBe('[]');
  });

  it('gives the facts of a product and takes its page for it', async () => {
    installAdobeDataLayer();
    start();
    const fields = {
      topLevelSku: 'LAMP',
      canonicalUrl: '/lamp',
      mainImageUrl: '/lamp.jpg',
      pricing: { regularPrice: 9, specialPrice: '7.50', currencyCode: 'GBP' },
    };
    setContext('productContext', product('LAMP-RED', fields));
    publish('product-page-view');
    await settled();
    const facts = { title: 'The LAMP-RED', price: 7.5, currency: 'GBP', url: '/lamp', imageUrl: '/lamp.jpg', variantOf: 'LAMP' };
    expect(told.facts.slice(0, 2)).toEqual([
      { itemId: 'LAMP-RED', ...facts },
      { itemId: '7', ...facts },
    ]);
    expect(told.pages).toEqual([{ itemId: 'LAMP-RED', aliases: ['7', 'LAMP'] }]);
  });

  describe('counts a change once and agrees with the cart', () => {
    const changed = (...items: object[]) => setContext('changedProductsContext', { items });
    beforeEach(async () => {
      installAdobeDataLayer();
      start();
      setContext('shoppingCartContext', cart(line('85123A', 1)));
      await settled();
      told.log.length = 0;
    });

    it.each<[when: string, tell: () => unknown]>([
      [
        'the cart is set before the event',
        () => {
          setContext('shoppingCartContext', cart(line('85123A', 1), line('22423', 2)));
          changed(line('22423', 2));
          publish('add-to-cart');
        },
      ],
      [
        'the cart is set after the event',
        async () => {
          changed(line('22423', 2));
          publish('add-to-cart');
          await settled();
          setContext('shoppingCartContext', cart(line('85123A', 1), line('22423', 2)));
        },
      ],
      [
        'the cart that is set is still the old one',
        () => {
          setContext('shoppingCartContext', cart(line('85123A', 1)));
          changed(line('22423', 2));
          publish('add-to-cart');
        },
      ],
      [
        'the event lists the whole cart (GA4-Shopify-DataLayer#1)',
        () => {
          setContext('shoppingCartContext', cart(line('85123A', 1), line('22423', 2)));
          changed(line('85123A', 1), line('22423', 2));
          publish('add-to-cart');
        },
      ],
      [
        'the event names no change',
        () => {
          setContext('shoppingCartContext', cart(line('85123A', 1), line('22423', 2)));
          layer().push({ event: 'add-to-cart' });
        },
      ],
    ])('when %s', async (_when, tell) => {
      await tell();
      await settled();
      expect(told.log.filter((entry) => /^[+=-]/.test(entry))).toEqual(['+2 22423']);
      const at = told.log.indexOf('+2 22423');
      expect(told.log.slice(at + 1).filter((entry) => entry !== '[1 85123A, 2 22423]')).toEqual([]);
    });

    it('when the event comes long after the cart that shows it', async () => {
      setContext('shoppingCartContext', cart(line('85123A', 1), line('22423', 2)));
      await page.pass(500);
      changed(line('22423', 2));
      publish('add-to-cart');
      await settled();
      expect(told.log).toEqual(['[1 85123A, 2 22423]']);
    });

    it('when it is removed or updated', () => {
      setContext('shoppingCartContext', cart(line('85123A', 4)));
      publish('update-cart');
      setContext('shoppingCartContext', cart());
      changed(line('85123A', 4));
      publish('remove-from-cart');
      expect(told.log).toEqual(['+3 85123A', '[4 85123A]', '-4 85123A', '[]']);
    });

    it('when a product alone was set, which is not the page’s', async () => {
      setContext('productContext', product('47566'));
      publish('add-to-cart');
      await settled();
      expect(told.log).toEqual(['+1 47566']);
      expect(told.pages).toEqual([]);
    });
  });

  it('tells of an order once, of whose details it reads the id', async () => {
    installAdobeDataLayer();
    start();
    setContext('shoppingCartContext', cart(line('85123A', 2)));
    setContext('orderContext', { orderId: '1000', email: 'ada@example.com', grandTotal: 5.9 });
    publish('initiate-checkout');
    publish('place-order');
    publish('place-order');
    await settled();
    expect(told.events).toEqual([
      { type: 'begin_checkout' },
      { type: 'purchase', items: [{ itemId: '85123A', aliases: [], quantity: 2, price: 2.95, currency: 'GBP' }] },
    ]);
  });

  describe('whenever its script runs', () => {
    const tellAll = () => {
      setContext('productContext', product('85123A'));
      publish('product-page-view');
      setContext('shoppingCartContext', cart());
      setContext('shoppingCartContext', cart(line('85123A', 1)));
      publish('add-to-cart', { changedProductsContext: { items: [line('85123A', 1)] } });
    };
    const expectAll = async () => {
      await settled();
      expect(told.pages.map(({ itemId }) => itemId)).toEqual(['85123A']);
      expect(told.log).toEqual(['[]', '+1 85123A', '[1 85123A]']);
    };

    it('what it held before we started counts once', async () => {
      installAdobeDataLayer();
      tellAll();
      start();
      await expectAll();
    });

    it('what waits for it counts once, before us', async () => {
      tellAll();
      start();
      installAdobeDataLayer();
      await expectAll();
    });

    it('what waits for it counts once, after us', async () => {
      start();
      tellAll();
      installAdobeDataLayer();
      await expectAll();
    });

    it('a layer that comes after us is found', async () => {
      Reflect.deleteProperty(window, 'adobeDataLayer');
      start();
      window.adobeDataLayer = [];
      document.body.append(document.createElement('p'));
      await page.pass(200);
      installAdobeDataLayer();
      tellAll();
      await expectAll();
    });
  });

  describe('after the stop', () => {
    it('has no listener of ours', async () => {
      installAdobeDataLayer();
      const before = Object.keys(layer());
      start()();
      setContext('shoppingCartContext', cart(line('85123A', 1)));
      publish('add-to-cart');
      await page.pass(1_000);
      expect(told.log).toEqual([]);
      expect(Object.keys(layer()).filter((key) => !/^\d+$/.test(key))).toEqual(before);
    });

    it('has nothing of ours waiting for a script that has not run', () => {
      start()();
      expect(layer()).toEqual([]);
      installAdobeDataLayer();
      layer().push({ shoppingCartContext: cart(line('85123A', 1)) });
      expect(told.log).toEqual([]);
    });

    it('tells nothing that was still to be told', async () => {
      installAdobeDataLayer();
      const stop = start();
      setContext('shoppingCartContext', cart(line('85123A', 1)));
      stop();
      await page.pass(1_000);
      expect(told.log).toEqual([]);
    });
  });

  describe('that is hostile', () => {
    it('never has its personal data read', async () => {
      const touched: string[] = [];
      const secrets = [
        'shopperContext',
        'accountContext',
        'emailAddress',
        'firstName',
        'email',
        'billingAddress',
        'payments',
        'toJSON',
      ];
      const order = guarded({ orderId: '1000' }, secrets, touched);
      const contexts = {
        shoppingCartContext: guarded(cart(guarded(line('85123A', 1), secrets, touched)), secrets, touched),
        orderContext: order,
      };
      window.adobeDataLayer = [guarded(contexts, secrets, touched)];
      // A script that hands on what it was given, where Adobe's own would copy it.
      Object.assign(layer(), {
        push: (run: (dl: Layer) => void) => run(layer()),
        addEventListener(type: string, handler: (item: object) => void) {
          if (type === 'adobeDataLayer:event')
            handler(guarded({ event: 'place-order', eventInfo: guarded(contexts, secrets, touched) }, secrets, touched));
        },
      });
      start();
      await settled();
      expect(told.events).toHaveLength(1);
      expect(touched).toEqual([]);
    });

    it('with getters that throw loses that item only', async () => {
      installAdobeDataLayer();
      layer().push({ shoppingCartContext: cart(line('85123A', 1)) });
      layer().unshift({
        get event(): never {
          throw new Error('theirs');
        },
      });
      start();
      await settled();
      expect(told.log).toEqual(['[1 85123A]']);
      expect(page.errors).toContainEqual({ code: 'page-failed', message: 'theirs' });
    });

    it.each([undefined, null, 7, {}, Object.freeze([]), document.createElement('form')])('may be %s', (value) => {
      window.adobeDataLayer = value;
      expect(() => start()()).not.toThrow();
    });

    it('with cycles, and a cart of a hundred thousand lines, is survived', async () => {
      const cyclic: Record<string, unknown> = { event: 'add-to-cart' };
      cyclic['eventInfo'] = cyclic;
      installAdobeDataLayer();
      layer().push(cyclic, { shoppingCartContext: cart(...Array.from({ length: 100_000 }, (_, at) => line(`i${at}`, 1))) });
      start();
      await settled();
      expect(told.snapshots.at(-1)).toHaveLength(500);
    });

    it('gives only sound lines, whatever is set', async () => {
      installAdobeDataLayer();
      start();
      const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>('', -1, 1e12, Number.NaN, null, undefined, [[]]));
      const item = fc.record({
        quantity: odd,
        id: odd,
        prices: fc.record({ price: fc.record({ value: odd, currency: odd }) }),
        product: fc.record({ sku: odd, name: odd }),
      });
      fc.assert(
        fc.property(fc.array(item, { maxLength: 4 }), (items) => {
          setContext('shoppingCartContext', cart(...items));
          publish('add-to-cart', { changedProductsContext: { items } });
          for (const { itemId, quantity, price = 0 } of [...told.mutations, ...told.snapshots.flat()]) {
            expect(itemId).toMatch(/^.{1,128}$/s);
            expect(Number.isInteger(quantity) && Number(quantity) >= 1).toBe(true);
            expect(price >= 0 && price < 1e9).toBe(true);
          }
        }),
      );
    });
  });
});
