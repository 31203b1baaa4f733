import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CartLine } from '../../../src/core/domain/cart.js';
import type { AddRequest } from '../../../src/page/adapters/markup.js';
import type { PlatformSink } from '../../../src/page/adapters/platform-source.js';
import { createShopSource } from '../../../src/page/adapters/shop-source.js';
import { startSources } from '../../../src/page/adapters/sources.js';
import { type Capture, type CaptureOptions, startCapture } from '../../../src/page/capture/start-capture.js';
import type { AddOptions } from '../../../src/page/tillside.js';
import { countListeners, fakePage, fakeRecord, receiptOf } from './fake-page.js';

describe('capture', () => {
  let page: ReturnType<typeof fakePage>;
  let engine: ReturnType<typeof fakeRecord>;
  let capture: Capture | undefined;
  const startUnseeded = (more: Partial<CaptureOptions> = {}) => {
    capture = startCapture(page.context, {
      record: engine.record,
      tabId: 'tab-1',
      source: (context) =>
        createShopSource(context, {
          cart: ['markup'],
          resolve: () => Promise.reject(new Error('there is no other source')),
          loadSources: () => Promise.reject(new Error('there is no other source')),
        }),
      onChange: () => {},
      onFacts: () => {},
      ...more,
    });
    return capture;
  };
  const start = (cart: readonly CartLine[] = [], more: Partial<CaptureOptions> = {}) => {
    const started = startUnseeded(more);
    started.seedCart(cart);
    return started;
  };
  const row = (itemId: string, quantity = 1) => `<li data-tillside-item="${itemId}" data-tillside-quantity="${quantity}"></li>`;
  const render = (html: string) => {
    document.body.innerHTML = html;
  };
  const cartIs = (rows: string) => {
    const cart = document.querySelector('[data-tillside-cart]');
    if (cart) cart.innerHTML = rows;
  };
  const click = (selector: string) => document.querySelector<HTMLElement>(selector)?.click();
  const cartEvents = () => engine.events().filter(({ type }) => type.endsWith('_cart'));
  /** An engine whose cart is the fold of what it was sent, as the real one's is. */
  const keepCart = (cart: readonly CartLine[]) => {
    let lines = cart;
    engine.answer = async (events) => {
      for (const event of events) if (event.type === 'view_cart') lines = event.items ?? [];
      for (const { type, itemId = '', quantity = 1 } of events)
        if (type === 'add_to_cart') lines = [...lines, { itemId, quantity }];
      return receiptOf(events, lines);
    };
  };

  beforeEach(() => {
    page = fakePage();
    engine = fakeRecord();
    localStorage.clear();
  });
  afterEach(() => {
    capture?.stop();
    page.close();
  });

  describe('of plain markup', () => {
    it('takes a click on an add button as add_to_cart, at once, with its quantity and price', async () => {
      render('<button data-tillside-add="a" data-tillside-quantity="2" data-tillside-price="1.50"><b>Add</b></button>');
      start();
      click('b');
      await Promise.resolve();
      expect(engine.events()).toMatchObject([{ type: 'add_to_cart', itemId: 'a', quantity: 2, price: 1.5 }]);
    });

    it('sees the click although the shop stops its propagation', async () => {
      render('<button data-tillside-add="a">Add</button>');
      document.querySelector('button')?.addEventListener('click', (event) => event.stopImmediatePropagation());
      start();
      click('button');
      await page.pass(0);
      expect(cartEvents()).toHaveLength(1);
    });

    it('takes a click on a remove button as remove_from_cart, of the row where it names no item', async () => {
      render(
        `<ul data-tillside-cart><li data-tillside-item="a" data-tillside-quantity="3"><button data-tillside-remove>x</button></li></ul>`,
      );
      start([{ itemId: 'a', quantity: 3 }]);
      click('button');
      await page.pass(0);
      expect(cartEvents()).toEqual([expect.objectContaining({ type: 'remove_from_cart', itemId: 'a' })]);
    });

    it.each(['disabled', 'aria-disabled="true"'])('ignores a button that is %s', async (attribute) => {
      render(`<button data-tillside-add="a" ${attribute}><b>Add</b></button>`);
      start();
      document.querySelector('b')?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
      await page.pass(1_000);
      expect(engine.events()).toEqual([]);
    });

    it('keeps a click in the tail when its form leaves the page at once', () => {
      engine.answer = () => new Promise(() => undefined);
      render('<form><button data-tillside-add="a">Add</button></form>');
      start();
      document.querySelector('form')?.addEventListener('submit', (event) => {
        event.preventDefault();
        page.leave();
      });
      click('button');
      expect(localStorage.getItem('tillside.tail.tab-1')).toContain('"add_to_cart"');
    });

    it('counts a click and the cart that then shows it once', async () => {
      keepCart([]);
      render('<button data-tillside-add="a">Add</button><ul data-tillside-cart></ul>');
      start();
      click('button');
      await page.pass(800);
      cartIs(row('a'));
      await page.pass(10_000);
      expect(cartEvents().map(({ type }) => type)).toEqual(['add_to_cart']);
    });

    it('counts it once although the cart is redrawn before it shows the item', async () => {
      render(`<button data-tillside-add="b">Add</button><ul data-tillside-cart>${row('a')}</ul>`);
      engine.answer = () => new Promise(() => undefined);
      start([{ itemId: 'a', quantity: 1 }]);
      click('button');
      document.querySelector('ul')?.setAttribute('data-tillside-cart', 'loading');
      cartIs(row('a').replace('></li>', ' data-tillside-price="2"></li>'));
      await page.pass(1_000);
      cartIs(row('a') + row('b'));
      await page.pass(10_000);
      expect(cartEvents().map(({ type }) => type)).toEqual(['add_to_cart']);
    });

    it('corrects a click that the shop did not follow, after 5 s', async () => {
      keepCart([]);
      render('<button data-tillside-add="b">Add</button><ul data-tillside-cart></ul>');
      start([{ itemId: 'a', quantity: 1 }]);
      cartIs(row('a'));
      await page.pass(200);
      click('button');
      await page.pass(100);
      cartIs(row('a').replace('></li>', ' data-tillside-price="2"></li>'));
      await page.pass(10_000);
      expect(cartEvents().at(-1)).toMatchObject({ type: 'view_cart', items: [{ itemId: 'a', quantity: 1, price: 2 }] });
    });

    it('sends one view_cart with the whole cart when one of several items went', async () => {
      render(`<ul data-tillside-cart>${row('a')}${row('b', 2)}${row('c')}</ul>`);
      start([
        { itemId: 'a', quantity: 1 },
        { itemId: 'b', quantity: 2 },
        { itemId: 'c', quantity: 1 },
      ]);
      document.querySelector('[data-tillside-item="b"]')?.remove();
      await page.pass(1_000);
      expect(cartEvents()).toHaveLength(1);
      expect(cartEvents()[0]).toMatchObject({
        type: 'view_cart',
        items: [
          { itemId: 'a', quantity: 1 },
          { itemId: 'c', quantity: 1 },
        ],
      });
    });

    it('is silent about a cart that the engine knows', async () => {
      render(`<ul data-tillside-cart>${row('a', 2)}</ul>`);
      start([{ itemId: 'a', quantity: 2 }]);
      await page.pass(10_000);
      expect(engine.events()).toEqual([]);
    });

    it('waits with the cart on the page until the engine’s is known', async () => {
      render(`<ul data-tillside-cart>${row('a')}</ul>`);
      const { seedCart } = startUnseeded();
      await page.pass(5_000);
      expect(cartEvents()).toEqual([]);
      seedCart([]);
      await page.pass(0);
      expect(cartEvents()).toHaveLength(1);
    });

    it('does not take a cart that its script has yet to fill for an empty one', async () => {
      render('<ul data-tillside-cart></ul>');
      start([{ itemId: 'a', quantity: 1 }]);
      await page.pass(400);
      cartIs(row('a'));
      await page.pass(10_000);
      expect(cartEvents()).toEqual([]);
    });

    it('does not take the cart for empty that was shown before an add, when the engine’s comes after it', async () => {
      keepCart([]);
      render('<button data-tillside-add="a">Add</button><ul data-tillside-cart></ul>');
      const { seedCart } = startUnseeded();
      click('button');
      await page.pass(10_000);
      seedCart([{ itemId: 'a', quantity: 1 }]);
      await page.pass(10_000);
      expect(cartEvents().map(({ type }) => type)).toEqual(['add_to_cart']);
    });

    it('believes an empty cart after a second', async () => {
      render('<ul data-tillside-cart></ul>');
      start([{ itemId: 'a', quantity: 1 }]);
      await page.pass(1_000);
      expect(cartEvents()).toEqual([expect.objectContaining({ type: 'view_cart', items: [] })]);
    });

    it('does not read a cart that is busy', async () => {
      render(`<ul data-tillside-cart>${row('a')}</ul>`);
      start([{ itemId: 'a', quantity: 1 }]);
      const cart = document.querySelector('ul');
      cart?.setAttribute('aria-busy', 'true');
      cartIs('');
      await page.pass(10_000);
      expect(cartEvents()).toEqual([]);
      cartIs(row('a', 2));
      cart?.removeAttribute('aria-busy');
      await page.pass(200);
      expect(cartEvents()).toHaveLength(1);
    });

    it('leaves a stale second cart on the page aside', async () => {
      render(`<aside data-tillside-cart>${row('a')}</aside><ul data-tillside-cart>${row('a')}</ul>`);
      start([{ itemId: 'a', quantity: 1 }]);
      document.querySelector('ul')?.insertAdjacentHTML('beforeend', row('b'));
      await page.pass(200);
      document.querySelector('aside')?.append(document.createElement('hr'));
      await page.pass(10_000);
      expect(cartEvents()).toHaveLength(1);
      expect(cartEvents()[0]?.items).toHaveLength(2);
    });

    it('reads the cart once for a burst of a thousand mutations', async () => {
      render('<ul data-tillside-cart></ul>');
      start();
      await page.pass(1_000);
      const read = vi.spyOn(Element.prototype, 'querySelectorAll');
      for (let turn = 0; turn < 1_000; turn++) document.querySelector('ul')?.insertAdjacentHTML('beforeend', row(`i${turn % 9}`));
      await page.pass(90);
      expect(read).not.toHaveBeenCalled();
      await page.pass(10);
      expect(read).toHaveBeenCalledTimes(1);
      await page.pass(5_000);
      expect(cartEvents()).toHaveLength(1);
    });

    it('sums rows of the same item and skips rows without an id or units', async () => {
      render('<ul data-tillside-cart></ul>');
      start([{ itemId: 'a', quantity: 3 }]);
      cartIs(`${row('a')}${row('a', 2)}${row('')}${row('z', 0)}`);
      await page.pass(5_000);
      expect(cartEvents()).toEqual([]);
    });

    it('collects the ids the page speaks of', async () => {
      render(
        `<main data-tillside-product="p"></main><button data-tillside-add="a"></button><ul data-tillside-cart>${row('c')}</ul>`,
      );
      const { seen } = start([{ itemId: 'c', quantity: 1 }]);
      document.body.insertAdjacentHTML('beforeend', '<button data-tillside-add="late"></button>');
      await page.pass(200);
      expect([...(seen().pageItemIds ?? [])].sort()).toEqual(['a', 'c', 'late', 'p']);
    });
  });

  describe('of tillside.cart and tillside.track', () => {
    it('takes a told cart as a snapshot, sent when it differs', async () => {
      const { setCart } = start([{ itemId: 'a', quantity: 1 }]);
      setCart([{ itemId: 'a', quantity: 1 }]);
      setCart([{ itemId: 'a', quantity: 2 }]);
      await page.pass(0);
      expect(cartEvents()).toEqual([expect.objectContaining({ type: 'view_cart', items: [{ itemId: 'a', quantity: 2 }] })]);
    });

    it('counts a tracked add and the told cart once', async () => {
      const { setCart, track } = start();
      track({ type: 'add_to_cart', itemId: 'a' });
      setCart([{ itemId: 'a', quantity: 1 }]);
      await page.pass(10_000);
      expect(cartEvents().map(({ type }) => type)).toEqual(['add_to_cart']);
    });

    it('keeps the cart told before the engine’s is known', async () => {
      const { seedCart, setCart } = startUnseeded();
      setCart([{ itemId: 'a', quantity: 1 }]);
      seedCart([]);
      await page.pass(0);
      expect(cartEvents()).toHaveLength(1);
    });

    it('refuses a wrong event and a wrong cart with invalid-event, and keeps neither', async () => {
      const { setCart, track } = start();
      track({ type: 'add_to_cart', itemId: 7 });
      setCart([{ itemId: 'a', quantity: 0 }]);
      await page.pass(10_000);
      expect(page.errors).toEqual([
        { code: 'invalid-event', message: 'itemId is 7. Pass a string of 1–128 characters.' },
        { code: 'invalid-event', message: expect.stringMatching(/^items is /) },
      ]);
      expect(cartEvents()).toEqual([]);
    });
  });

  describe('of a page that speaks oddly', () => {
    const cyclic: { type: string; self?: unknown } = { type: 'view_item' };
    cyclic.self = cyclic;
    const throwing = () =>
      Object.defineProperty({}, 'type', {
        enumerable: true,
        get() {
          throw new Error('of the shop’s');
        },
      });
    it.each([
      ['null', () => null],
      ['nothing', () => undefined],
      ['a number', () => 7],
      ['a string', () => 'view_item'],
      ['a list', () => []],
      ['a circle', () => cyclic],
      ['a getter that throws', throwing],
      ['a bigint', () => ({ type: 'purchase', price: 1n })],
      ['a type that is no string', () => ({ type: { toString: 1 } })],
    ])('reports %s as invalid-event, and never throws', async (_, event) => {
      const { track } = start();
      track(event());
      track({ type: 'view_item', itemId: 'good' });
      await page.pass(10_000);
      expect(page.errors.map(({ code }) => code)).toEqual(['invalid-event']);
      expect(engine.events().map(({ itemId }) => itemId)).toEqual(['good']);
    });

    it.each([7, null, [null], [7], 'everything', [{ itemId: 'a', quantity: 'two' }], [{ itemId: 'a', quantity: 1, note: 'x' }]])(
      'refuses the cart %j, and knows the engine’s again',
      async (lines) => {
        keepCart([{ itemId: 'b', quantity: 1 }]);
        const { setCart, track } = start([{ itemId: 'b', quantity: 1 }]);
        track({ type: 'view_item', itemId: 'b' });
        setCart(lines as never);
        await page.pass(10_000);
        expect(page.errors.map(({ code }) => code)).toEqual(['invalid-event']);
        setCart([{ itemId: 'b', quantity: 1 }]);
        await page.pass(10_000);
        expect(cartEvents()).toEqual([]);
      },
    );

    it('forgets what a refused mutation would have changed', async () => {
      keepCart([{ itemId: 'a', quantity: 1 }]);
      const { setCart, track } = start([{ itemId: 'a', quantity: 1 }]);
      track({ type: 'remove_from_cart', itemId: 'a', quantity: 'all' });
      await page.pass(1_000);
      setCart([{ itemId: 'a', quantity: 1 }]);
      await page.pass(10_000);
      expect(page.errors.map(({ code }) => code)).toEqual(['invalid-event']);
      expect(cartEvents()).toEqual([]);
    });

    it('keeps what an event said when the shop changes its object afterwards', async () => {
      const { track } = start();
      const event = { type: 'view_item', itemId: 'a' };
      track(event);
      event.itemId = 'b';
      await page.pass(250);
      expect(engine.events()).toMatchObject([{ itemId: 'a' }]);
    });
  });

  describe('adding for the widget', () => {
    const adding =
      ({ change }: Capture) =>
      (itemId: string, options: AddOptions) =>
        change({ ...options, action: 'add', itemId });
    const answer = (respond: (request: AddRequest) => void) =>
      document.addEventListener('tillside:add', (event) => respond((event as CustomEvent<AddRequest>).detail), { once: true });

    it('asks the shop by tillside:add and counts the item once it answers', async () => {
      const add = adding(start());
      answer(({ itemId, quantity, respondWith }) => respondWith(Promise.resolve([itemId, quantity])));
      await add('a', { quantity: 2, target: document.body });
      await page.pass(0);
      expect(cartEvents()).toEqual([expect.objectContaining({ type: 'add_to_cart', itemId: 'a', quantity: 2 })]);
    });

    it('says which list it was on, and where', async () => {
      const add = adding(start());
      answer(({ respondWith }) => respondWith(Promise.resolve()));
      await add('a', { listId: 'cart', position: 3 });
      await page.pass(0);
      expect(cartEvents()).toEqual([expect.objectContaining({ type: 'add_to_cart', itemId: 'a', listId: 'cart', position: 3 })]);
    });

    it('counts it once when the shop tells its cart before it answers', async () => {
      keepCart([]);
      const capture = start();
      const { setCart } = capture;
      const add = adding(capture);
      answer(({ itemId, respondWith }) => {
        setCart([{ itemId, quantity: 1 }]);
        respondWith(Promise.resolve());
      });
      await add('a', {});
      await page.pass(10_000);
      expect(cartEvents().map(({ type }) => type)).toEqual(['view_cart']);
    });

    describe('through a shop whose data layer tells of it too', () => {
      /** Adds, and tells of it when the test says so. */
      const layered = (isSeeded = true) => {
        let sink: PlatformSink | undefined;
        let answerShop: ((canRemove: boolean) => void) | undefined;
        const shop = new Promise<boolean>((resolve) => {
          answerShop = resolve;
        });
        const source = () => ({
          start(started: PlatformSink) {
            sink = started;
            return () => {};
          },
          change: () => shop,
        });
        const capture = isSeeded ? start([], { source }) : startUnseeded({ source });
        return {
          add: adding(capture),
          answer: () => answerShop?.(false),
          tell: () => sink?.mutation({ type: 'add_to_cart', itemId: 'a' }),
        };
      };

      it.each([true, false])('counts what is told before the answer once (cart known: %s)', async (isSeeded) => {
        keepCart([]);
        const { add, answer, tell } = layered(isSeeded);
        const added = add('a', {});
        tell();
        answer();
        await added;
        await page.pass(10_000);
        expect(cartEvents()).toHaveLength(1);
      });

      it('counts what is told soon after the answer once, and what comes then again', async () => {
        keepCart([]);
        const { add, answer, tell } = layered();
        answer();
        await add('a', {});
        await page.pass(4_000);
        tell();
        await page.pass(250);
        expect(cartEvents()).toHaveLength(1);
        tell();
        await page.pass(250);
        expect(cartEvents()).toHaveLength(2);
      });

      it('counts what is told five seconds after the answer', async () => {
        keepCart([]);
        const { add, answer, tell } = layered();
        answer();
        await add('a', {});
        await page.pass(5_000);
        tell();
        await page.pass(250);
        expect(cartEvents()).toHaveLength(2);
      });

      it('counts what another item’s add tells meanwhile', async () => {
        keepCart([]);
        const { add, answer, tell } = layered();
        const added = add('b', {});
        tell();
        answer();
        await added;
        await page.pass(250);
        expect(cartEvents().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
      });
    });

    it('counts it once when the ids of what the data layer told are still asked for', async () => {
      keepCart([]);
      const dataLayer: object[] = [];
      Object.assign(window, { dataLayer });
      const capture = start([], {
        source: (context) =>
          createShopSource(context, {
            cart: ['ga4'],
            resolve: (groups) => new Promise((resolve) => setTimeout(() => resolve(groups.map(() => null)), 2_000)),
            loadSources: async () => ({ startSources }),
          }),
      });
      await vi.waitFor(() => expect(Object.hasOwn(dataLayer, 'push')).toBe(true));
      answer(({ itemId, respondWith }) => {
        dataLayer.push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: itemId, quantity: 1 }] } });
        respondWith(Promise.resolve());
      });
      const added = adding(capture)('a', {});
      await page.pass(3_000);
      await added;
      await page.pass(10_000);
      Reflect.deleteProperty(window, 'dataLayer');
      expect(cartEvents()).toHaveLength(1);
    });

    it('takes preventDefault for the answer of a shop that adds at once', async () => {
      const add = adding(start());
      document.addEventListener('tillside:add', (event) => event.preventDefault(), { once: true });
      await expect(add('a', {})).resolves.toEqual({ itemId: 'a', quantity: 1, canRemove: false });
    });

    it('rejects with cart-action-failed when nobody answers, with the remedy, and counts nothing', async () => {
      const add = adding(start());
      await expect(add('a', {})).rejects.toMatchObject({
        code: 'cart-action-failed',
        message: expect.stringContaining('respondWith(promise)'),
      });
      await page.pass(1_000);
      expect(cartEvents()).toEqual([]);
    });

    it('rejects with cart-action-failed and the cause when the shop refuses', async () => {
      const add = adding(start());
      answer(({ respondWith }) => respondWith(Promise.reject(new Error('sold out'))));
      await expect(add('a', {})).rejects.toMatchObject({
        code: 'cart-action-failed',
        message: expect.stringContaining('sold out'),
      });
    });

    it('has a new slate asked for without what the shop refused by a code of stock, and for no other refusal', async () => {
      let changes = 0;
      const capture = start([], { onChange: () => void changes++ });
      await page.pass(1_000);
      const before = changes;
      const refuse = (refusal: unknown) => {
        answer(({ respondWith }) => respondWith(Promise.reject(refusal)));
        return expect(capture.change({ action: 'add', itemId: 'a', item: { itemId: 'a', title: 'Mug' } })).rejects.toThrow(
          '1 × a',
        );
      };
      await refuse(new Error('too many'));
      await refuse(null);
      expect(changes).toBe(before);
      expect(capture.seen().facts).toEqual([]);
      await refuse(Object.assign(new Error('none left'), { code: 'MERCHANDISE_OUT_OF_STOCK' }));
      expect(changes).toBe(before + 1);
      expect(capture.seen().facts).toEqual([{ itemId: 'a', title: 'Mug', availability: 'out_of_stock' }]);
    });
  });

  it('announces what a source says anew of a product, and nothing when it repeats itself', () => {
    let news = 0;
    let sink: PlatformSink | undefined;
    const { seen } = start([], {
      onFacts: () => void news++,
      source: () => ({
        start(given) {
          sink = given;
          return () => {};
        },
        change: () => Promise.resolve(false),
      }),
    });
    const before = news;
    sink?.products([{ itemId: 'a', price: 2 }], ['a']);
    expect(news).toBe(before + 1);
    sink?.products([{ itemId: 'a', price: 2 }], ['a', 'b']);
    expect(news).toBe(before + 1);
    sink?.products(
      [
        { itemId: 'b', price: 1 },
        { itemId: 'a', price: 3 },
      ],
      [],
    );
    expect(news).toBe(before + 2);
    // Two tellers that contradict each other would else have slates made for ever.
    sink?.products([{ itemId: 'a', price: 2 }], []);
    sink?.products([{ itemId: 'a', price: 3 }], []);
    expect(news).toBe(before + 2);
    expect(seen().facts).toEqual([
      { itemId: 'a', price: 3 },
      { itemId: 'b', price: 1 },
    ]);
  });

  it('announces a cart event after it was sent', async () => {
    const sentAtAnnouncement: number[] = [];
    const { track } = start([], { onChange: () => void sentAtAnnouncement.push(engine.events().length) });
    track({ type: 'add_to_cart', itemId: 'a' });
    track({ type: 'view_item', itemId: 'b' });
    await page.pass(1_000);
    expect(sentAtAnnouncement[0]).toBe(2);
  });

  it('gives back every listener, observer, timer and hook at its stop, and can start again', async () => {
    const disconnects = [MutationObserver, IntersectionObserver, ResizeObserver].map((observer) =>
      vi.spyOn(observer.prototype, 'disconnect'),
    );
    const held = countListeners();
    render('<main data-tillside-product="a"></main>');
    for (let turn = 0; turn < 2; turn++) {
      const { stop } = start();
      await page.pass(1_000);
      expect(held()).toBeGreaterThan(0);
      stop();
      stop();
      await page.pass(0);
      expect([held(), vi.getTimerCount()]).toEqual([0, 0]);
    }
    // Markup and item page watch mutations; each start has one of the others.
    expect(disconnects.map(({ mock }) => mock.calls.length)).toEqual([4, 2, 2]);
  });

  it('held, sends, reads and leaves nothing until it is opened, and then everything once', async () => {
    keepCart([]);
    render('<button data-tillside-add="a">Add</button><ul data-tillside-cart></ul>');
    const storage = vi.spyOn(window, 'localStorage', 'get');
    const { open, page: openPage, flush } = startUnseeded({ isHeld: true });
    openPage({ itemId: 'a' });
    await page.pass(3_000);
    click('button');
    openPage({ itemId: 'b' });
    page.hide();
    page.show();
    page.leave();
    page.restore();
    flush();
    expect([engine.batches, storage.mock.calls]).toEqual([[], []]);

    open();
    await page.pass(10_000);
    const seen = engine.events().map(({ type, itemId, dwellMs }) => [type, itemId, ...(dwellMs ? [dwellMs] : [])]);
    expect(seen.filter(([type]) => type !== 'scroll')).toEqual([
      ['view_item', 'a'],
      ['add_to_cart', 'a'],
      ['dwell', 'a', 3_000],
      ['view_item', 'b'],
      ['view_item', 'b'], // left, and back from the back/forward cache
    ]);
  });

  it('held, forgets at its stop', async () => {
    const held = startUnseeded({ isHeld: true });
    held.track({ type: 'view_item', itemId: 'a' });
    held.stop();
    await page.pass(10_000);
    expect([engine.batches, localStorage.length]).toEqual([[], 0]);
  });

  it('loses no dwell of a page that is left', async () => {
    render('<main data-tillside-product="a"></main>');
    engine.answer = () => new Promise(() => undefined);
    start();
    await page.pass(4_000);
    page.leave();
    const tail = JSON.parse(localStorage.getItem('tillside.tail.tab-1') ?? '[]') as { type: string; dwellMs?: number }[];
    expect(tail.find(({ type }) => type === 'dwell')?.dwellMs).toBe(4_000);
  });

  it('survives a source that throws', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    const { track } = start([], { source: () => ({ start: broken, change: broken }) });
    track({ type: 'view_item', itemId: 'a' });
    await page.pass(250);
    expect(engine.of('view_item')).toHaveLength(1);
    expect(page.errors).toEqual([{ code: 'page-failed', message: 'broken' }]);
  });
});
