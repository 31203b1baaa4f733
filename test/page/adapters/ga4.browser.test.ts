import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGa4Source } from '../../../src/page/adapters/ga4.js';
import { whyNotEvent } from '../../../src/core/engine/why-not-event.js';
import { fakePage } from '../capture/fake-page.js';
import { guarded, recordedSink } from './recorded-sink.js';

declare global {
  interface Window {
    dataLayer?: unknown;
    shopLayer?: unknown;
  }
}

/** As the gtag snippet pushes: the arguments object itself. */
function gtag(..._args: unknown[]): void {
  // biome-ignore lint/complexity/noArguments: gtag's own wire form
  (window.dataLayer as unknown[]).push(arguments);
}

/** What Google Tag Manager does to a layer: it takes over `push`, passes it on and keeps the last 300 entries. */
function installTagManager(layer: unknown[]): unknown[] {
  const handled: unknown[] = [];
  const { push } = layer;
  layer.push = (...entries: unknown[]) => {
    const length = push.apply(layer, entries);
    handled.push(...entries);
    while (layer.length > 300) layer.shift();
    return length;
  };
  return handled;
}

/** What is wrong with something told, once its other ids are known. */
function whyNot(said: object): string | undefined {
  const withoutAliases = JSON.stringify(said, (key, value) => (key === 'aliases' ? undefined : value));
  return whyNotEvent({ ...JSON.parse(withoutAliases), eventId: 'e', occurredAt: 1 });
}

const heart = { item_id: '85123A', item_name: 'Heart', price: 2.95 };
const cake = { item_id: '22423', item_name: 'Cakestand', price: '12.75' };
const bunting = { item_id: '47566', item_name: 'Bunting', price: 4.95 };
const ga4 = (event: string, ...items: object[]) => ({ event, ecommerce: { currency: 'GBP', items } });

