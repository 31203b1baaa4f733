import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ItemFacts } from '../../../src/core/domain/item.js';
import type { Trackable } from '../../../src/core/domain/event.js';
import { watchItemPage } from '../../../src/page/capture/item-page.js';
import { fakePage } from './fake-page.js';

describe('the item page', () => {
  let page: ReturnType<typeof fakePage>;
  let events: Trackable[];
  let facts: readonly ItemFacts[];
  let loads: number;
  const start = () =>
    watchItemPage(page.context, {
      track: (event) => events.push(event),
      loadJsonLd: async () => {
        loads++;
        return import('../../../src/page/adapters/json-ld.js');
      },
      onProducts: (found) => {
        facts = found;
      },
    });
  const views = () => events.filter(({ type }) => type === 'view_item').map(({ itemId }) => itemId);
  const dwellOf = (itemId: string) =>
    events.reduce((sum, event) => sum + (event.itemId === itemId && event.type === 'dwell' ? (event.dwellMs ?? 0) : 0), 0);
  const render = (html: string) => {
    document.body.innerHTML = html;
  };
  const product = (itemId: string) => `<main data-tillside-product="${itemId}"></main>`;
  const jsonLd = (sku: string) => `<script type="application/ld+json">{"@type":"Product","sku":"${sku}","name":"Lamp"}</script>`;

  beforeEach(() => {
    page = fakePage();
    events = [];
    facts = [];
    loads = 0;
    history.replaceState(null, '', '/products/a');
  });
  afterEach(() => page.close());

  it('is viewed at the start and dwelt on until the stop', async () => {
    render(product('a'));
    const item = start();
    await page.pass(8_000);
    item.stop();
    expect(views()).toEqual(['a']);
    expect(dwellOf('a')).toBe(8_000);
    expect(page.errors).toEqual([]);
  });

  it('is known from JSON-LD too, whose facts are handed on once its reader is loaded', async () => {
    render(jsonLd('a'));
    const item = start();
    await vi.waitFor(() => expect(views()).toEqual(['a']));
    item.stop();
    expect(facts).toEqual([{ itemId: 'a', title: 'Lamp' }]);
    expect(loads).toBe(1);
  });

  it('loads no reader of JSON-LD where there is none, and where it is not to be read', async () => {
    render(product('a'));
    const item = start();
    await page.pass(1_000);
    item.stop();
    expect(loads).toBe(0);
    render(jsonLd('b'));
    const unread = watchItemPage(page.context, { track: (event) => events.push(event), onProducts: () => {} });
    await page.pass(1_000);
    unread.stop();
    expect(views()).toEqual(['a']);
  });

  it('says so once when the reader does not load, and takes the page for none', async () => {
    render(jsonLd('a'));
    const item = watchItemPage(page.context, {
      track: (event) => events.push(event),
      onProducts: () => {},
      loadJsonLd: () => Promise.reject(new TypeError('404')),
    });
    await vi.waitFor(() => expect(page.errors).toEqual([{ code: 'page-failed', message: '404' }]));
    item.stop();
    expect(events).toEqual([]);
  });

  it('is found when its markup is rendered later', async () => {
    const item = start();
    await page.pass(3_000);
    render(product('a'));
    await page.pass(5_000);
    item.stop();
    expect(views()).toEqual(['a']);
    expect(dwellOf('a')).toBeGreaterThanOrEqual(4_900);
    expect(dwellOf('a')).toBeLessThanOrEqual(5_000);
  });

  it('credits each route with its own dwell when the next is rendered after the address changed', async () => {
    render(product('a'));
    const item = start();
    await page.pass(10_000);
    history.pushState(null, '', '/products/b');
    await page.pass(2_000);
    document.querySelector('main')?.setAttribute('data-tillside-product', 'b');
    await page.pass(6_000);
    item.stop();
    expect(views()).toEqual(['a', 'b']);
    expect(dwellOf('a')).toBe(10_000);
    expect(dwellOf('b')).toBeGreaterThanOrEqual(5_900);
    expect(dwellOf('b')).toBeLessThanOrEqual(6_000);
  });

  it('counts one view when the router renders before it changes the address', async () => {
    render(product('a'));
    const item = start();
    await page.pass(10_000);
    render(product('b'));
    await page.pass(200);
    history.pushState(null, '', '/products/b');
    await page.pass(5_000);
    item.stop();
    expect(views()).toEqual(['a', 'b']);
    expect(dwellOf('b')).toBeGreaterThan(5_000);
  });

  it('ends with its address, however soon after it appeared there', async () => {
    const item = start();
    history.pushState(null, '', '/products/b');
    render(product('b'));
    await page.pass(500);
    history.pushState(null, '', '/about');
    expect(events.map(({ type }) => type)).toContain('dwell');
    render('<p></p>');
    await page.pass(500);
    item.stop();
    expect(views()).toEqual(['b']);
    expect(dwellOf('b')).toBeGreaterThan(300);
    expect(dwellOf('b')).toBeLessThanOrEqual(500);
  });

  it('does not believe JSON-LD that the last route left behind', async () => {
    render(jsonLd('a'));
    const item = start();
    await vi.waitFor(() => expect(views()).toEqual(['a']));
    await page.pass(5_000);
    history.pushState(null, '', '/collections/lamps');
    document.body.append('a list');
    await page.pass(20_000);
    item.stop();
    expect(views()).toEqual(['a']);
    // Waiting for the reader took some of the test's own time.
    expect(dwellOf('a')).toBeLessThanOrEqual(5_100);
  });

  it('goes on through a query that names a variant', async () => {
    render(product('a'));
    const item = start();
    await page.pass(5_000);
    history.replaceState(null, '', '/products/a?variant=2');
    await page.pass(5_000);
    item.stop();
    expect(views()).toEqual(['a']);
    expect(dwellOf('a')).toBe(10_000);
  });

  it('is viewed again on the way back', async () => {
    render(product('a'));
    const item = start();
    await page.pass(5_000);
    history.pushState(null, '', '/');
    render('');
    await page.pass(5_000);
    history.pushState(null, '', '/products/a');
    render(product('a'));
    await page.pass(5_000);
    item.stop();
    expect(views()).toEqual(['a', 'a']);
  });

  it('is none where several products are listed', async () => {
    render(product('a') + product('b'));
    const item = start();
    await page.pass(5_000);
    item.stop();
    expect(events).toEqual([]);
  });

  it('is one where two scripts describe the same product', async () => {
    render(`${jsonLd('a')}<script type="application/ld+json">{"@type":"Product","productID":"77","sku":"a"}</script>`);
    const item = start();
    await vi.waitFor(() => expect(views()).toEqual(['a']));
    item.stop();
  });

  it('is what the page declares, until the address changes', async () => {
    render(product('a'));
    const item = start();
    await page.pass(2_000);
    item.page({ itemId: 'z' });
    await page.pass(3_000);
    history.pushState(null, '', '/about');
    await page.pass(4_000);
    item.stop();
    expect(views()).toEqual(['a', 'z']);
    expect([dwellOf('a'), dwellOf('z')]).toEqual([2_000, 3_000]);
  });

  it('may be declared again on the next address', async () => {
    const item = start();
    item.page({ itemId: 'z' });
    history.pushState(null, '', '/products/z/reviews');
    item.page({ itemId: 'z' });
    await page.pass(3_000);
    item.stop();
    expect(views()).toEqual(['z', 'z']);
  });

  it('ends when the page is left and is viewed anew from the bfcache', async () => {
    render(product('a'));
    const item = start();
    await page.pass(2_000);
    page.leave();
    expect(dwellOf('a')).toBe(2_000);
    page.sleep(60_000);
    page.restore();
    await page.pass(1_000);
    item.stop();
    expect(views()).toEqual(['a', 'a']);
    expect(dwellOf('a')).toBe(3_000);
  });

  it('sends its scroll depth with its dwell', async () => {
    render(product('a'));
    const item = start();
    await page.pass(2_000);
    page.hide();
    item.stop();
    expect(events.filter(({ type }) => type === 'scroll')).toEqual([
      { type: 'scroll', itemId: 'a', scrollDepthRatio: expect.any(Number) },
    ]);
  });
});
