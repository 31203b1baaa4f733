import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, TillsideError } from '../../../src/core/errors.js';
import { type LoadBundleOptions, loadBundle } from '../../../src/core/model/bundle-loader.js';
import type { Manifest } from '../../../src/core/model/manifest.schema.js';
import { readModels } from '../../../src/core/model/read-models.js';
import { aBundleCache } from '../../support/a-bundle-cache.js';
import { aBundle, aSigningKey, DIM, ITEM_COUNT, type TinyBundle } from '../../support/tiny-bundle.js';

const NOW = Date.parse('2026-06-01');

function load(from: Pick<TinyBundle, 'manifestUrl' | 'fetchFile'>, options: Partial<LoadBundleOptions> = {}) {
  const { manifestUrl, fetchFile } = from;
  return loadBundle({ manifestUrl, fetchFile, publicKeys: [], now: NOW, loadModelReader: async () => readModels, ...options });
}

const failWith = (code: string) => expect.objectContaining({ code });

const offline = {
  manifestUrl: 'https://shop.test/assets/manifest.json',
  async fetchFile(): Promise<Uint8Array> {
    throw new TillsideError('bundle-unreachable', 'offline');
  },
};

function flip(bytes: Uint8Array, at: number, bit = 1): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] as number) ^ bit;
  return changed;
}

function retitle(bytes: Uint8Array): Uint8Array {
  const catalog = JSON.parse(new TextDecoder().decode(bytes)) as { title: string[] };
  return new TextEncoder().encode(JSON.stringify({ ...catalog, title: catalog.title.map((title) => `New ${title}`) }));
}

describe('a whole bundle', () => {
  it('loads with its tables, catalogue and models', async () => {
    const { bundle, source, diagnostics } = await load(await aBundle());
    expect({ source, diagnostics }).toEqual({ source: 'network', diagnostics: [] });
    expect(bundle.index.count).toBe(ITEM_COUNT);
    expect(bundle.index.rowOf('sku-2')).toBe(2);
    expect(bundle.index.familyOf(6)).toBe(5);
    expect(bundle.factsOf(3)).toEqual({
      itemId: 'item-3',
      title: 'Item 3',
      price: 3,
      currency: 'GBP',
      category: 'Kitchen > Mugs',
      url: '/products/item-3',
    });
    expect(bundle.models?.itemTable).toMatchObject({ count: ITEM_COUNT, dim: DIM });
  });

  it('loads without models when it has none', async () => {
    const { bundle, diagnostics } = await load(await aBundle({ models: false }));
    expect(bundle.models).toBeUndefined();
    expect(diagnostics).toEqual([]);
  });

  it('loads with a ranker alone when it has no session model', async () => {
    const { bundle, diagnostics } = await load(await aBundle({ models: 'ranker' }));
    expect(bundle.models?.ranker).toBeDefined();
    expect([bundle.models?.session, bundle.models?.itemTable]).toEqual([undefined, undefined]);
    expect(diagnostics).toEqual([]);
  });

  it('loads when a trusted key signed it', async () => {
    const key = aSigningKey();
    const other = aSigningKey();
    const { bundle } = await load(await aBundle({ signWith: key }), { publicKeys: [other.publicKey, key.publicKey] });
    expect(bundle.models).toBeDefined();
  });
});

describe('the cache', () => {
  it('serves the files that the manifest still names, so that a second visit fetches the manifest alone', async () => {
    const served = await aBundle();
    const cache = aBundleCache();
    await load(served, { cache });
    served.requests.length = 0;
    const { source } = await load(served, { cache });
    expect(source).toBe('network');
    expect(served.requests).toEqual(['manifest.json']);
  });

  it('runs the last good bundle when the host is down', async () => {
    const cache = aBundleCache();
    await load(await aBundle({ id: 'good' }), { cache });
    const { bundle, source, diagnostics } = await load(offline, { cache });
    expect({ source, id: bundle.manifest.id, codes: diagnostics.map(({ code }) => code) }).toEqual({
      source: 'cache',
      id: 'good',
      codes: ['bundle-unreachable'],
    });
    expect(bundle.models).toBeDefined();
  });

  it('keeps the last good bundle when a newer one is changed, expired, rolled back, unsigned or has broken models', async () => {
    const key = aSigningKey();
    const cache = aBundleCache();
    const publicKeys = [key.publicKey];
    await load(await aBundle({ id: 'good', version: 5, signWith: key }), { cache, publicKeys });
    const changed = await aBundle({ id: 'new', version: 6, signWith: key, alter: { catalog: retitle } });
    const path = changed.pathOf('catalog');
    changed.files.set(path, flip(changed.files.get(path) as Uint8Array, 5));
    const expired = await aBundle({
      id: 'new',
      version: 6,
      signWith: key,
      alterManifest: (m) => ({ ...m, notAfter: '2026-05-01' }),
    });
    const older = await aBundle({ id: 'new', version: 4, signWith: key });
    const unsigned = await aBundle({ id: 'new', version: 6 });
    const broken = await aBundle({
      id: 'new',
      version: 6,
      signWith: key,
      alter: { 'session-weights': (bytes) => bytes.subarray(4) },
    });
    const found = [];
    for (const served of [changed, expired, older, unsigned, broken]) {
      const { bundle, diagnostics } = await load(served, { cache, publicKeys });
      found.push([bundle.manifest.id, bundle.models !== undefined, diagnostics[0]?.code]);
    }
    expect(found).toEqual([
      ['good', true, 'digest-mismatch'],
      ['good', true, 'bundle-expired'],
      ['good', true, 'bundle-rollback'],
      ['good', true, 'signature-invalid'],
      ['good', true, 'model-invalid'],
    ]);
  });

  it('fetches again what is corrupt in the cache, and never runs it', async () => {
    const served = await aBundle();
    const cache = aBundleCache();
    await load(served, { cache });
    for (const [digest, bytes] of cache.files) cache.files.set(digest, flip(bytes, 0));
    await expect(load(offline, { cache })).rejects.toEqual(failWith('bundle-unreachable'));
    served.requests.length = 0;
    await load(served, { cache });
    expect(served.requests).toHaveLength(1 + served.manifest.files.length);
    expect((await load(offline, { cache })).source).toBe('cache');
  });

  it('is done without when it fails', async () => {
    const fail = async (): Promise<never> => {
      throw new TillsideError('store-lost', 'gone');
    };
    const cache = { readManifest: fail, readFile: fail, writeBundle: fail };
    const { bundle, kept } = await load(await aBundle(), { cache });
    expect(bundle.models).toBeDefined();
    expect(await kept).toEqual([{ code: 'store-lost', message: 'gone' }]);
  });

  it('is not trusted when a key was configured after it was written', async () => {
    const cache = aBundleCache();
    await load(await aBundle(), { cache });
    await expect(load(offline, { cache, publicKeys: [aSigningKey().publicKey] })).rejects.toEqual(failWith('bundle-unreachable'));
  });
});

