import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InteractionEvent } from '../../../src/core/domain/event.js';
import type { Slate } from '../../../src/core/domain/slate.js';
import { CONTRACT_VERSION, type Engine, type EngineConfig, type RecommendRequest } from '../../../src/core/engine/contract.js';
import { createEngine } from '../../../src/core/engine/engine.js';
import type { EngineEnvironment } from '../../../src/core/engine/engine-environment.js';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import type { Store } from '../../../src/core/engine/store.js';
import { VERSION } from '../../../src/core/engine/version.js';
import { codeOf } from '../../../src/core/errors.js';
import { checkGoldens, createRuntime, readModels } from '../../../src/core/model/tfjs-runtime.js';
import { anEvent, MONDAY_10 } from '../../support/an-event.js';
import { aBundle, type TinyBundle } from '../../support/tiny-bundle.js';
import { keptIn } from '../../support/kept-data.js';

let bundle: TinyBundle;
beforeAll(async () => {
  bundle = await aBundle();
});

function aConfig(over: Partial<EngineConfig> = {}): EngineConfig {
  return {
    contractVersion: CONTRACT_VERSION,
    manifestUrl: bundle.manifestUrl,
    tfjsUrl: 'https://shop.test/tfjs.js',
    runtime: 'auto',
    storage: 'memory',
    retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 },
    rules: {},
    reasons: 'session',
    publicKeys: [],
    tabId: 'tab-1',
    ...over,
  };
}

function anEngine(over: Partial<EngineEnvironment> = {}, store: Store = createMemoryStore()): Engine {
  return createEngine({
    where: 'node',
    store: async () => store,
    now: () => MONDAY_10 + 60_000,
    fetchFile: bundle.fetchFile,
    importRuntime: () => import('../../../src/core/model/tfjs-runtime.js'),
    ...over,
  });
}

async function started(
  over: Partial<EngineEnvironment> = {},
  config: Partial<EngineConfig> = {},
  store?: Store,
): Promise<Engine> {
  const engine = anEngine(over, store);
  await engine.start(aConfig(config));
  return engine;
}
const add = (itemId: string, over: Partial<InteractionEvent> = {}) => anEvent({ type: 'add_to_cart', itemId, ...over });
const ids = (slate: Slate) => slate.items.map(({ item }) => item.itemId);

it('makes a slate of what was just recorded before the store is asked to write it, and exports what waits', async () => {
  const store = createMemoryStore();
  const append = store.append.bind(store);
  let appends = 0;
  store.append = (events, afterSeq) => {
    appends++;
    return append(events, afterSeq);
  };
  const engine = await started({}, {}, store);
  const recorded = engine.record([add('item-3')]);
  const slate = await engine.recommend({ size: 4 });
  expect([slate.strategy, appends]).toEqual(['model', 0]);
  expect(ids(slate)).not.toContain('item-3');
  expect((await engine.exportData()).events).toHaveLength(1);
  expect((await recorded).seq).toBe(1);
  expect(appends).toBe(1);
});

