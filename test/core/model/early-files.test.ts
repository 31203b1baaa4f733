import { describe, expect, it } from 'vitest';
import { type LoadBundleOptions, loadBundle } from '../../../src/core/model/bundle-loader.js';
import { EARLY_FILE } from '../../../src/core/model/early-files.js';
import { aBundleCache } from '../../support/a-bundle-cache.js';
import { aBundle, aSigningKey, type TinyBundle } from '../../support/tiny-bundle.js';

const NOW = Date.parse('2026-06-01');
const BOTH = ['manifest.json', EARLY_FILE];
const FIRST = ['vocabulary', 'first-neighbours', 'first-catalog'] as const;

/** Loads the first stage and no more: what is asked for beyond it is another test's. */
async function load({ manifestUrl, fetchFile }: TinyBundle, options: Partial<LoadBundleOptions> = {}) {
  const isSparing = true;
  const loaded = await loadBundle({
    ...{ manifestUrl, fetchFile, publicKeys: [], now: NOW, isSparing },
    onFirstStage: async () => {},
    ...options,
  });
  await loaded.kept;
  return loaded;
}

const sorted = (names: Iterable<string>): string[] => [...names].sort();

function changeEarly(served: TinyBundle, change: (bytes: Uint8Array) => Uint8Array): void {
  served.files.set(EARLY_FILE, change(served.files.get(EARLY_FILE) as Uint8Array));
}

describe('what is asked for beside the manifest', () => {
  it('is asked for before the manifest is in, and is all of the first stage', async () => {
    const served = await aBundle({ firstStage: true });
    let answer = (): void => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const fetchFile: typeof served.fetchFile = async (url, limits) => {
      if (url.endsWith(EARLY_FILE)) answer();
      else await asked; // a manifest that waits for the other request: they are under way together, or neither ever ends
      return served.fetchFile(url, limits);
    };
    const { isFirstStage, diagnostics } = await load({ ...served, fetchFile });
    expect([isFirstStage, diagnostics]).toEqual([true, []]);
    expect(sorted(served.requests)).toEqual(sorted(BOTH));
  });

  it('spares the vocabulary’s request where the bundle has no first stage', async () => {
    const served = await aBundle();
    const { bundle } = await load(served);
    expect(bundle.index.rowOf('item-30')).toBe(30);
    expect(served.requests).not.toContain(served.pathOf('vocabulary'));
  });

  it('is kept under the names of its files', async () => {
    const cache = aBundleCache();
    const served = await aBundle({ firstStage: true });
    await load(served, { cache });
    expect(sorted(cache.files.keys())).toEqual(
      sorted(FIRST.map((role) => served.manifest.files.find((file) => file.role === role)?.sha256 ?? '')),
    );
    for (const [sha256, bytes] of cache.files) {
      const { path = '' } = served.manifest.files.find((file) => file.sha256 === sha256) ?? {};
      expect(bytes).toEqual(served.files.get(path));
      expect(bytes.buffer.byteLength).toBe(bytes.byteLength); // a view would keep all of what it was cut from
    }
  });
});

describe('the files are asked for by their own names', () => {
  it('where the host has none of a fixed name', async () => {
    const served = await aBundle({ firstStage: true });
    served.files.delete(EARLY_FILE);
    const { isFirstStage, diagnostics } = await load(served);
    expect([isFirstStage, diagnostics]).toEqual([true, []]);
    expect(sorted(served.requests)).toEqual(sorted([...BOTH, ...FIRST.map(served.pathOf)]));
  });

  it.each([
    ['the one before the bundle', (bytes: Uint8Array) => bytes.subarray(40)],
    ['a web page', () => new TextEncoder().encode('<!doctype html>')],
    ['empty', () => new Uint8Array()],
  ])('where the fixed one is %s', async (_, change) => {
    const served = await aBundle({ firstStage: true });
    changeEarly(served, change);
    const { isFirstStage, diagnostics, bundle } = await load(served);
    expect([isFirstStage, diagnostics, bundle.index.rowOf('item-30')]).toEqual([true, [], 30]);
    expect(served.requests).toEqual(expect.arrayContaining(FIRST.map(served.pathOf)));
  });

  it('those alone that differ', async () => {
    const served = await aBundle({ firstStage: true });
    changeEarly(served, (bytes) => bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte)));
    await load(served);
    expect(sorted(served.requests)).toEqual(sorted([...BOTH, served.pathOf('first-catalog')]));
  });

  it('where the fixed one does not come in time', async () => {
    const served = await aBundle({ firstStage: true });
    const limits: number[] = [];
    const fetchFile: typeof served.fetchFile = async (url, { maxBytes, timeoutMs }) => {
      if (!url.endsWith(EARLY_FILE)) return served.fetchFile(url, { maxBytes, timeoutMs });
      limits.push(maxBytes, timeoutMs);
      throw new Error('late');
    };
    const { isFirstStage, diagnostics } = await load({ ...served, fetchFile });
    expect([isFirstStage, diagnostics, limits]).toEqual([true, [], [64_000_000, 10_000]]);
    expect(served.requests).toEqual(expect.arrayContaining(FIRST.map(served.pathOf)));
  });

  it('where the fixed one hangs, as far as it has none of them', async () => {
    const served = await aBundle();
    const fetchFile: typeof served.fetchFile = (url, limits) =>
      url.endsWith(EARLY_FILE) ? new Promise(() => {}) : served.fetchFile(url, limits);
    void load({ ...served, fetchFile });
    await expect.poll(() => served.requests).toEqual(expect.arrayContaining(['catalog', 'neighbours'].map(pathIn(served))));
  });
});

describe('nothing is asked for but the manifest', () => {
  it('where there is a copy, of this bundle or of one before it', async () => {
    const cache = aBundleCache();
    const served = await aBundle({ firstStage: true });
    await load(served, { cache });
    for (const next of [served, await aBundle({ firstStage: true, version: 2 })]) {
      next.requests.length = 0;
      await load(next, { cache });
      expect(next.requests).toEqual(['manifest.json']);
    }
  });

  it('where the whole is wanted before any slate', async () => {
    const served = await aBundle({ firstStage: true });
    await load(served, { onFirstStage: undefined });
    expect(served.requests).not.toContain(EARLY_FILE);
  });
});

describe('what came early is not read', () => {
  it.each([
    ['has expired', 'bundle-expired', { alterManifest: (m: object) => ({ ...m, notAfter: '2026-05-01' }) }],
    ['is not signed', 'signature-invalid', {}],
    ['is signed by another', 'signature-invalid', { signWith: aSigningKey() }],
  ])('where the bundle %s', async (_, code, options) => {
    const served = await aBundle({ firstStage: true, ...options });
    const told: unknown[] = [];
    const loading = load(served, {
      publicKeys: code === 'signature-invalid' ? [aSigningKey().publicKey] : [],
      onFirstStage: async (tables) => void told.push(tables),
    });
    await expect(loading).rejects.toMatchObject({ code });
    expect([sorted(served.requests), told]).toEqual([sorted(BOTH), []]);
  });
});

function pathIn(served: TinyBundle) {
  return (role: string): string => served.manifest.files.find((file) => file.role === role)?.path ?? '';
}
