import { describe, expect, it } from 'vitest';
import { type LoadBundleOptions, loadBundle } from '../../../src/core/model/bundle-loader.js';
import type { Tables } from '../../../src/core/model/bundle-parts.js';
import { EARLY_FILE } from '../../../src/core/model/early-files.js';
import { readModels } from '../../../src/core/model/read-models.js';
import { aBundleCache } from '../../support/a-bundle-cache.js';
import { aBundle, aSigningKey, type TinyBundle } from '../../support/tiny-bundle.js';

const NOW = Date.parse('2026-06-01');

/** What was told of first stages, and how many files had been asked for by then. */
interface Told {
  readonly source: string;
  readonly tables: Tables;
  readonly requests: number;
}

async function load(from: TinyBundle, options: Partial<LoadBundleOptions> = {}) {
  const told: Told[] = [];
  const { manifestUrl, fetchFile, requests } = from;
  const onFirstStage = async (tables: Tables, source: string): Promise<void> => {
    told.push({ source, tables, requests: requests.length });
  };
  const place = { now: NOW, loadModelReader: async () => readModels };
  const loaded = await loadBundle({ manifestUrl, fetchFile, publicKeys: [], ...place, onFirstStage, ...options });
  await loaded.kept;
  return { ...loaded, told };
}

const FIRST = ['vocabulary', 'first-neighbours', 'first-catalog'] as const;

function flipIn(bundle: TinyBundle, role: Parameters<TinyBundle['pathOf']>[0]): void {
  const path = bundle.pathOf(role);
  bundle.files.set(
    path,
    (bundle.files.get(path) as Uint8Array).map((byte, i) => (i === 20 ? byte ^ 1 : byte)),
  );
}

function retitle(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('Item ', 'New item '));
}

describe('the first stage', () => {
  it('is told of before anything else is asked for, and the whole bundle follows', async () => {
    const served = await aBundle({ firstStage: true });
    const { told, bundle, isFirstStage } = await load(served);
    expect(told).toMatchObject([{ source: 'network', requests: 2 }]);
    expect(served.requests.slice(0, 2).sort()).toEqual([EARLY_FILE, 'manifest.json']);
    expect(bundle.models).toBeDefined();
    expect(isFirstStage).toBeUndefined();
    expect(new Set(served.requests).size).toBe(served.requests.length);
  });

  it('knows every id and who is whose variant, and cards of what it may suggest', async () => {
    const { told } = await load(await aBundle({ firstStage: true }));
    const [{ tables }] = told as [Told];
    const { index, factsOf, neighbours } = tables;
    expect([index.rowOf('item-30'), index.rowOf('sku-2'), index.familyOf(6), index.groupOf(7)]).toEqual([
      30,
      2,
      5,
      index.groupOf(8),
    ]);
    expect(factsOf(20)).toMatchObject({ itemId: 'item-20', title: 'Item 20', price: 20 });
    expect(factsOf(21)).toEqual({ itemId: 'item-21', availability: 'out_of_stock' });
    expect([...neighbours.rows].every((row) => row <= 20)).toBe(true);
  });

  it('is the last good copy’s while the network is asked', async () => {
    const cache = aBundleCache();
    const served = await aBundle({ firstStage: true });
    await load(served, { cache });
    served.requests.length = 0;
    const { told, source } = await load(served, { cache });
    expect([told.map((each) => each.source), source, served.requests]).toEqual([['cache'], 'network', ['manifest.json']]);
  });

  it('is not the copy’s once that has expired', async () => {
    const cache = aBundleCache();
    const expires = { firstStage: true, alterManifest: (m: object) => ({ ...m, notAfter: '2026-07-01' }) };
    await load(await aBundle(expires), { cache });
    const later = await load(await aBundle({ firstStage: true, version: 2 }), { cache, now: Date.parse('2026-08-01') });
    expect(later.told.map(({ source }) => source)).toEqual(['network']);
  });

  it('is done without where one of its files was changed on the way', async () => {
    for (const role of FIRST.slice(1)) {
      const served = await aBundle({ firstStage: true });
      served.files.delete(EARLY_FILE);
      flipIn(served, role);
      const { told, bundle, diagnostics } = await load(served);
      expect([told, diagnostics.map(({ code }) => code)]).toEqual([[], ['digest-mismatch']]);
      expect(bundle.models).toBeDefined();
    }
  });

  it('is signed with the rest', async () => {
    const key = aSigningKey();
    const served = await aBundle({ firstStage: true, signWith: key });
    const { told } = await load(served, { publicKeys: [key.publicKey] });
    expect(told).toHaveLength(1);
    const manifestText = served.manifestText.replace('"version":1', '"version":2');
    const fetchFile = async () => new TextEncoder().encode(manifestText);
    await expect(load(served, { publicKeys: [key.publicKey], fetchFile })).rejects.toMatchObject({
      code: 'signature-invalid',
    });
  });

  it('is refused in a manifest that names half of it', async () => {
    const halved = await aBundle({
      firstStage: true,
      alterManifest: (m) => ({ ...m, files: m.files.filter(({ role }) => role !== 'first-catalog') }),
    });
    await expect(load(halved)).rejects.toMatchObject({
      code: 'manifest-invalid',
      message: expect.stringContaining('first-catalog'),
    });
  });
});

