import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Diagnostic } from '../../src/core/errors.js';
import type { AddRequest } from '../../src/page/adapters/markup.js';
import { createTillsideOn } from '../../src/page/create-tillside.js';
import type { TillsideOptions } from '../../src/page/options.js';
import type { Platform } from '../../src/page/platform.js';
import type { Tillside } from '../../src/page/tillside.js';
import { defineSuggestions } from '../../src/page/widget/define-suggestions.js';
import { aLoader } from '../support/a-loader.js';
import { aFakeEngine, type FakeEngine } from '../support/fake-engine.js';

let engine: FakeEngine;
let tillside: Tillside | undefined;
let problems: Diagnostic[];
let spawned: number;
let loadedJsonLd: number;

beforeAll(defineSuggestions);
beforeEach(() => {
  engine = aFakeEngine();
  problems = [];
  spawned = 0;
  loadedJsonLd = 0;
  localStorage.clear();
});
afterEach(async () => {
  await tillside?.stop();
  tillside = undefined;
  document.body.replaceChildren();
});

/** No worker runs here: the engine is the one that the page would fall back to. */
const platform: Platform = () => ({
  spawnWorker() {
    spawned++;
    throw new Error('no workers in this test');
  },
  runtimeUrl: 'https://shop.example/t/runtime.js',
  tfjsUrl: 'https://shop.example/t/tfjs.js',
  offersUrl: 'https://shop.example/t/offers.js',
  load: aLoader(
    () => engine,
    (name) => {
      if (name === 'json-ld') loadedJsonLd++;
    },
  ),
});

function create(options: Partial<TillsideOptions> = {}): Tillside {
  tillside = createTillsideOn(platform, { bundle: '/m/manifest.json', onError: (problem) => problems.push(problem), ...options });
  return tillside;
}

async function createReady(options: Partial<TillsideOptions> = {}): Promise<Tillside> {
  const instance = create({ consent: 'granted', ...options });
  await new Promise((resolve) => instance.on('ready', resolve));
  return instance;
}

function onAdd(answer: (event: CustomEvent<AddRequest>) => void, type = 'tillside:add'): () => void {
  const listener = (event: Event) => answer(event as Parameters<typeof answer>[0]);
  document.addEventListener(type, listener);
  return () => document.removeEventListener(type, listener);
}

const typesOf = () => engine.recorded.map(({ type }) => type);

describe('before consent', () => {
  it('reads, writes, requests, starts and listens to nothing', () => {
    const spies = [
      vi.spyOn(indexedDB, 'open'),
      vi.spyOn(Storage.prototype, 'getItem'),
      vi.spyOn(Storage.prototype, 'setItem'),
      vi.spyOn(window, 'fetch'),
      vi.spyOn(window, 'BroadcastChannel'),
      vi.spyOn(document, 'addEventListener'),
      vi.spyOn(window, 'addEventListener'),
      vi.spyOn(window, 'MutationObserver'),
      vi.spyOn(window, 'setTimeout'),
    ];
    const instance = create();
    instance.track({ type: 'view_item', itemId: 'a' });
    instance.cart([{ itemId: 'a', quantity: 1 }]);
    instance.page({ itemId: 'a' });
    const calls = spies.map((spy) => spy.mock.calls.length);
    vi.restoreAllMocks();
    expect(calls).toEqual(spies.map(() => 0));
    expect(spawned).toBe(0);
    expect(engine.calls).toEqual([]);
  });

  it('drops what was tracked, also when consent comes later', async () => {
    const instance = create();
    instance.track({ type: 'view_item', itemId: 'before' });
    instance.consent('granted');
    instance.track({ type: 'add_to_cart', itemId: 'after' });
    await vi.waitFor(() => expect(engine.recorded.map(({ itemId }) => itemId)).toContain('after'));
    expect(engine.recorded.map(({ itemId }) => itemId)).not.toContain('before');
  });

  it.each(['recommend', 'forget', 'exportData'] as const)('rejects %s with consent-required', async (method) => {
    await expect(create()[method]()).rejects.toMatchObject({ code: 'consent-required' });
  });

  it('rejects add with consent-required', async () => {
    await expect(create().add('a')).rejects.toMatchObject({ code: 'consent-required' });
  });

  it('tells its status', async () => {
    expect(await create().status()).toMatchObject({ consent: 'pending' });
  });
});