describe('a broken bundle', () => {
  it('with one bit flipped in any file is never loaded as it is', async () => {
    const served = await aBundle();
    const names = served.manifest.files.map(({ path }) => path);
    const modelFiles = new Set(
      served.manifest.files.filter(({ role }) => /model|weights|table/.test(role)).map(({ path }) => path),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.nat(7), async (name, at, bit) => {
        const bytes = served.files.get(name) as Uint8Array;
        const files = new Map(served.files).set(name, flip(bytes, at % bytes.length, 1 << bit));
        const fetchFile = async (url: string) =>
          files.get(url.slice(url.lastIndexOf('/') + 1)) ?? new TextEncoder().encode(served.manifestText);
        const outcome = await load({ ...served, fetchFile }).catch((error) => codeOf(error));
        if (!modelFiles.has(name)) return outcome === 'digest-mismatch';
        return typeof outcome === 'object' && !outcome.bundle.models && outcome.diagnostics[0]?.code === 'digest-mismatch';
      }),
      { numRuns: 60 },
    );
  });

  it('with bytes changed before it was published never throws an untyped error', async () => {
    const roles = ['vocabulary', 'catalog', 'item-facts', 'neighbours', 'session-model', 'ranker-model'] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...roles), fc.nat(), fc.nat(255), async (role, at, value) => {
        const served = await aBundle({ alter: { [role]: (bytes: Uint8Array) => bytes.with(at % bytes.length, value) } });
        const outcome = await load(served).catch((error) => codeOf(error));
        return typeof outcome === 'object' || outcome === 'model-invalid' || outcome === 'model-incompatible';
      }),
      { numRuns: 40 },
    );
  });

  it('with a file missing comes without models, or not at all', async () => {
    const served = await aBundle();
    served.files.delete(served.pathOf('ranker-weights'));
    const { bundle, diagnostics } = await load(served);
    expect(bundle.models).toBeUndefined();
    expect(diagnostics[0]?.code).toBe('bundle-unreachable');
    served.files.delete(served.pathOf('neighbours'));
    await expect(load(served)).rejects.toEqual(failWith('bundle-unreachable'));
  });

  it('without anything that reads models comes without them, and is kept whole', async () => {
    const served = await aBundle();
    const cache = aBundleCache();
    const { bundle, diagnostics } = await load(served, { cache, loadModelReader: async () => undefined });
    expect([bundle.models, diagnostics, cache.files.size]).toEqual([undefined, [], bundle.manifest.files.length]);
  });

  it('with features of another SDK keeps its tables, which need none', async () => {
    const alterManifest = (m: Manifest) => ({ ...m, features: { ...m.features, version: 3 } });
    const { bundle, diagnostics } = await load(await aBundle({ alterManifest }));
    expect({ models: bundle.models, code: diagnostics[0]?.code }).toEqual({ models: undefined, code: 'model-incompatible' });
  });

  it('with a model that cannot be used keeps its tables and says why', async () => {
    const served = await aBundle({ alterManifest: (m) => ({ ...m, items: { ...m.items, dim: 9 } }) });
    const { bundle, diagnostics } = await load(served);
    expect({ models: bundle.models, code: diagnostics[0]?.code }).toEqual({ models: undefined, code: 'model-incompatible' });
  });

  it('that names more bytes than are ever read is refused before they are fetched', async () => {
    const served = await aBundle({
      alterManifest: (m) => ({ ...m, files: m.files.map((file) => ({ ...file, bytes: 65_000_000 })) }),
    });
    await expect(load(served)).rejects.toEqual(failWith('bundle-too-large'));
    expect(served.requests).toEqual(['manifest.json']);
  });

  it('whose parts disagree about the catalogue is refused', async () => {
    const served = await aBundle({ alterManifest: (m) => ({ ...m, items: { ...m.items, count: 31 } }) });
    await expect(load(served)).rejects.toEqual(failWith('model-incompatible'));
  });
});
