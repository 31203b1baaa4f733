import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Arm } from '../../../src/core/domain/slate.js';
import type { Diagnostic } from '../../../src/core/errors.js';
import { createTillsideOn } from '../../../src/page/create-tillside.js';
import type { TillsideOptions } from '../../../src/page/options.js';
import type { Chunks, Platform } from '../../../src/page/platform.js';
import type { Tillside } from '../../../src/page/tillside.js';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import { aLoader } from '../../support/a-loader.js';
import { aFakeEngine, type FakeEngine } from '../../support/fake-engine.js';

const KEY = 'tillside.arm';
/** Of two billion draws one goes the other way. */
const [NOBODY, EVERYBODY] = [1e-9, 1 - 1e-9];

let engine: FakeEngine;
let tillside: Tillside | undefined;
let problems: Diagnostic[];
let told: (Arm | undefined)[];
let loaded: (keyof Chunks)[];

beforeAll(defineSuggestions);
beforeEach(() => {
  engine = aFakeEngine();
  [problems, told, loaded] = [[], [], []];
  localStorage.clear();
});
afterEach(async () => {
  await tillside?.stop();
  localStorage.clear();
  document.body.replaceChildren();
  vi.restoreAllMocks();
  for (const name of ['Shopify', 'OnetrustActiveGroups']) Reflect.deleteProperty(window, name);
  Reflect.deleteProperty(navigator, 'globalPrivacyControl');
});

const platform: Platform = () => ({
  spawnWorker() {
    throw new Error('no workers in this test');
  },
  tfjsUrl: 'https://shop.example/t/tfjs.js',
  offersUrl: 'https://shop.example/t/offers.js',
  runtimeUrl: 'https://shop.example/t/runtime.js',
  load: aLoader(
    () => engine,
    (name) => loaded.push(name),
  ),
});

function create(options: Partial<TillsideOptions> = {}): Tillside {
  tillside = createTillsideOn(platform, {
    bundle: '/m/manifest.json',
    consent: 'granted',
    onArm: (arm) => told.push(arm),
    onError: (problem) => problems.push(problem),
    onDiagnostic: (problem) => problems.push(problem),
    ...options,
  });
  return tillside;
}
const armKept = (): unknown => JSON.parse(localStorage.getItem(KEY) ?? '{}').arm;

/** The next page of the same shopper. */
async function next(options: Partial<TillsideOptions>): Promise<Arm | undefined> {
  await tillside?.stop();
  engine = aFakeEngine();
  return (await create(options).recommend()).arm;
}

describe('a shopper who is held out', () => {
  it('gets empty slates that say so, and the widget renders nothing', async () => {
    const instance = create({ holdout: EVERYBODY });
    const host = document.createElement('tillside-suggestions');
    document.body.append(host);
    expect(await instance.recommend()).toMatchObject({ items: [], strategy: 'none', arm: 'holdout' });
    await vi.waitFor(() => expect(host.dataset['strategy']).toBe('none'));
    expect(host.checkVisibility({ visibilityProperty: true })).toBe(false);
    expect(host.shadowRoot?.querySelectorAll('li')).toHaveLength(0);
    expect(told).toEqual(['holdout']);
  });

  it('is still recorded and exported, with the arm', async () => {
    const instance = create({ holdout: EVERYBODY });
    instance.track({ type: 'view_item', itemId: 'a' });
    await vi.waitFor(() => expect(engine.recorded).toHaveLength(1));
    expect((await instance.exportData()).meta['holdout']).toMatchObject({ arm: 'holdout' });
  });
});

it('suggests to the others, and says that they are treated', async () => {
  const { items, arm } = await create({ holdout: NOBODY }).recommend();
  expect([items.length, arm]).toEqual([4, 'treatment']);
  expect(told).toEqual(['treatment']);
});

it('draws nothing and loads no more where the shop does not measure', async () => {
  expect((await create().recommend()).arm).toBeUndefined();
  expect(loaded).not.toContain('holdout');
  expect(armKept()).toBeUndefined();
});

it('draws nothing before consent', async () => {
  const instance = create({ holdout: EVERYBODY, consent: 'pending', beforeConsent: 'memory' });
  await vi.waitFor(() => expect(loaded).toContain('holdout'));
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect([armKept(), told]).toEqual([undefined, []]);
  instance.consent('granted');
  expect((await instance.recommend()).arm).toBe('holdout');
});