describe("before consent, with beforeConsent: 'memory'", () => {
  const spyOnDevice = () => [
    vi.spyOn(indexedDB, 'open'),
    vi.spyOn(indexedDB, 'deleteDatabase'),
    vi.spyOn(Storage.prototype, 'getItem'),
    vi.spyOn(Storage.prototype, 'setItem'),
    vi.spyOn(Storage.prototype, 'removeItem'),
    vi.spyOn(window, 'localStorage', 'get'),
    vi.spyOn(window, 'fetch'),
    vi.spyOn(window, 'BroadcastChannel'),
  ];
  const loads: string[] = [];
  beforeEach(() => {
    loads.length = 0;
    document.body.innerHTML =
      '<main data-tillside-product="a"><button data-tillside-add="a">Add</button></main><ul data-tillside-cart></ul>';
  });
  /** Creates, and waits until capture is held. */
  const hold = async (options: Partial<TillsideOptions> = {}): Promise<Tillside> => {
    let isHeld: Promise<unknown> | undefined;
    const load = aLoader(
      () => engine,
      (name) => loads.push(name),
    );
    const files = { ...platform(), load: ((name) => (isHeld = load(name))) as typeof load };
    tillside = createTillsideOn(() => files, { bundle: '/m/manifest.json', beforeConsent: 'memory', ...options });
    await vi.waitUntil(() => isHeld);
    await isHeld;
    await new Promise((resolve) => setTimeout(resolve)); // and what awaits it
    return tillside;
  };
  const add = () => document.querySelector('button')?.click();
  const told = () => engine.recorded.map(({ type, itemId }) => [type, itemId]);

  it('holds what happens, and touches no storage, channel, worker or file but loop.js', async () => {
    const spies = spyOnDevice();
    const instance = await hold();
    add();
    instance.track({ type: 'search' });
    instance.cart([{ itemId: 'a', quantity: 1 }]);
    history.pushState({}, '', '#/elsewhere');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    window.dispatchEvent(new PageTransitionEvent('pageshow'));
    await expect(instance.recommend()).rejects.toMatchObject({ code: 'consent-required' });
    const calls = spies.map((spy) => spy.mock.calls.length);
    vi.restoreAllMocks();
    history.replaceState({}, '', location.pathname + location.search);
    expect(calls).toEqual(spies.map(() => 0));
    expect([loads, spawned, engine.calls]).toEqual([['loop'], 0, []]);
    expect(await instance.status()).toEqual({ version: expect.any(String), consent: 'pending' });
  });

  it('gives the engine all of it once it is granted, in order and once', async () => {
    const instance = await hold();
    add();
    instance.track({ type: 'view_item', itemId: 'b' });
    await Promise.resolve(); // a call reaches capture in a microtask
    instance.consent('granted');
    add();
    await vi.waitFor(() => expect(told().filter(([type]) => type === 'add_to_cart')).toHaveLength(2), { timeout: 5_000 });
    await instance.stop();
    expect(told().filter(([type]) => !/dwell|scroll|view_cart/.test(String(type)))).toEqual([
      ['view_item', 'a'],
      ['add_to_cart', 'a'],
      ['view_item', 'b'],
      ['add_to_cart', 'a'],
    ]);
  });

  it('sends what an earlier page left before what it held', async () => {
    const left = { eventId: crypto.randomUUID(), type: 'view_item', itemId: 'c', occurredAt: 1 };
    localStorage.setItem('tillside.tail.earlier', JSON.stringify([left]));
    const instance = await hold();
    instance.consent('granted');
    await vi.waitFor(() =>
      expect(told()).toEqual([
        ['view_item', 'c'],
        ['view_item', 'a'],
      ]),
    );
    await vi.waitFor(() => expect(localStorage).toHaveLength(0));
  });

  it.each(['denied', 'stopped', 'given to another account'])('drops all of it when it is %s', async (end) => {
    const instance = await hold({ account: 'anna' });
    instance.track({ type: 'view_item', itemId: 'dropped' });
    if (end === 'denied') instance.consent('denied');
    else if (end === 'stopped') await instance.stop();
    else instance.account('ben');
    const next = end === 'stopped' ? await createReady() : instance;
    next.consent('granted');
    await vi.waitFor(() => expect(told()).toContainEqual(['view_item', 'a']));
    expect(told()).not.toContainEqual(['view_item', 'dropped']);
  });

  it('keeps the newest 500 events', async () => {
    const instance = await hold();
    for (let i = 1; i <= 600; i++) instance.track({ type: 'view_item', itemId: `item ${i}` });
    instance.consent('granted');
    await vi.waitFor(() => expect(engine.recorded).toHaveLength(500));
    expect([engine.recorded[0]?.itemId, engine.recorded[499]?.itemId]).toEqual(['item 101', 'item 600']);
  });

  it('reads what needs another file only with consent', async () => {
    document.body.insertAdjacentHTML('beforeend', '<script type="application/ld+json">{"@type":"Product","sku":"a"}</script>');
    vi.stubGlobal('dataLayer', []);
    onTestFinished(() => void vi.unstubAllGlobals());
    const instance = await hold();
    expect(loads).toEqual(['loop']);
    instance.consent('granted');
    await vi.waitFor(() => expect(loads).toEqual(expect.arrayContaining(['sources', 'json-ld'])));
  });

  it('does nothing where the shop has not asked for it', async () => {
    const instance = create();
    instance.track({ type: 'view_item', itemId: 'a' });
    expect(engine.calls).toEqual([]);
    await expect(instance.exportData()).rejects.toMatchObject({ code: 'consent-required' });
  });

  it('goes on without it where loop.js does not come at first', async () => {
    let failures = 1;
    const load = aLoader(() => engine);
    const files = {
      ...platform(),
      load: ((name) => (name === 'loop' && failures-- > 0 ? Promise.reject(new Error('offline')) : load(name))) as typeof load,
    };
    tillside = createTillsideOn(() => files, {
      bundle: '/m/manifest.json',
      beforeConsent: 'memory',
      onError: (problem) => problems.push(problem),
    });
    await vi.waitFor(() => expect(failures).toBe(0));
    tillside.consent('granted');
    expect((await tillside.recommend()).items.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });
});

describe('with consent', () => {
  it('starts the engine on the options given, once', async () => {
    const instance = await createReady({ reasons: 'session', retention: { eventDays: 1 }, wasm: true });
    instance.consent('granted');
    expect(engine.calls.filter((call) => call === 'start')).toHaveLength(1);
    expect(engine.config).toMatchObject({
      manifestUrl: new URL('/m/manifest.json', location.href).href,
      runtimeUrl: 'https://shop.example/t/runtime.js',
      tfjsUrl: 'https://shop.example/t/tfjs.js',
      wasmBaseUrl: 'https://shop.example/t/wasm/',
      reasons: 'session',
      retention: { eventDays: 1, maxEvents: 2000 },
      publicKeys: [],
    });
    expect(await instance.status()).toMatchObject({ consent: 'granted', engine: { strategy: 'model' } });
  });

  it('recommends with what the page speaks of, and tells of each slate', async () => {
    document.body.innerHTML = '<button data-tillside-add="c">Add</button>';
    const instance = await createReady();
    const slates: unknown[] = [];
    instance.on('slate', (slate) => slates.push(slate));
    const slate = await instance.recommend({ size: 2 });
    expect(slate.items.map(({ item }) => item.itemId)).toEqual(['a', 'b']);
    expect(slates).toEqual([slate]);
    expect(engine.requests.at(-1)).toMatchObject({ size: 2, pageItemIds: ['c'], facts: [] });
  });

  it.each([0, 51, 1.5, Number.NaN, '4'])('refuses a slate of %s items', async (size) => {
    const instance = await createReady();
    await expect(instance.recommend({ size: size as number })).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('reports what is wrong with an event once, and never throws it', async () => {
    const instance = await createReady();
    for (let i = 0; i < 3; i++) instance.track({ type: 'dance' } as never);
    instance.cart('everything' as never);
    await vi.waitFor(() => expect(problems).not.toEqual([]));
    expect(problems[0]?.message).toMatch(/^type is "dance"\. Pass one of view_item, /);
    await new Promise((resolve) => setTimeout(resolve));
    expect(problems.map(({ code }) => code)).toEqual(['invalid-event']);
  });

  it('tells of a change when the cart changes, and records the cart that a script tells', async () => {
    const instance = await createReady();
    const changed = new Promise<void>((resolve) => instance.on('change', () => resolve()));
    instance.cart([{ itemId: 'a', quantity: 2 }]);
    await changed;
    await vi.waitFor(() => expect(typesOf()).toContain('view_cart'));
  });

  it('tells of a tier that changed what the engine survived, and nothing when it was stopped meanwhile', async () => {
    const told: string[] = [];
    const instance = await createReady({ onDiagnostic: ({ code }) => told.push(code) });
    const status = await engine.status();
    const answers = [{ ...status, diagnostics: [{ code: 'runtime-unavailable', message: 'no TF.js' }] } as const];
    const asked = vi.spyOn(engine, 'status').mockImplementation(async () => {
      const answer = answers.pop();
      if (answer) return answer;
      throw Object.assign(new Error('the engine is not running'), { code: 'stopped' });
    });
    for (const strategy of ['neighbours', 'popularity'] as const) {
      engine.strategy = strategy;
      await instance.recommend();
    }
    expect(asked).toHaveBeenCalledTimes(2);
    await new Promise((resolve) => setTimeout(resolve));
    expect([told, problems]).toEqual([['worker-unavailable', 'runtime-unavailable'], []]); // the first: no workers in this test
  });

  it('keeps the others going when a listener throws', async () => {
    const instance = create();
    const seen: string[] = [];
    instance.on('consent', () => {
      throw new Error('mine');
    });
    instance.on('consent', (state) => seen.push(state));
    instance.consent('granted');
    expect(seen).toEqual(['granted']);
    expect(problems).toEqual([{ code: 'page-failed', message: expect.stringContaining('"consent" threw: Error: mine') }]);
  });

  it('survives an onError that throws', async () => {
    const instance = await createReady({
      onError: () => {
        throw new Error('mine');
      },
    });
    expect(() => instance.consent('maybe' as never)).not.toThrow();
  });
});

describe('remove', () => {
  it('asks the shop by tillside:remove, and records one remove_from_cart', async () => {
    const instance = await createReady();
    instance.cart([{ itemId: 'a', quantity: 2 }]);
    const asked: string[] = [];
    const off = onAdd((event) => {
      asked.push(`${event.detail.quantity} ${event.detail.itemId}`);
      event.detail.respondWith(Promise.resolve());
    }, 'tillside:remove');
    await instance.remove('a');
    off();
    expect(asked).toEqual(['1 a']);
    await vi.waitFor(() =>
      expect(engine.recorded.filter(({ type }) => type === 'remove_from_cart')).toMatchObject([{ itemId: 'a', quantity: 1 }]),
    );
  });

  it('counts once what the shop itself told of meanwhile', async () => {
    const instance = await createReady();
    instance.cart([{ itemId: 'a', quantity: 2 }]);
    const off = onAdd((event) => {
      instance.cart([{ itemId: 'a', quantity: 1 }]);
      event.detail.respondWith(Promise.resolve());
    }, 'tillside:remove');
    await instance.remove('a');
    off();
    await vi.waitFor(() => expect(engine.recorded.at(-1)).toMatchObject({ items: [{ itemId: 'a', quantity: 1 }] }));
    expect(typesOf()).not.toContain('remove_from_cart');
  });

  it('rejects and records nothing when nobody answers', async () => {
    const instance = await createReady();
    await expect(instance.remove('a')).rejects.toMatchObject({
      code: 'cart-action-failed',
      message: expect.stringContaining('tillside:remove'),
    });
    expect(typesOf()).not.toContain('remove_from_cart');
    expect(problems).toMatchObject([{ code: 'cart-action-failed' }]);
  });
});

describe('on a product page', () => {
  it('asks for what goes with its item, and says that slates are old when it becomes another', async () => {
    document.body.innerHTML = '<main data-tillside-product="a"></main>';
    const instance = await createReady();
    await instance.recommend({ placement: 'product' });
    expect(engine.requests.at(-1)).toMatchObject({ aboutItemIds: ['a'] });
    await instance.recommend({ placement: 'cart' });
    expect(engine.requests.at(-1)).not.toHaveProperty('aboutItemIds');
    const changed = new Promise((resolve) => instance.on('change', resolve));
    instance.page({ itemId: 'b' });
    await changed;
    await instance.recommend({ placement: 'product' });
    expect(engine.requests.at(-1)).toMatchObject({ aboutItemIds: ['b'] });
  });
});

it('a dismissal says that slates are old', async () => {
  const instance = await createReady();
  const changed = new Promise((resolve) => instance.on('change', resolve));
  instance.track({ type: 'dismiss', itemId: 'a' });
  await changed;
});

describe('add', () => {
  it('asks the shop, records one add_to_cart and tells of it', async () => {
    const instance = await createReady();
    const off = onAdd((event) => event.detail.respondWith(Promise.resolve()));
    const added: unknown[] = [];
    instance.on('add', (item) => added.push(item));
    await instance.add('a', { listId: 'cart' });
    off();
    expect(added).toEqual([{ itemId: 'a', quantity: 1, listId: 'cart', canRemove: false }]);
    await vi.waitFor(() => expect(typesOf().filter((type) => type === 'add_to_cart')).toHaveLength(1));
  });

  it('rejects and records nothing when the shop refuses, or nobody answers', async () => {
    const instance = await createReady();
    const off = onAdd((event) => event.detail.respondWith(Promise.reject(new Error('sold out'))));
    await expect(instance.add('a')).rejects.toMatchObject({
      code: 'cart-action-failed',
      message: expect.stringContaining('sold out'),
    });
    off();
    await expect(instance.add('a')).rejects.toMatchObject({ code: 'cart-action-failed' });
    expect(typesOf()).not.toContain('add_to_cart');
  });

  it('asks the shop with cart: "manual" too', async () => {
    const instance = await createReady({ cart: 'manual' });
    const off = onAdd((event) => event.detail.respondWith(Promise.resolve()));
    await expect(instance.add('a')).resolves.toEqual({ itemId: 'a', quantity: 1, canRemove: false });
    off();
  });

  it('says that an add can be taken back where the shop says so', async () => {
    const instance = await createReady();
    const off = onAdd((event) => event.detail.respondWith(Promise.resolve(), { canRemove: true }));
    await expect(instance.add('a')).resolves.toMatchObject({ canRemove: true });
    off();
  });

  it('lets the widget go through the shop: the item leaves the slate', async () => {
    const off = onAdd((event) => event.detail.respondWith(Promise.resolve()));
    await createReady();
    const host = document.body.appendChild(document.createElement('tillside-suggestions'));
    const ids = () => [...(host.shadowRoot?.querySelectorAll('li') ?? [])].map((card) => card.dataset.itemId);
    await vi.waitFor(() => expect(ids()).toEqual(['a', 'b', 'c', 'd']));
    host.shadowRoot?.querySelector<HTMLButtonElement>('li button')?.click();
    await vi.waitFor(() => expect(ids()).toEqual(['b', 'c', 'd', 'e']));
    off();
  });
});

describe('withdrawal, forget and stop', () => {
  it('erases and stops when consent is denied, and takes nothing more', async () => {
    const instance = await createReady();
    instance.track({ type: 'add_to_cart', itemId: 'a' });
    await vi.waitFor(() => expect(typesOf()).toContain('add_to_cart'));
    instance.consent('denied');
    await vi.waitFor(() => expect(engine.calls.slice(-2)).toEqual(['forget', 'stop']));
    instance.track({ type: 'add_to_cart', itemId: 'b' });
    expect(engine.recorded).toEqual([]);
    expect(Object.keys(localStorage)).toEqual([]);
    await expect(instance.recommend()).rejects.toMatchObject({ code: 'consent-required' });
  });

  it('starts again when consent is granted again', async () => {
    const instance = await createReady();
    instance.consent('denied');
    const again = new Promise((resolve) => instance.on('ready', resolve));
    instance.consent('granted');
    await again;
    expect(engine.calls.filter((call) => call === 'start')).toHaveLength(2);
    expect((await instance.recommend()).items).toHaveLength(4);
  });

  it('forgets on request and goes on', async () => {
    const instance = await createReady();
    instance.track({ type: 'add_to_cart', itemId: 'a' });
    await vi.waitFor(() => expect(engine.recorded.length).toBeGreaterThan(0));
    await instance.forget();
    expect(engine.recorded).toEqual([]);
    expect((await instance.recommend()).items[0]?.item.itemId).toBe('a');
  });

  it('exports what the engine has and what is still on its way', async () => {
    const instance = await createReady();
    instance.track({ type: 'search', tokens: ['0123456789abcdef'] });
    const data = await instance.exportData();
    expect(data.meta['unsent']).toEqual([expect.objectContaining({ type: 'search' })]);
  });

  it('leaves no listener behind after stop', async () => {
    const added = new Map<string, number>();
    const count = (change: number) => (type: string) => void added.set(type, (added.get(type) ?? 0) + change);
    const targets = [document, window] as const;
    const spies = targets.flatMap((target) => {
      const { addEventListener, removeEventListener } = target;
      return [
        vi.spyOn(target, 'addEventListener').mockImplementation((...args: Parameters<typeof addEventListener>) => {
          count(1)(args[0]);
          return addEventListener.apply(target, args);
        }),
        vi.spyOn(target, 'removeEventListener').mockImplementation((...args: Parameters<typeof removeEventListener>) => {
          count(-1)(args[0]);
          return removeEventListener.apply(target, args);
        }),
      ];
    });
    const instance = await createReady();
    expect(added.size).toBeGreaterThan(3);
    await instance.stop();
    for (const spy of spies) spy.mockRestore();
    expect([...added].filter(([, left]) => left !== 0)).toEqual([]);
    await expect(instance.recommend()).rejects.toMatchObject({ code: 'stopped' });
    expect(instance.consentState).toBe('pending');
  });
});

describe('a refusal', () => {
  it('that comes before any consent deletes what an earlier visit left, and starts nothing', async () => {
    localStorage.setItem('tillside.tail.dead', '[]');
    localStorage.setItem('cart', 'the shop’s own');
    await new Promise((resolve, reject) => {
      const request = indexedDB.open('tillside', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('events');
      request.onerror = reject;
      request.onsuccess = () => {
        request.result.close();
        resolve(undefined);
      };
    });
    create().consent('denied');
    await vi.waitFor(async () => expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('tillside'));
    expect(Object.keys(localStorage)).toEqual(['cart']);
    expect([spawned, engine.calls]).toEqual([0, []]);
  });

  it('erases and stops in the other tabs within 1 s, and a later answer there counts', async () => {
    const instance = await createReady();
    // Another tab has a realm of its own; here its instance shares this one.
    Reflect.deleteProperty(globalThis, Symbol.for('tillside.instance'));
    const otherEngine = aFakeEngine();
    const there: Platform = () => ({ ...platform(), load: aLoader(() => otherEngine) });
    const other = createTillsideOn(there, { bundle: '/m/manifest.json', consent: 'granted' });
    onTestFinished(() => other.stop());
    await new Promise((resolve) => other.on('ready', resolve));
    other.track({ type: 'add_to_cart', itemId: 'a' });
    await vi.waitFor(() => expect(otherEngine.recorded).toHaveLength(1));
    instance.consent('denied');
    instance.consent('granted');
    await vi.waitFor(() => expect(otherEngine.calls.slice(-2)).toEqual(['forget', 'stop']), { timeout: 1_000 });
    expect([other.consentState, instance.consentState]).toEqual(['denied', 'granted']);
    other.track({ type: 'add_to_cart', itemId: 'b' });
    expect(otherEngine.recorded).toEqual([]);
    other.consent('granted');
    await vi.waitFor(() => expect(otherEngine.calls.filter((call) => call === 'start')).toHaveLength(2));
    expect(instance.consentState).toBe('granted');
  });
});

describe('JSON-LD', () => {
  beforeEach(() => {
    document.body.innerHTML =
      '<script type="application/ld+json">{"@type":"Product","sku":"lamp","name":"Lamp","offers":{"price":5}}</script>';
  });

  it('gives the item of the page and its facts', async () => {
    const instance = await createReady();
    await vi.waitFor(() =>
      expect(engine.recorded).toContainEqual(expect.objectContaining({ type: 'view_item', itemId: 'lamp' })),
    );
    await instance.recommend();
    expect(engine.requests.at(-1)).toMatchObject({ pageItemIds: ['lamp'], facts: [{ itemId: 'lamp', title: 'Lamp', price: 5 }] });
    expect(loadedJsonLd).toBe(1);
  });

  it('is not read with cart: "manual"', async () => {
    const instance = await createReady({ cart: 'manual' });
    await instance.recommend();
    expect(engine.requests.at(-1)).toMatchObject({ pageItemIds: [], facts: [] });
    expect(loadedJsonLd).toBe(0);
  });
});

describe('one instance', () => {
  it('is returned to whoever creates another', () => {
    const instance = create();
    expect(createTillsideOn(platform, { bundle: '/other.json' })).toBe(instance);
  });

  it('is announced on the document', () => {
    const announced: unknown[] = [];
    document.addEventListener('tillside:ready', (event) => announced.push((event as CustomEvent).detail), { once: true });
    const instance = create();
    expect(announced).toEqual([instance]);
  });

  it('can be created anew after a stop, and widgets move over to it', async () => {
    const host = document.body.appendChild(document.createElement('tillside-suggestions'));
    const first = await createReady();
    await vi.waitFor(() => expect(host.hidden).toBe(false));
    await first.stop();
    expect(host.hidden).toBe(true);
    const second = await createReady();
    expect(second).not.toBe(first);
    await vi.waitFor(() => expect(host.hidden).toBe(false));
  });

  it('throws bad options at once', () => {
    expect(() => createTillsideOn(platform, {} as TillsideOptions)).toThrow('Option "bundle" is undefined.');
  });
});

describe('account', () => {
  it('starts the engine as the account, and anew when another is told', async () => {
    const instance = await createReady({ account: 'anna' });
    expect(engine.config?.account).toBe('anna');
    const onChange = vi.fn();
    instance.on('change', onChange);
    instance.account('anna');
    expect(engine.calls).not.toContain('stop');
    instance.account('ben');
    expect(onChange).toHaveBeenCalledOnce();
    await instance.recommend(); // waits for the new one
    expect(engine.config?.account).toBe('ben');
    instance.account(null);
    await instance.recommend();
    expect(engine.config?.account).toBe('');
    expect(engine.calls.filter((call) => /^st/.test(call))).toEqual(['start', 'stop', 'start', 'stop', 'start']);
    expect(problems).toEqual([]);
  });

  it('is remembered when it is told before consent', async () => {
    const instance = create();
    instance.account('anna');
    instance.consent('granted');
    await instance.recommend();
    expect(engine.config?.account).toBe('anna');
    expect(engine.calls.filter((call) => /^st/.test(call))).toEqual(['start']);
  });
});

it('erases by both names', async () => {
  const instance = await createReady();
  await instance.erase();
  await instance.forget();
  expect(engine.calls.filter((call) => call === 'forget')).toHaveLength(2);
});