describe('tiers', () => {
  it('scores by the model when there is something to score', async () => {
    const engine = await started();
    expect(await engine.status()).toMatchObject({
      strategy: 'model',
      where: 'node',
      version: VERSION,
      bundle: { id: 'tiny', source: 'network' },
    });
    await engine.record([add('item-3')]);
    const slate = await engine.recommend({ size: 4 });
    expect(slate.strategy).toBe('model');
    expect(slate.items).toHaveLength(4);
    expect(slate.items[0]?.contributions.length).toBeGreaterThan(0);
  });

  it('says popularity for a shopper it knows nothing of', async () => {
    const slate = await (await started()).recommend({ size: 3 });
    expect(slate.strategy).toBe('popularity');
    expect(ids(slate)).toEqual(['item-1', 'item-2', 'item-3']);
  });

  it('falls to the neighbours without a runtime, and says so', async () => {
    const engine = await started({ importRuntime: () => Promise.reject(new Error('blocked by CSP')) });
    await engine.record([add('item-3')]);
    const slate = await engine.recommend({ size: 4 });
    expect(slate.strategy).toBe('neighbours');
    expect(slate.items[0]?.reason).toMatchObject({ code: 'often-bought-with', itemId: 'item-3' });
    expect((await engine.status()).diagnostics.map(({ code }) => code)).toContain('runtime-unavailable');
  });

  it('falls to the neighbours when a score is not finite, for this slate and the next', async () => {
    const importRuntime = async () => ({
      checkGoldens,
      readModels,
      createRuntime: async (...args: Parameters<typeof createRuntime>) => {
        const runtime = await createRuntime(...args);
        let calls = 0;
        return {
          ...runtime,
          rankCandidates: (features: Float32Array, n: number) => {
            if (calls++ < bundle.manifest.goldens.length) return runtime.rankCandidates(features, n);
            throw Object.assign(new Error('a score is NaN'), { code: 'model-nonfinite' });
          },
        };
      },
    });
    const engine = await started({ importRuntime });
    await engine.record([add('item-3')]);
    expect((await engine.recommend({ size: 4 })).strategy).toBe('neighbours');
    expect(await engine.status()).toMatchObject({ strategy: 'neighbours' });
    expect((await engine.status()).diagnostics.map(({ code }) => code)).toContain('model-nonfinite');
  });

  describe('on a device where each slate of the model takes 60 ms', () => {
    let isSlow = true;
    const importRuntime = async () => ({
      checkGoldens,
      readModels,
      createRuntime: async (...args: Parameters<typeof createRuntime>) => {
        const runtime = await createRuntime(...args);
        const rankCandidates = (features: Float32Array, n: number) => {
          const until = performance.now() + 60;
          while (isSlow && performance.now() < until);
          return runtime.rankCandidates(features, n);
        };
        return { ...runtime, rankCandidates };
      },
    });
    const strategies = async (engine: Engine, count: number): Promise<string[]> => {
      const found: string[] = [];
      for (let i = 0; i < count; i++) found.push((await engine.recommend({ size: 4 })).strategy);
      return found;
    };

    it('has them from the neighbours after six', async () => {
      const engine = await started({ importRuntime, where: 'worker' });
      await engine.record([add('item-3')]);
      expect(await strategies(engine, 8)).toEqual([...Array(6).fill('model'), 'neighbours', 'neighbours']);
      expect((await engine.status()).diagnostics.map(({ code }) => code)).toEqual(['model-slow']);
    });

    it('keeps the model where no more than one in 20 is slow', async () => {
      const engine = await started({ importRuntime, where: 'worker' });
      await engine.record([add('item-3')]);
      for (let round = 0; round < 7; round++) {
        isSlow = true;
        expect(await strategies(engine, 1)).toEqual(['model']);
        isSlow = false;
        expect(new Set(await strategies(engine, 19))).toEqual(new Set(['model']));
      }
      isSlow = true;
    });

    it('keeps the model in Node, where nobody waits', async () => {
      const engine = await started({ importRuntime });
      await engine.record([add('item-3')]);
      expect(new Set(await strategies(engine, 8))).toEqual(new Set(['model']));
    });
  });

  it('says none when no bundle can be had, and still records', async () => {
    const fetchFile = () => Promise.reject(Object.assign(new Error('down'), { code: 'bundle-unreachable' }));
    const engine = await started({ fetchFile });
    const receipt = await engine.record([add('item-3')]);
    expect(receipt.cart).toEqual([{ itemId: 'item-3', quantity: 1 }]);
    expect(await engine.recommend({ size: 4 })).toMatchObject({ strategy: 'none', items: [] });
    expect((await engine.status()).diagnostics.map(({ code }) => code)).toEqual(['bundle-unreachable']);
  });
});