describe('the arm', () => {
  it('stays on the next pages, whatever the share is by then', async () => {
    expect(await next({ holdout: EVERYBODY })).toBe('holdout');
    expect(await next({ holdout: NOBODY })).toBe('holdout');
    expect(await next({ holdout: NOBODY })).toBe('holdout');
  });

  it('is drawn again after forget', async () => {
    await create({ holdout: EVERYBODY }).recommend();
    await next({ holdout: NOBODY });
    await tillside?.forget();
    expect(armKept()).toBe('treatment');
    expect((await tillside?.recommend())?.arm).toBe('treatment');
    expect(told).toEqual(['holdout', 'holdout', 'treatment']);
  });

  it('is erased, and taken off, when consent is withdrawn', async () => {
    const instance = create({ holdout: EVERYBODY });
    await instance.recommend();
    instance.consent('denied');
    await vi.waitFor(() => expect(told).toEqual(['holdout', undefined]));
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('is taken off also by a page that is denied from the start', async () => {
    await create({ holdout: EVERYBODY }).recommend();
    await tillside?.stop();
    create({ holdout: EVERYBODY, consent: 'denied' });
    await vi.waitFor(() => expect(told).toEqual(['holdout', undefined]));
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('is drawn again for another account and after a log-out, and goes over from nobody to who logs in', async () => {
    expect(await next({ holdout: EVERYBODY, account: null })).toBe('holdout');
    expect(await next({ holdout: NOBODY, account: 'ada' })).toBe('holdout');
    expect(await next({ holdout: NOBODY })).toBe('holdout');
    expect(await next({ holdout: NOBODY, account: 'bob' })).toBe('treatment');
    expect(await next({ holdout: EVERYBODY, account: null })).toBe('holdout');
  });

  it.each(['{', '"holdout"', '{"arm":"both","drawnAt":1}', `{"arm":"treatment","drawnAt":${Date.now() - 4e10}}`])(
    'is drawn anew where %s is kept',
    async (text) => {
      localStorage.setItem(KEY, text);
      expect((await create({ holdout: EVERYBODY }).recommend()).arm).toBe('holdout');
    },
  );

  it('is taken over from another tab that drew again', async () => {
    const instance = create({ holdout: EVERYBODY });
    await instance.recommend();
    const text = JSON.stringify({ arm: 'treatment', drawnAt: Date.now() });
    localStorage.setItem(KEY, text);
    dispatchEvent(new StorageEvent('storage', { key: KEY, newValue: text }));
    expect((await instance.recommend()).arm).toBe('treatment');
  });
});

describe('nobody is drawn', () => {
  it('where Global Privacy Control is signalled', async () => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { configurable: true, value: true });
    expect((await create({ holdout: EVERYBODY }).recommend()).arm).toBeUndefined();
    expect(armKept()).toBeUndefined();
  });

  it('where a consent platform grants preferences and not statistics, until it does', async () => {
    const page = window as unknown as { OnetrustActiveGroups: string };
    Object.assign(page, { OnetrustActiveGroups: ',C0001,C0003,' });
    const instance = create({ holdout: EVERYBODY, consent: 'auto' });
    const { items, arm } = await instance.recommend();
    expect([items.length, arm, armKept()]).toEqual([4, undefined, undefined]);
    page.OnetrustActiveGroups = ',C0001,C0002,C0003,';
    dispatchEvent(new Event('OneTrustGroupsUpdated'));
    expect((await instance.recommend()).arm).toBe('holdout');
    page.OnetrustActiveGroups = ',C0001,C0003,';
    dispatchEvent(new Event('OneTrustGroupsUpdated'));
    expect((await instance.recommend()).items).toHaveLength(4);
    expect([armKept(), told]).toEqual([undefined, ['holdout', undefined]]);
  });

  it('where storage refuses, which is told', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation((key) => {
      if (key === KEY) throw new DOMException('full', 'QuotaExceededError');
    });
    expect((await create({ holdout: EVERYBODY }).recommend()).arm).toBeUndefined();
    expect(problems).toContainEqual({ code: 'store-denied', message: expect.stringContaining('not part of the holdout test') });
  });

  it('where nothing may be kept, which is told', async () => {
    expect((await create({ holdout: EVERYBODY, storage: 'memory' }).recommend()).arm).toBeUndefined();
    expect(problems).toContainEqual({ code: 'invalid-options', message: expect.stringContaining('"holdout"') });
  });
});

describe('on Shopify', () => {
  it('the cart carries the arm as soon as it holds something, by one request, and loses it with consent', async () => {
    const shop = openShopify();
    const instance = create({ holdout: EVERYBODY, cart: ['shopify-theme'] });
    await instance.recommend();
    expect(shop.attributes).toEqual({});
    shop.items.push({ id: 1 });
    instance.cart([{ itemId: 'a', quantity: 1 }]);
    await vi.waitFor(() => expect(shop.attributes).toEqual({ note: 'kept', tillside_arm: 'holdout' }));
    instance.cart([{ itemId: 'a', quantity: 2 }]);
    await vi.waitFor(() => expect(engine.recorded.length).toBeGreaterThan(1)); // the adapter reads the cart as well
    instance.consent('denied');
    await vi.waitFor(() => expect(shop.attributes).toEqual({ note: 'kept' }));
    expect(shop.posted).toEqual([{ attributes: { tillside_arm: 'holdout' } }, { attributes: { tillside_arm: '' } }]);
  });

  it('a cart that carries it already is left alone', async () => {
    const shop = openShopify();
    shop.items.push({ id: 1 });
    shop.attributes['tillside_arm'] = 'treatment';
    create({ holdout: NOBODY, cart: ['shopify-theme'] }).cart([{ itemId: 'a', quantity: 1 }]);
    await vi.waitFor(() => expect(shop.read).toBeGreaterThan(1)); // by the adapter, and by the test
    expect(shop.posted).toEqual([]);
  });

  it('a refusal is told, and suggestions stay as they are', async () => {
    const shop = openShopify();
    shop.items.push({ id: 1 });
    shop.status = 429;
    const instance = create({ holdout: NOBODY, cart: ['shopify-theme'] });
    instance.cart([{ itemId: 'a', quantity: 1 }]);
    await vi.waitFor(() => expect(problems).toContainEqual({ code: 'page-failed', message: expect.stringContaining('429') }));
    expect((await instance.recommend()).items).toHaveLength(4);
  });
});

describe('on WooCommerce', () => {
  it('the cart carries the arm, with the nonce that the shop gives', async () => {
    const shop = openWooCommerce({ arm: '' });
    create({ holdout: EVERYBODY, cart: ['woocommerce'] }).cart([{ itemId: 'a', quantity: 1 }]);
    await vi.waitFor(() => expect(shop.cart.extensions).toEqual({ tillside: { arm: 'holdout' } }));
    expect(shop.posted).toEqual([{ nonce: 'n1', namespace: 'tillside', data: { arm: 'holdout' } }]);
  });

  it('a shop without the snippet is told what to add, and keeps its suggestions', async () => {
    const shop = openWooCommerce();
    const instance = create({ holdout: NOBODY, cart: ['woocommerce'] });
    instance.cart([{ itemId: 'a', quantity: 1 }]);
    const message = expect.stringMatching(/no extension "tillside".*docs\/uplift\.md/);
    await vi.waitFor(() => expect(problems).toContainEqual({ code: 'page-failed', message }));
    expect((await instance.recommend()).items).toHaveLength(4);
    expect(shop.posted).toEqual([]);
  });
});

it('tells a shop that has no platform and no onArm that orders will not carry the arm', async () => {
  const instance = create({ holdout: EVERYBODY, onArm: undefined as never, cart: 'manual' });
  instance.cart([{ itemId: 'a', quantity: 1 }]);
  await vi.waitFor(() => expect(problems).toContainEqual({ code: 'invalid-options', message: expect.stringContaining('onArm') }));
});

it('survives an onArm that throws', async () => {
  const instance = create({
    holdout: NOBODY,
    onArm: () => {
      throw new Error('of the shop');
    },
  });
  expect((await instance.recommend()).items).toHaveLength(4);
  expect(problems).toContainEqual({ code: 'page-failed', message: expect.stringContaining('of the shop') });
});

/** Answers the cart requests of Shopify's Ajax API. */
function openShopify() {
  const shop = {
    items: [] as { id: number }[],
    attributes: {} as Record<string, string>,
    posted: [] as unknown[],
    read: 0,
    status: 200,
  };
  Object.assign(window, { Shopify: { routes: { root: '/' } } });
  const { fetch } = window;
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname === '/cart.js') shop.read++;
    if (pathname === '/cart/update.js') {
      const sent: { attributes: Record<string, string> } = await request.json();
      if (shop.status !== 200) return new Response('{}', { status: shop.status });
      shop.posted.push(sent);
      const all = Object.entries({ note: 'kept', ...shop.attributes, ...sent.attributes });
      shop.attributes = Object.fromEntries(all.filter(([, value]) => value));
    }
    const { items, attributes } = shop;
    return Response.json({ items, attributes, currency: 'GBP' });
  };
  onTestFinished(() => void Object.assign(window, { fetch }));
  return shop;
}

/** Answers the cart requests of WooCommerce's Store API. @param tillside what the snippet puts into the cart */
function openWooCommerce(tillside?: { arm: string }) {
  const shop = { posted: [] as unknown[], cart: { items: [], items_count: 1, extensions: tillside ? { tillside } : {} } };
  const { fetch } = window;
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.method === 'POST') {
      const sent: { namespace: string; data: { arm: string } } = await request.json();
      shop.posted.push({ nonce: request.headers.get('nonce'), ...sent });
      shop.cart.extensions = { [sent.namespace as 'tillside']: sent.data };
    }
    return Response.json(shop.cart, { headers: { Nonce: 'n1' } });
  };
  onTestFinished(() => void Object.assign(window, { fetch }));
  return shop;
}