describe('a sparing device', () => {
  it('downloads no more than a first slate takes', async () => {
    const served = await aBundle({ firstStage: true });
    const { bundle, isFirstStage } = await load(served, { isSparing: true });
    expect([bundle.models, isFirstStage]).toEqual([undefined, true]);
    expect([...served.requests].sort()).toEqual([EARLY_FILE, 'manifest.json']);
  });

  it('downloads it once', async () => {
    const cache = aBundleCache();
    const served = await aBundle({ firstStage: true });
    await load(served, { cache, isSparing: true });
    served.requests.length = 0;
    const { told } = await load(served, { cache, isSparing: true });
    expect([told.map(({ source }) => source), served.requests]).toEqual([['cache'], ['manifest.json']]);
  });

  it('downloads the rest on a later visit that is not', async () => {
    const cache = aBundleCache();
    const served = await aBundle({ firstStage: true });
    await load(served, { cache, isSparing: true });
    served.requests.length = 0;
    const { bundle } = await load(served, { cache });
    expect(bundle.models).toBeDefined();
    expect(served.requests).toHaveLength(served.manifest.files.length - FIRST.length + 1);
  });
});

describe('a new version', () => {
  it('is downloaded as far as it differs', async () => {
    const cache = aBundleCache();
    const sold = { firstStage: true, models: false };
    await load(await aBundle(sold), { cache });
    const next = await aBundle({ ...sold, version: 2, alter: { catalog: retitle } });
    const { bundle, diagnostics } = await load(next, { cache });
    expect(next.requests).toEqual(['manifest.json', next.pathOf('catalog')]);
    expect([bundle.factsOf(1).title, diagnostics]).toEqual(['New item 1', []]);
    expect(cache.files.size).toBe(next.manifest.files.length);
  });

  it('of a newer version does not take the place of a whole copy that runs without the network', async () => {
    const cache = aBundleCache();
    await load(await aBundle({ firstStage: true }), { cache });
    const newer = await aBundle({
      firstStage: true,
      alterManifest: (manifest) => ({ ...manifest, version: manifest.version + 1 }),
    });
    const sparing = await load(newer, { cache, isSparing: true });
    expect(sparing).toMatchObject({ isFirstStage: true, bundle: { manifest: { version: newer.manifest.version } } });
    const offline = await load(newer, { cache, fetchFile: () => Promise.reject(new Error('offline')) });
    expect([offline.source, offline.bundle.manifest.version, offline.bundle.models !== undefined]).toEqual([
      'cache',
      newer.manifest.version - 1,
      true,
    ]);
  });
});