describe('a slate', () => {
  it('leaves an item the moment it is in the cart, before the log has it', async () => {
    const store = createMemoryStore();
    const never = new Promise<never>(() => {});
    const slow: Store = Object.assign(Object.create(store) as Store, { append: () => never });
    const engine = await started({}, {}, slow);
    const before = ids(await engine.recommend({ size: 4 }));
    void engine.record([add(before[0] as string)]);
    const after = await engine.recommend({ size: 4 });
    expect(ids(after)).not.toContain(before[0]);
    expect(after.seq).toBe(0);
  });

  it('holds the rules of the shop and of the request together', async () => {
    const engine = await started({}, { rules: { excludeItemIds: ['item-1'] } });
    const slate = await engine.recommend({ size: 3, rules: { maxPrice: 5 } });
    expect(ids(slate)).toEqual(['item-2', 'item-3', 'item-4']);
  });

  it('believes the page about stock and price before the catalogue', async () => {
    const engine = await started();
    const facts = [
      { itemId: 'item-1', availability: 'out_of_stock' as const },
      { itemId: 'sku-2', price: 1.23, currency: 'GBP' },
    ];
    const slate = await engine.recommend({ size: 2, facts });
    expect(slate.items.map(({ item }) => [item.itemId, item.price])).toEqual([
      ['item-2', 1.23],
      ['item-3', 3],
    ]);
  });

  it('is filled up to its size whatever the rules leave of the candidates', async () => {
    const engine = await started();
    await engine.record([add('item-3')]);
    expect(ids(await engine.recommend({ size: 50 }))).toHaveLength(29);
  });

  it('never suggests a variant of what is in the cart', async () => {
    const engine = await started();
    await engine.record([add('item-5')]);
    expect(ids(await engine.recommend({ size: 28 }))).not.toContain('item-6');
  });

  it('suggests no near-duplicate of what is in the cart, but on a product page, or where the rules want it', async () => {
    const engine = await started();
    await engine.record([add('item-7')]);
    const asked = async (request: Omit<RecommendRequest, 'size'>) => ids(await engine.recommend({ size: 29, ...request }));
    for (const placement of [undefined, 'cart', 'drawer']) {
      expect(await asked(placement === undefined ? {} : { placement })).not.toContain('item-8');
    }
    expect(await asked({ placement: 'product' })).toContain('item-8');
    expect(await asked({ rules: { exclude: 'shown' } })).toContain('item-8');
    expect(await asked({ rules: { nearDuplicates: 'keep' } })).toContain('item-8');
    const after = await asked({ rules: { nearDuplicates: 'after' } });
    expect(after.indexOf('item-8')).toBeGreaterThanOrEqual(4);
    expect(await engine.resolve([['item-8']])).toEqual(['item-8']);
  });

  it('says what each item is to the cart, to the item of the page, or to what was seen last', async () => {
    const engine = await started();
    const relationsOf = async (request: Omit<RecommendRequest, 'size'>) => {
      const slate = await engine.recommend({ size: 30, rules: { exclude: 'none', nearDuplicates: 'keep' }, ...request });
      const relations = new Map(slate.items.map(({ item, relation }) => [item.itemId, relation]));
      return ['item-5', 'item-6', 'item-7', 'item-8', 'item-20'].map((itemId) => relations.get(itemId));
    };
    const none = 'complement';
    expect(await relationsOf({})).toEqual([none, none, none, none, none]);
    await engine.record([anEvent({ itemId: 'item-7' })]);
    expect(await relationsOf({})).toEqual([none, none, 'similar', 'upgrade', none]); // £7 and £8
    await engine.record([add('item-6')]);
    expect(await relationsOf({})).toEqual(['similar', 'similar', none, none, none]); // £5 and £6: the other one is cheaper
    expect(await relationsOf({ aboutItemIds: ['item-5'] })).toEqual([undefined, 'upgrade', none, none, none]);
    const facts = [{ itemId: 'item-6', price: 13, currency: 'GBP' }];
    expect(await relationsOf({ aboutItemIds: ['item-5'], facts })).toEqual([undefined, 'similar', none, none, none]);
    const dollars = [{ itemId: 'item-6', currency: 'USD' }];
    expect(await relationsOf({ aboutItemIds: ['item-5'], facts: dollars })).toEqual([undefined, 'similar', none, none, none]);
  });

  it('of a product page leaves its item out and is led by what goes with it', async () => {
    const engine = await started({ importRuntime: () => Promise.reject(new Error('none')) });
    await engine.record([anEvent({ itemId: 'item-20' }), add('item-25')]);
    const slate = await engine.recommend({ size: 29, placement: 'product', aboutItemIds: ['item-9', 'unknown'] });
    expect(ids(slate).slice(0, 3).sort()).toEqual(['item-10', 'item-11', 'item-12']);
    expect(ids(slate)).not.toContain('item-9');
    expect(ids(slate)).not.toContain('item-25');
    expect(slate.items[0]?.reason).toEqual({ code: 'often-bought-with', itemId: 'item-9', title: 'Item 9' });
  });

  it('of a product page is scored by the model with that item in place of the cart', async () => {
    const engine = await started();
    await engine.record([anEvent({ itemId: 'item-20' }), add('item-25')]);
    const liftOf = (slate: Slate) => {
      expect(slate.strategy).toBe('model');
      const { contributions } = slate.items.find(({ item }) => item.itemId === 'item-10') ?? {};
      return contributions?.find(({ signal }) => signal === 'cart')?.contribution;
    };
    const about = await engine.recommend({ size: 28, aboutItemIds: ['item-9'] });
    expect(ids(about)).not.toContain('item-9');
    expect(ids(about)).not.toContain('item-25');
    expect(liftOf(about)).not.toBe(liftOf(await engine.recommend({ size: 28 })));
  });

  it('of a product page knows its item by an alias, leaves out its variants, and changes no cart', async () => {
    const engine = await started();
    expect(ids(await engine.recommend({ size: 29, aboutItemIds: ['sku-2'] }))).not.toContain('item-2');
    expect(ids(await engine.recommend({ size: 29, aboutItemIds: ['item-5'] }))).not.toContain('item-6');
    expect((await engine.status()).cart).toEqual([]);
  });

  it('of an order leaves out what was just bought and its variants, and no other placement does', async () => {
    const engine = await started();
    await engine.record([add('item-5'), { eventId: 'order-3', type: 'purchase', occurredAt: MONDAY_10 }]);
    const order = ids(await engine.recommend({ size: 30, placement: 'order' }));
    expect(order).not.toContain('item-5');
    expect(order).not.toContain('item-6');
    expect(order).toHaveLength(28);
    expect(ids(await engine.recommend({ size: 30, placement: 'cart' }))).toContain('item-5');
  });

  it('of an order may hold what was bought days ago', async () => {
    const engine = await started({ now: () => MONDAY_10 + 3 * 86_400_000 });
    await engine.record([add('item-5'), { eventId: 'order-4', type: 'purchase', occurredAt: MONDAY_10 }]);
    expect(ids(await engine.recommend({ size: 30, placement: 'order' }))).toContain('item-5');
  });

  it('loses an item at once when the shopper dismisses it, also after a restart', async () => {
    const store = Object.assign(createMemoryStore(), { close: async () => {} });
    const engine = await started({}, {}, store);
    await engine.record([add('item-3')]);
    const [first = ''] = ids(await engine.recommend({ size: 4 }));
    const settled = engine.record([anEvent({ type: 'dismiss', itemId: first })]);
    expect(ids(await engine.recommend({ size: 29 }))).not.toContain(first);
    await settled;
    await engine.stop();
    const again = await started({}, {}, store);
    expect(ids(await again.recommend({ size: 29 }))).not.toContain(first);
  });

  it('has no duplicates, obeys size and cart, and is the same when asked twice', async () => {
    const engine = await started();
    const event = fc.record({
      type: fc.constantFrom('view_item' as const, 'add_to_cart' as const, 'remove_from_cart' as const, 'purchase' as const),
      itemId: fc.integer({ min: 1, max: 33 }).map((n) => `item-${n}`),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 6 }), fc.integer({ min: 1, max: 10 }), async (events, size) => {
        const { cart } = await engine.record(events.map((partial) => anEvent(partial)));
        const slate = await engine.recommend({ size });
        expect(new Set(ids(slate)).size).toBe(size);
        for (const line of cart) expect(ids(slate)).not.toContain(line.itemId);
        expect(ids(await engine.recommend({ size }))).toEqual(ids(slate));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what is kept', () => {
  it('survives a restart on the same store, by snapshot and by log', async () => {
    const store = createMemoryStore();
    const first = await started({}, {}, Object.assign(store, { close: async () => {} }));
    await first.record([add('item-3', { quantity: 2 }), anEvent({ itemId: 'item-4' })]);
    await first.stop();
    const second = await started({}, {}, store);
    expect(await second.status()).toMatchObject({ seq: 2, cart: [{ itemId: 'item-3', quantity: 2 }] });
    expect(JSON.stringify((await second.exportData()).session)).toContain('item-4');
  });

  it('writes what a purchase bought into the event, so that the log alone can tell', async () => {
    const store = createMemoryStore();
    const engine = await started({}, {}, store);
    await engine.record([add('item-3')]);
    await engine.record([{ eventId: 'order', type: 'purchase', occurredAt: MONDAY_10 }]);
    expect((await store.readSince(1))[0]?.items).toEqual([{ itemId: 'item-3', quantity: 1 }]);
    expect((await keptIn(store)).purchases).toMatchObject([{ itemId: 'item-3' }]);
  });

  it('knows what an order bought that came in one batch with its cart', async () => {
    const store = createMemoryStore();
    const engine = await started({}, {}, store);
    await engine.record([add('item-3'), { eventId: 'order-2', type: 'purchase', occurredAt: MONDAY_10 }]);
    expect((await keptIn(store)).purchases).toMatchObject([{ itemId: 'item-3' }]);
  });

  it('is gone after forget, from the slate too', async () => {
    const engine = await started();
    await engine.record([add('item-3')]);
    await engine.forget();
    expect(await engine.status()).toMatchObject({ cart: [], seq: 0 });
    expect((await engine.recommend({ size: 2 })).strategy).toBe('popularity');
    expect((await engine.exportData()).events).toEqual([]);
  });
});

it('leaves no snapshot of what was forgotten when it stops', async () => {
  const store = createMemoryStore();
  const engine = await started({}, {}, store);
  await engine.record([add('item-3')]);
  await engine.forget();
  await engine.stop();
  expect((await keptIn(store)).snapshot).toBeUndefined();
});

describe('misuse', () => {
  it('refuses a page of another version', async () => {
    await expect(anEngine().start(aConfig({ contractVersion: 99 }))).rejects.toMatchObject({ code: 'version-mismatch' });
  });

  it('rejects what comes before start and after stop', async () => {
    const engine = anEngine();
    await expect(engine.recommend({ size: 1 })).rejects.toMatchObject({ code: 'stopped' });
    await engine.start(aConfig());
    await engine.stop();
    const late = await engine.record([]).catch(codeOf);
    expect(late).toBe('stopped');
  });

  it('names both sides when the page speaks of other ids', async () => {
    const engine = await started();
    await engine.recommend({ size: 1, pageItemIds: ['gid://1', 'gid://2', 'item-1', 'gid://3'] });
    const { diagnostics } = await engine.status();
    expect(diagnostics.map(({ code }) => code)).toEqual(['id-mismatch']);
    expect(diagnostics[0]?.message).toMatch(/1 of the 4 .*"gid:\/\/1".*"item-1"/);
  });

  it('knows an item by its aliases', async () => {
    const engine = await started();
    await engine.record([add('sku-2')]);
    expect(ids(await engine.recommend({ size: 29 }))).not.toContain('item-2');
  });
});