describe('the GA4 data layer', () => {
  let page: ReturnType<typeof fakePage>;
  let told: ReturnType<typeof recordedSink>;
  let stops: (() => void)[];
  const start = () => {
    const stop = createGa4Source(page.context).start(told.sink);
    stops.push(stop);
    return stop;
  };
  const layer = () => window.dataLayer as unknown[];
  const push = (...entries: unknown[]) => layer().push(...entries);
  /** long enough for what was said in another form to be another thing */
  const later = () => page.pass(2_000);

  beforeEach(() => {
    page = fakePage();
    told = recordedSink();
    stops = [];
    window.dataLayer = [];
  });
  afterEach(() => {
    for (const stop of stops) stop();
    page.close();
    for (const script of document.head.querySelectorAll('script[data-test]')) script.remove();
    Reflect.deleteProperty(window, 'dataLayer');
    Reflect.deleteProperty(window, 'shopLayer');
  });

  describe('in each of its wire forms', () => {
    it.each<[form: string, tell: () => void]>([
      ['an event with its ecommerce', () => push({ ecommerce: null }, ga4('add_to_cart', { ...heart, quantity: 2 }))],
      ['gtag’s arguments', () => gtag('event', 'add_to_cart', { currency: 'GBP', items: [{ ...heart, quantity: 2 }] })],
      [
        'enhanced ecommerce (UA)',
        () =>
          push({
            event: 'addToCart',
            ecommerce: { currencyCode: 'GBP', add: { products: [{ id: '85123A', name: 'Heart', price: '2.95', quantity: 2 }] } },
          }),
      ],
      [
        'enhanced ecommerce without an event',
        () =>
          push({
            ecommerce: {
              currencyCode: 'GBP',
              add: { products: [{ id: '85123A', name: 'Heart', price: '2.95', quantity: '2' }] },
            },
          }),
      ],
      [
        'an ecommerce that the event after it is about',
        () =>
          push(
            { ecommerce: { currency: 'GBP', items: [{ ...heart, quantity: 2 }] } },
            { event: 'gtm.dom' },
            { event: 'add_to_cart' },
          ),
      ],
      ['items beside the event', () => push({ event: 'add_to_cart', currency: 'GBP', items: [{ ...heart, quantity: 2 }] })],
    ])('an add is read from %s', (_form, tell) => {
      start();
      tell();
      expect(told.mutations).toEqual([{ type: 'add_to_cart', itemId: '85123A', aliases: [], quantity: 2, price: 2.95 }]);
      expect(told.facts).toEqual([{ itemId: '85123A', title: 'Heart', price: 2.95, currency: 'GBP' }]);
    });

    it('one add that is told in all of them at once counts once, and two count twice', async () => {
      start();
      const tellInAllForms = () => {
        push(ga4('add_to_cart', heart));
        gtag('event', 'add_to_cart', { items: [heart] });
        push({ event: 'addToCart', ecommerce: { add: { products: [{ id: '85123A', quantity: 1 }] } } });
      };
      tellInAllForms();
      expect(told.log).toEqual(['+1 85123A']);
      tellInAllForms();
      expect(told.log).toEqual(['+1 85123A', '+1 85123A']);
      await later();
      tellInAllForms();
      expect(told.log).toHaveLength(3);
    });

    it('the same add in the same form is another add', () => {
      start();
      push(ga4('add_to_cart', heart), ga4('add_to_cart', heart));
      const reused = ga4('add_to_cart', cake);
      push(reused);
      push(reused);
      expect(told.log).toEqual(['+1 85123A', '+1 85123A', '+1 22423', '+1 22423']);
    });

    it('each event is told as what it is', () => {
      start();
      push(ga4('view_item', heart));
      push({ event: 'view_item_list', ecommerce: { item_list_id: 'related', items: [heart, cake] } });
      push({ event: 'select_item', ecommerce: { item_list_name: 'Related', items: [cake] } });
      push(ga4('add_to_wishlist', cake), ga4('begin_checkout', heart), ga4('view_cart', { ...heart, quantity: 3 }));
      push({ event: 'purchase', ecommerce: { transaction_id: 'T1', items: [{ ...heart, quantity: 3 }] } });
      push({ event: 'add_payment_info', ecommerce: { items: [heart] } });
      expect(told.pages).toEqual([{ itemId: '85123A', aliases: [] }]);
      expect(told.snapshots).toEqual([[{ itemId: '85123A', aliases: [], quantity: 3, price: 2.95, currency: 'GBP' }]]);
      expect(told.events).toEqual([
        { type: 'view_item_list', listId: 'related' },
        { type: 'select_item', itemId: '22423', aliases: [], listId: 'Related' },
        { type: 'add_to_wishlist', itemId: '22423', aliases: [] },
        { type: 'begin_checkout' },
        { type: 'purchase', items: [{ itemId: '85123A', aliases: [], quantity: 3, price: 2.95 }] },
      ]);
    });

    it('enhanced ecommerce has a word for each of these too', () => {
      start();
      const products = [{ id: '22423', name: 'Cakestand', category: 'Home/Kitchen', list: 'Search' }];
      push({ ecommerce: { detail: { products } } });
      push({ ecommerce: { impressions: products } });
      push({ event: 'productClick', ecommerce: { click: { actionField: { list: 'Related' }, products } } });
      push({ event: 'checkout', ecommerce: { checkout: { actionField: { step: 1 }, products } } });
      push({ event: 'checkout', ecommerce: { checkout: { actionField: { step: 2 }, products } } });
      push({ event: 'removeFromCart', ecommerce: { remove: { products: [{ id: '22423', quantity: 1 }] } } });
      push({ ecommerce: { purchase: { actionField: { id: 'T1', revenue: '12.75' }, products } } });
      expect(told.pages).toEqual([{ itemId: '22423', aliases: [] }]);
      expect(told.facts[0]).toEqual({ itemId: '22423', title: 'Cakestand', category: 'Home > Kitchen' });
      expect(told.log).toEqual(['-1 22423']);
      expect(told.events.map(({ type, listId }) => [type, listId])).toEqual([
        ['view_item_list', 'Search'],
        ['select_item', 'Related'],
        ['begin_checkout', undefined],
        ['purchase', undefined],
      ]);
    });
  });

  describe('in its items', () => {
    const factsOf = (item: object, ecommerce: object = {}) => {
      start();
      push({ event: 'view_item_list', ecommerce: { ...ecommerce, items: [item] } });
      return told.facts;
    };

    it('has prices as numbers and as strings, and a currency at either level', () => {
      expect(factsOf({ item_id: 'a', price: '1,299.00', currency: 'eur' }, { currency: 'GBP' })).toEqual([
        { itemId: 'a', price: 1299, currency: 'EUR' },
      ]);
    });

    it('has up to five levels of a category', () => {
      const levels = {
        item_category: 'Home',
        item_category2: 'Kitchen',
        item_category3: 'Cakes',
        item_category4: '',
        item_category5: 'Tins',
      };
      expect(factsOf({ item_id: 'a', ...levels, item_brand: 'Lumen' })).toEqual([
        { itemId: 'a', category: 'Home > Kitchen > Cakes > Tins', brand: 'Lumen' },
      ]);
    });

    it.each<[what: string, item: object, itemIds: string[]]>([
      ['an id under its older name', { id: 77 }, ['77']],
      ['both ids and a SKU', { item_id: 'a', id: 'b', sku: 'c' }, ['a', 'b', 'c']],
      ['a variant that is an id', { item_id: '111', item_variant: '40123456789012' }, ['111', '40123456789012']],
      ['a variant that is a SKU', { item_id: '85123A', item_variant: '85123A-RED' }, ['85123A', '85123A-RED']],
      ['a variant that is a word or a size', { item_id: 'a', item_variant: '12' }, ['a']],
      ['the id that Google’s channels give a Shopify product', { item_id: 'shopify_GB_12_34' }, ['shopify_GB_12_34', '34', '12']],
    ])('has %s', (_what, item, itemIds) => {
      expect(factsOf(item).map(({ itemId }) => itemId)).toEqual(itemIds);
      push(ga4('add_to_cart', item));
      expect(told.mutations).toEqual([{ type: 'add_to_cart', itemId: itemIds[0], aliases: itemIds.slice(1), quantity: 1 }]);
    });

    it('that are of several products, view_item is about no page', () => {
      start();
      push(ga4('view_item', heart, cake));
      expect(told.pages).toEqual([]);
      push(ga4('view_item', heart, { ...heart, item_variant: 'red' }));
      expect(told.pages).toEqual([{ itemId: '85123A', aliases: [] }]);
    });
  });

  describe('a remove that lists the whole cart (GA4-Shopify-DataLayer#1)', () => {
    const whole = [heart, cake, bunting];
    const remove = (...items: object[]) => push(ga4('remove_from_cart', ...items));
    const view = (...items: object[]) => push(ga4('view_cart', ...items));

    it('as it was before removes nothing until the cart is shown again', async () => {
      start();
      view(...whole);
      remove(...whole);
      await later();
      remove(...whole);
      expect(told.log).toEqual(['[1 85123A, 1 22423, 1 47566]']);
      view(heart, bunting);
      expect(told.log.at(-1)).toBe('[1 85123A, 1 47566]');
    });

    it('as it was before the second removal tells the first, and the last item is the last to go', () => {
      start();
      view(...whole);
      remove(...whole);
      remove(heart, bunting);
      remove(bunting);
      expect(told.log.slice(1)).toEqual(['-1 22423', '-1 85123A', '-all 47566']);
    });

    it('as it is after tells the one that is missing', () => {
      start();
      view(...whole);
      remove(heart, bunting);
      remove(bunting);
      expect(told.log.slice(1)).toEqual(['-1 22423', '-1 85123A']);
    });

    it('with fewer units of one line tells those units', () => {
      start();
      view({ ...heart, quantity: 3 }, cake);
      remove({ ...heart, quantity: 1 }, cake);
      expect(told.log.slice(1)).toEqual(['-2 85123A']);
    });

    it('that was not known removes nothing, and is known from then on', () => {
      start();
      remove(...whole);
      expect(told.log).toEqual([]);
      remove(heart, bunting);
      expect(told.log).toEqual(['-1 22423']);
    });

    it('is not what a remove of one item, or of some of many, is taken for', () => {
      start();
      view(...whole, { item_id: '20725' });
      remove({ ...heart, quantity: 1 });
      remove(cake);
      push(ga4('add_to_cart', heart, cake));
      remove({ ...heart, quantity: 1 }, { ...cake, quantity: 1 });
      expect(told.log.slice(1)).toEqual(['-1 85123A', '-all 22423', '+1 85123A', '+1 22423', '-1 85123A', '-1 22423']);
    });

    it('never tells that something is gone which is still there, and of a shop that lists what it removed all of it', () => {
      const ids = ['a', 'b', 'c', 'd', 'e'];
      const cart = fc.uniqueArray(fc.record({ item_id: fc.constantFrom(...ids), quantity: fc.integer({ min: 1, max: 3 }) }), {
        selector: ({ item_id }) => item_id,
        minLength: 3,
      });
      const order = fc.shuffledSubarray(ids, { minLength: 5 });
      fc.assert(
        fc.property(cart, order, fc.constantFrom('changed', 'before', 'after'), (lines, toRemove, lists) => {
          window.dataLayer = [];
          told = recordedSink();
          const stop = start();
          view(...lines);
          let left = lines;
          for (const removed of toRemove.filter((itemId) => lines.some(({ item_id }) => item_id === itemId))) {
            const before = left;
            left = left.filter(({ item_id }) => item_id !== removed);
            const changed = before.filter(({ item_id }) => item_id === removed);
            remove(...{ changed, before, after: left }[lists]);
            const gone = told.mutations.map(({ itemId }) => itemId);
            expect(left.filter(({ item_id }) => gone.includes(item_id))).toEqual([]);
            if (lists === 'changed') expect(gone).toContain(removed);
          }
          stop();
        }),
      );
    });
  });

  describe('that is older than we are', () => {
    it('counts each add once, and the last product viewed is the page’s', () => {
      push(ga4('view_item', heart), ga4('add_to_cart', heart), ga4('add_to_cart', heart), ga4('view_item', cake));
      start();
      expect(told.log).toEqual(['+1 85123A', '+1 85123A']);
      expect(told.pages.map(({ itemId }) => itemId)).toEqual(['22423']);
    });

    it('tells of an order once, and not again when its page is reloaded', () => {
      const order = { event: 'purchase', ecommerce: { transaction_id: 'T1', items: [heart] } };
      push(order, structuredClone(order));
      const stop = start();
      push(structuredClone(order));
      expect(told.events).toHaveLength(1);
      stop();
      vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type: 'reload' } as unknown as PerformanceEntry]);
      start();
      expect(told.events).toHaveLength(1);
    });
  });

  describe('for the page', () => {
    it('pushes as before: all arguments, their order, the length, and what Tag Manager hooks later', () => {
      start();
      const handled = installTagManager(layer());
      expect(push(1, 'two', ga4('add_to_cart', heart), ga4('add_to_cart', cake))).toBe(4);
      expect(handled).toHaveLength(4);
      expect(layer().slice(0, 2)).toEqual([1, 'two']);
      expect(told.log).toEqual(['+1 85123A', '+1 22423']);
      expect(Object.keys(layer())).not.toContain('push');
    });

    it('is as it was after the stop', () => {
      const stop = start();
      expect(Object.hasOwn(layer(), 'push')).toBe(true);
      stop();
      expect(Object.hasOwn(layer(), 'push')).toBe(false);
      push(ga4('add_to_cart', heart));
      expect(told.log).toEqual([]);
    });

    it('gets back the push of Tag Manager that was there first', () => {
      const handled = installTagManager(layer());
      const theirs = layer().push;
      const stop = start();
      stop();
      expect(layer().push).toBe(theirs);
      push({ event: 'x' });
      expect(handled).toHaveLength(1);
    });

    it('keeps a push that was hooked after ours, which is silent then', () => {
      const stop = start();
      const handled = installTagManager(layer());
      const theirs = layer().push;
      stop();
      expect(layer().push).toBe(theirs);
      expect(push(ga4('add_to_cart', heart))).toBe(1);
      expect(handled).toHaveLength(1);
      expect(told.log).toEqual([]);
    });

    it('throws what its own push throws', () => {
      layer().push = () => {
        throw new RangeError('theirs');
      };
      start();
      expect(() => push(ga4('add_to_cart', heart))).toThrow(new RangeError('theirs'));
    });
  });

  describe('wherever it is', () => {
    it('is read under the name that Tag Manager’s script gives it', async () => {
      window.shopLayer = [ga4('add_to_cart', cake)];
      start();
      const script = document.createElement('script');
      script.type = 'text/plain';
      script.dataset['test'] = '';
      script.src = 'https://tags.example/gtm.js?id=GTM-1&l=shopLayer';
      document.head.append(script);
      await page.pass(200);
      (window.shopLayer as unknown[]).push(ga4('add_to_cart', bunting));
      push(ga4('add_to_cart', heart));
      expect(told.log).toEqual(['+1 22423', '+1 47566', '+1 85123A']);
    });

    it('that comes late, or in another’s place, is read and released', async () => {
      Reflect.deleteProperty(window, 'dataLayer');
      start();
      const first: unknown[] = [ga4('add_to_cart', heart)];
      window.dataLayer = first;
      document.body.append(document.createElement('p'));
      await page.pass(200);
      const second: unknown[] = [...first, ga4('add_to_cart', cake)];
      window.dataLayer = second;
      document.body.append(document.createElement('p'));
      await page.pass(200);
      push(ga4('add_to_cart', bunting));
      expect(told.log).toEqual(['+1 85123A', '+1 22423', '+1 47566']);
      expect(Object.hasOwn(first, 'push')).toBe(false);
    });

    it('whose push another took over is read when the page changes next, each entry once', async () => {
      start();
      push(ga4('add_to_cart', heart));
      layer().push = Array.prototype.push;
      push(ga4('add_to_cart', cake));
      expect(told.log).toEqual(['+1 85123A']);
      document.body.append(document.createElement('p'));
      await page.pass(200);
      expect(told.log).toEqual(['+1 85123A', '+1 22423']);
    });

    it('into which a hook below ours puts copies counts each once', async () => {
      layer().push = function (this: unknown[], ...entries: unknown[]) {
        return Array.prototype.push.apply(
          this,
          entries.map((entry) => ({ ...(entry as object) })),
        );
      };
      start();
      push(ga4('add_to_cart', heart));
      document.body.append(document.createElement('p'));
      await page.pass(200);
      expect(told.log).toEqual(['+1 85123A']);
    });

    it('sets no timer and no interval while nothing happens', async () => {
      const interval = vi.spyOn(window, 'setInterval');
      start();
      expect(vi.getTimerCount()).toBe(0);
      expect(interval).not.toHaveBeenCalled();
    });
  });

  describe('that is hostile', () => {
    it('never has its personal data read', () => {
      const touched: string[] = [];
      const secrets = ['user_id', 'userId', 'email', 'user_data', 'user_properties', 'customerEmail', 'shippingInfo', 'toJSON'];
      const item = guarded(heart, secrets, touched);
      const ecommerce = guarded({ items: [item], currency: 'GBP', transaction_id: 'T1' }, secrets, touched);
      push(guarded({ event: 'view_item', ecommerce }, secrets, touched), guarded({ event: 'login' }, secrets, touched));
      start();
      push(
        guarded({ event: 'add_to_cart', ecommerce }, secrets, touched),
        guarded({ event: 'purchase', ecommerce }, secrets, touched),
      );
      gtag('event', 'view_cart', ecommerce);
      gtag('config', 'G-1', guarded({}, secrets, touched));
      gtag('set', guarded({}, secrets, touched));
      expect(told.log).toEqual(['+1 85123A', '[1 85123A]']);
      expect(touched).toEqual([]);
    });

    it('with getters that throw loses that entry only', () => {
      start();
      const throwing = {
        get ecommerce(): never {
          throw new Error('theirs');
        },
      };
      expect(push(throwing, ga4('add_to_cart', heart))).toBe(2);
      expect(told.log).toEqual(['+1 85123A']);
      expect(page.errors).toEqual([{ code: 'page-failed', message: 'theirs' }]);
    });

    it('with cycles and with a hundred thousand entries or items is read in no time', () => {
      const cyclic: Record<string, unknown> = { event: 'add_to_cart', ecommerce: { items: [heart] } };
      cyclic['self'] = cyclic;
      (cyclic['ecommerce'] as Record<string, unknown>)['parent'] = cyclic;
      window.dataLayer = [...Array.from({ length: 100_000 }, () => ({ event: 'noise' })), cyclic];
      const beganAt = Date.now();
      start();
      push(ga4('view_cart', ...Array.from({ length: 100_000 }, (_, at) => ({ item_id: `i${at}` }))));
      expect(told.log[0]).toBe('+1 85123A');
      expect(told.snapshots[0]).toHaveLength(500);
      expect(Date.now() - beganAt).toBeLessThan(1_000);
    });

    it.each<[what: string, layer: () => unknown]>([
      ['frozen', () => Object.freeze([ga4('add_to_cart', heart)])],
      ['sealed against its push', () => Object.defineProperty([ga4('add_to_cart', heart)], 'push', { value: () => 7 })],
    ])('is read as far as it goes when it is %s', (_what, create) => {
      window.dataLayer = create();
      const stop = start();
      expect(told.log).toEqual(['+1 85123A']);
      expect(stop).not.toThrow();
    });

    it.each([undefined, null, 7, 'dataLayer', {}, () => {}, document.createElement('form'), { push: 'x' }])(
      'may be %s',
      (value) => {
        window.dataLayer = value;
        expect(() => start()()).not.toThrow();
        expect(page.errors).toEqual([]);
      },
    );

    it('gives nothing that is no event, whatever is pushed', () => {
      const key = fc.constantFrom(
        'event',
        'ecommerce',
        'items',
        'item_id',
        'id',
        'quantity',
        'price',
        'add',
        'detail',
        'products',
        'purchase',
        '__proto__',
      );
      const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
        any: fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom<unknown>(
            'add_to_cart',
            'view_cart',
            'purchase',
            'view_item',
            '',
            -1,
            1e12,
            Number.NaN,
            null,
            'a'.repeat(200),
            undefined,
            2n,
            Symbol.iterator,
          ),
          fc.array(tie('any'), { maxLength: 4 }),
          fc.dictionary(key, tie('any'), { maxKeys: 6 }),
        ),
      })).any;
      start();
      fc.assert(
        fc.property(fc.array(value, { maxLength: 3 }), (entries) => {
          push(...entries);
          const carts = told.snapshots.map((items) => ({ type: 'view_cart', items }));
          for (const said of [...told.mutations, ...told.events, ...carts]) expect(whyNot(said)).toBeUndefined();
        }),
      );
    });
  });
});
