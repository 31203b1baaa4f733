import { describe, expect, it } from 'vitest';
import { CONTRACT_VERSION, type EngineConfig } from '../../../src/core/engine/contract.js';
import { createEngine } from '../../../src/core/engine/engine.js';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import type { RuntimeModule } from '../../../src/core/model/open-runtime.js';
import { anEvent, MONDAY_10 } from '../../support/an-event.js';
import { aBundle, type BundleOptions } from '../../support/tiny-bundle.js';

const MODULES: Readonly<Record<string, () => Promise<RuntimeModule>>> = {
  'https://shop.test/runtime.js': () => import('../../../src/core/model/own/own-runtime.js'),
  'https://shop.test/tfjs.js': () => import('../../../src/core/model/tfjs-runtime.js'),
};

/** Starts an engine and asks it for a slate. */
async function suggested(
  runtime: EngineConfig['runtime'],
  options: BundleOptions = {},
  missing: readonly string[] = [],
  modules = MODULES,
) {
  const bundle = await aBundle(options);
  const loaded: string[] = [];
  const engine = createEngine({
    where: 'node',
    store: async () => createMemoryStore(),
    now: () => MONDAY_10 + 60_000,
    fetchFile: bundle.fetchFile,
    async importRuntime(url) {
      loaded.push(url.slice(url.lastIndexOf('/') + 1));
      const load = modules[url];
      if (!load || missing.includes(url)) throw new TypeError('Failed to fetch dynamically imported module');
      return load();
    },
  });
  const [runtimeUrl, tfjsUrl] = Object.keys(modules) as [string, string];
  const status = await engine.start({
    contractVersion: CONTRACT_VERSION,
    manifestUrl: bundle.manifestUrl,
    runtimeUrl,
    tfjsUrl,
    runtime,
    storage: 'memory',
    retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 },
    rules: {},
    reasons: 'session',
    publicKeys: [],
    tabId: 'tab-1',
  });
  await engine.record([anEvent({ type: 'add_to_cart', itemId: 'item-3' })]);
  const { strategy, items } = await engine.recommend({ size: 4 });
  await engine.stop();
  const codes = status.diagnostics.map(({ code }) => code);
  return { runtime: status.runtime, strategy, itemIds: items.map(({ item }) => item.itemId), loaded, codes };
}

/** A runtime that cannot yet do what the worker asks of one. */
const ofOlderRelease = (module: RuntimeModule): RuntimeModule => ({
  ...module,
  async createRuntime(...args) {
    const { createModelScorer: _, similarityIn: __, ...runtime } = await module.createRuntime(...args);
    return runtime as never;
  },
});

const withLayerOfTfjs: BundleOptions = {
  alter: {
    'session-model': (bytes) =>
      new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"mask_zero":null', '"mask_zero":true')),
  },
};

describe('the runtime of an engine', () => {
  it("is tillside's own by default, and TF.js is not even loaded", async () => {
    expect(await suggested('auto')).toMatchObject({ runtime: 'simd', strategy: 'model', loaded: ['runtime.js'], codes: [] });
  });

  it('suggests the same whichever it is', async () => {
    const { itemIds } = await suggested('tfjs');
    expect(itemIds).toHaveLength(4);
    for (const runtime of ['simd', 'js'] as const) expect(await suggested(runtime)).toMatchObject({ runtime, itemIds });
  });

  it('runs a ranker without a session model, which is the model tier too, the same on each', async () => {
    const alone = { models: 'ranker' } as const;
    const own = await suggested('auto', alone);
    expect(own).toMatchObject({ runtime: 'simd', strategy: 'model', loaded: ['runtime.js'], codes: [] });
    expect(own.itemIds).toHaveLength(4);
    expect(own.itemIds).not.toEqual((await suggested('auto')).itemIds);
    for (const runtime of ['js', 'tfjs'] as const) expect((await suggested(runtime, alone)).itemIds).toEqual(own.itemIds);
  });

  it('does not run a ranker that answers otherwise than it did in training', async () => {
    const swapped: BundleOptions = {
      models: 'ranker',
      alter: { 'ranker-weights': (bytes) => new Uint8Array(new Float32Array(bytes.buffer.slice(0)).reverse().buffer) },
    };
    expect(await suggested('auto', swapped)).toMatchObject({ strategy: 'neighbours', codes: ['golden-mismatch'] });
  });

  it('is none where a cache still holds those of another release: the tables rank', async () => {
    const older = Object.fromEntries(
      Object.entries(MODULES).map(([url, load]) => [url, async () => ofOlderRelease(await load())]),
    );
    expect(await suggested('auto', {}, [], older)).toMatchObject({
      strategy: 'neighbours',
      loaded: ['runtime.js', 'tfjs.js'],
      codes: ['runtime-unavailable'],
    });
  });

  it('is TF.js for a model with a layer that only TF.js runs', async () => {
    expect(await suggested('auto', withLayerOfTfjs)).toMatchObject({
      runtime: 'tfjs-cpu',
      strategy: 'model',
      loaded: ['runtime.js', 'tfjs.js'],
      codes: [],
    });
  });

  it('is not replaced where a shop names one that cannot run', async () => {
    const named = await suggested('simd', withLayerOfTfjs);
    expect(named).toMatchObject({ runtime: undefined, strategy: 'neighbours', codes: ['runtime-unavailable'] });
    expect(named.loaded).toEqual(['runtime.js']);
  });

  it("is TF.js where tillside's own does not load, and none where neither does", async () => {
    const [own, tfjs] = Object.keys(MODULES) as [string, string];
    expect(await suggested('auto', {}, [own])).toMatchObject({ runtime: 'tfjs-cpu', codes: [] });
    expect(await suggested('auto', {}, [own, tfjs])).toMatchObject({ runtime: undefined, codes: ['runtime-unavailable'] });
  });

  it('leaves TF.js alone where the bundle itself is at fault', async () => {
    const swapped: BundleOptions = {
      alter: { 'session-weights': (bytes) => new Uint8Array(new Float32Array(bytes.buffer.slice(0)).reverse().buffer) },
    };
    expect(await suggested('auto', swapped)).toMatchObject({ loaded: ['runtime.js'], codes: ['golden-mismatch'] });
  });
});
