import { describe, expect, it } from 'vitest';
import { CONTRACT_VERSION, type Engine, type EngineConfig } from '../../../src/core/engine/contract.js';
import { createEngine } from '../../../src/core/engine/engine.js';
import type { EngineEnvironment } from '../../../src/core/engine/engine-environment.js';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import { TillsideError } from '../../../src/core/errors.js';
import { EARLY_FILE } from '../../../src/core/model/early-files.js';
import type { FetchFile } from '../../../src/core/model/fetch-file.js';
import { anEvent, MONDAY_10 } from '../../support/an-event.js';
import { aBundle, type TinyBundle } from '../../support/tiny-bundle.js';

/** An engine whose host keeps back everything beyond the first stage until it is told what to do with it. */
async function aStagedEngine(over: Partial<EngineEnvironment> = {}, config: Partial<EngineConfig> = {}) {
  const bundle = await aBundle({ firstStage: true });
  let release = (_isDown?: boolean): void => {};
  const gate = new Promise<boolean | undefined>((resolve) => {
    release = resolve;
  });
  const fetchFile: FetchFile = async (url, limits) => {
    const name = url.slice(url.lastIndexOf('/') + 1);
    if (name !== 'manifest.json' && name !== EARLY_FILE && (await gate)) throw new TillsideError('bundle-unreachable', 'down');
    return bundle.fetchFile(url, limits);
  };
  const engine = createEngine({ ...anEnvironment(fetchFile), ...over });
  const status = await engine.start(aConfig(bundle, config));
  return { engine, status, release, bundle };
}

const anEnvironment = (fetchFile: FetchFile): EngineEnvironment => ({
  where: 'worker',
  store: async () => createMemoryStore(),
  now: () => MONDAY_10 + 60_000,
  fetchFile,
  isSparing: () => false,
  importRuntime: () => import('../../../src/core/model/tfjs-runtime.js'),
});

const aConfig = ({ manifestUrl }: TinyBundle, over: Partial<EngineConfig>): EngineConfig => ({
  contractVersion: CONTRACT_VERSION,
  manifestUrl,
  tfjsUrl: 'https://shop.test/tfjs.js',
  runtime: 'auto',
  storage: 'memory',
  retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 },
  rules: {},
  reasons: 'session',
  publicKeys: [],
  tabId: 'tab-1',
  ...over,
});

const recordItem3 = (engine: Engine) => engine.record([anEvent({ type: 'add_to_cart', itemId: 'item-3' })]);

describe('a bundle in stages', () => {
  it('makes slates of the first one while the rest is on its way, and better ones then', async () => {
    const { engine, status, release } = await aStagedEngine();
    expect(status).toMatchObject({ strategy: 'neighbours', bundle: { isFirstStage: true, source: 'network' } });
    await recordItem3(engine);
    const early = await engine.recommend({ size: 4 });
    expect(early.strategy).toBe('neighbours');
    expect(early.items.map(({ item }) => item.title)).not.toContain(undefined);
    expect(early.items).toHaveLength(4);
    release();
    const whole = await engine.complete();
    expect([whole.strategy, whole.bundle?.isFirstStage, whole.diagnostics]).toEqual(['model', undefined, []]);
    expect((await engine.recommend({ size: 4 })).strategy).toBe('model');
  });

  it('goes on with the first where the rest does not come, and says why', async () => {
    const { engine, release } = await aStagedEngine();
    release(true);
    const { strategy, diagnostics } = await engine.complete();
    expect([strategy, diagnostics.map(({ code }) => code)]).toEqual(['neighbours', ['bundle-unreachable']]);
    await recordItem3(engine);
    expect((await engine.recommend({ size: 4 })).items).toHaveLength(4);
  });

  it('loads no model on a sparing device', async () => {
    const importRuntime = () => Promise.reject(new Error('not to be loaded'));
    const { engine } = await aStagedEngine({ isSparing: () => true, importRuntime });
    expect(await engine.complete()).toMatchObject({ strategy: 'neighbours', bundle: { isFirstStage: true }, diagnostics: [] });
  });

  it('keeps nothing of an item of which the first stage cannot say that it is not sensitive', async () => {
    const { engine } = await aStagedEngine({ isSparing: () => true }, { sensitive: ['Garden'] });
    const cards = [3, 4].map((n) => anEvent({ type: 'view_item', itemId: `item-${n}`, eventId: `${n}` }));
    await engine.record([...cards, anEvent({ type: 'view_item', itemId: 'item-27', eventId: '27' })]);
    const { events } = await engine.exportData();
    expect(events.map(({ itemId }) => itemId)).not.toContain('item-27');
  });

  it('waits for the whole where nobody asks for less', async () => {
    const bundle = await aBundle({ firstStage: true });
    const engine = createEngine({
      where: 'node',
      store: async () => createMemoryStore(),
      now: () => MONDAY_10,
      fetchFile: bundle.fetchFile,
      importRuntime: () => import('../../../src/core/model/tfjs-runtime.js'),
    });
    expect((await engine.start(aConfig(bundle, {}))).strategy).toBe('model');
    expect(bundle.requests).not.toContain(bundle.pathOf('first-catalog'));
  });

  it('waits for the whole where only the whole says what is sensitive', async () => {
    const bundle = await aBundle({ firstStage: true });
    const engine = createEngine(anEnvironment(bundle.fetchFile));
    const { bundle: loaded } = await engine.start(aConfig(bundle, { sensitive: ['Garden'] }));
    expect([loaded?.isFirstStage, bundle.requests.includes(bundle.pathOf('first-catalog'))]).toEqual([undefined, false]);
  });

  it('writes nothing that waited for the whole when all was erased meanwhile', async () => {
    const bundle = await aBundle({ firstStage: true });
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fetchFile: FetchFile = (url, limits) => gate.then(() => bundle.fetchFile(url, limits));
    const engine = createEngine(anEnvironment(fetchFile));
    const started = engine.start(aConfig(bundle, { sensitive: ['Garden'] }));
    const recorded = recordItem3(engine);
    await engine.forget();
    release();
    await started;
    expect((await recorded).eventIds).toHaveLength(1);
    expect((await engine.exportData()).events).toEqual([]);
  });

  it('never suggests what has no card, though the page and a pin would have it', async () => {
    const { engine } = await aStagedEngine();
    const facts = [{ itemId: 'item-27', title: 'Garden gnome', availability: 'in_stock' as const }];
    const { items } = await engine.recommend({ size: 4, facts, rules: { pin: ['item-27'] } });
    expect(items.map(({ item }) => item.itemId)).not.toContain('item-27');
  });

  it('keeps nobody who asks for offers waiting for the rest', async () => {
    const offers = { url: 'https://shop.test/offers.json', moduleUrl: 'https://shop.test/offers.js' };
    const { engine } = await aStagedEngine({}, { offers: { ...offers, market: undefined } });
    expect(await engine.lookAtOffers({})).toBeUndefined();
  });
});
