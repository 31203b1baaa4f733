import { mkdir, mkdtemp, readFile, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EARLY_FILE } from '../../../src/core/model/early-files.js';
import { type PackedBundle, readPacked } from '../../../src/train/bundle/pack-bundle.js';
import { writeBundle } from '../../../src/train/bundle/write-bundle.js';
import { earlyFileFault, openBundleFolder } from '../../../src/train/commands/bundle-folder.js';
import { trainBundle } from '../../../src/train/fit/train-bundle.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { SILENT } from '../../../src/train/progress.js';
import { DEFAULT_SETTINGS } from '../../../src/train/settings.js';
import { aLog } from '../../support/a-log.js';

const SETTINGS = { ...DEFAULT_SETTINGS, dim: 8, units: 8, hidden: [8], epochs: 1 };

/** Carts in which items of one group of four go together. */
function carts(count: number) {
  const random = createRandom(9);
  return Array.from({ length: count }, (_, i) => {
    const group = random.below(5);
    const items = new Set(Array.from({ length: 5 }, () => `g${group}-${random.below(4)}`));
    return { id: `cart-${i}`, visitor: `visitor-${i % 50}`, events: [...items] };
  });
}

let folder: string;
let packed: PackedBundle;
const train = () =>
  trainBundle({ log: aLog(carts(300)), catalog: [{ itemId: 'g0-0', title: 'First', margin: 0.987 }] }, SETTINGS, SILENT);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-bundle-'));
  packed = await train();
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

describe('trainBundle', () => {
  it('gives the same files for the same log and settings', async () => {
    const again = await train();
    expect(again.manifest.files).toEqual(packed.manifest.files);
    expect(again.manifest.goldens).toEqual(packed.manifest.goldens);
    expect(JSON.stringify(packed.manifest.goldens), 'no digits that say nothing').not.toMatch(/\.\d{5}/);
    expect(again.manifest.id).toBe(packed.manifest.id);
  }, 120_000);

  it('holds nothing of one visitor: no ids of visitors or sessions, no margin', () => {
    const text = packed.files.map(({ content }) => new TextDecoder().decode(content)).join('') + JSON.stringify(packed.manifest);
    expect(text).not.toMatch(/visitor-\d|cart-\d|0\.987|margin/);
  });

  it('records until when it was fitted, what was chosen and the figures of sessions it had not seen', () => {
    const { training, metrics } = packed.manifest;
    expect(training).toMatchObject({
      sessions: 300,
      until: new Date(299 * 86_400_000).toISOString(),
      measuredUntil: new Date(239 * 86_400_000).toISOString(),
    });
    expect(training).toHaveProperty('ranker.validation.tables');
    expect(metrics).toMatchObject({ split: { trainSessions: 240, testSessions: 60 } });
  });

  it('names every file by its content', () => {
    for (const { path, sha256 } of packed.files) expect(path).toContain(`-${sha256.slice(0, 10)}.`);
  });

  it('feeds features that never varied as constants', () => {
    const { features } = packed.manifest;
    expect(features.live).toContain('cartLift');
    expect(features.live).not.toContain('itemDwell');
    expect(features.behaviour.deviation[features.behaviour.names.indexOf('dwell')]).toBe(0);
  });

  it('writes tables alone when no epochs are asked for', async () => {
    const tables = await trainBundle({ log: aLog(carts(60)), catalog: [] }, { ...SETTINGS, epochs: 0 }, SILENT);
    expect(readPacked(tables).models).toBeUndefined();
    expect(tables.manifest.goldens).toEqual([]);
  });
});

describe('writeBundle', () => {
  it('writes what the browser’s loader and TF.js accept, goldens included', async () => {
    const target = join(folder, 'good');
    await writeBundle(target, packed);
    const { bundle, runtime } = await openBundleFolder(target);
    expect(bundle.index.count).toBe(20);
    expect(bundle.models).toBeDefined();
    runtime?.dispose();
    const named = packed.files.map(({ path }) => path);
    expect((await readdir(target)).sort()).toEqual([...named, EARLY_FILE, 'manifest.json'].sort());
    expect(await earlyFileFault(target, bundle.manifest)).toBeUndefined();
    expect(await readdir(folder)).toEqual(['good']);
  }, 60_000);

  it('gives a bundle written over another a higher version and leaves none of its files', async () => {
    const target = join(folder, 'again');
    await writeBundle(target, packed);
    const older = packed.files.map((file) => (file.role === 'catalog' ? { ...file, path: 'catalog-older.json' } : file));
    const files = older.map(({ content: _content, ...file }) => file);
    await writeBundle(target, { manifest: { ...packed.manifest, version: 4, files }, files: older });
    expect(await readdir(target)).toContain('catalog-older.json');
    await writeBundle(target, packed);
    expect(JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8')).version).toBe(5);
    expect(await readdir(target)).not.toContain('catalog-older.json');
  });

  it('leaves what lies beside a bundle and is not its own', async () => {
    const target = join(folder, 'beside');
    await writeBundle(target, packed);
    await writeFile(join(target, 'offers.json'), '{"formatVersion":1}');
    await mkdir(join(target, 'logos'));
    await writeFile(join(target, 'logos', 'shop.svg'), '<svg/>');
    await symlink('offers.json', join(target, 'latest'));
    await writeBundle(target, packed);
    expect(await readFile(join(target, 'offers.json'), 'utf8')).toBe('{"formatVersion":1}');
    expect(await readFile(join(target, 'logos', 'shop.svg'), 'utf8')).toBe('<svg/>');
    expect(await readlink(join(target, 'latest'))).toBe('offers.json');
    await expect(openBundleFolder(target)).resolves.toMatchObject({ bundle: { manifest: { version: 2 } } });
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each(['notes.txt', 'manifest.json'])('refuses a folder that holds something else: %s', async (name) => {
    const target = await mkdtemp(join(folder, 'other-'));
    await writeFile(join(target, name), '{"name":"a web app"}');
    await expect(writeBundle(target, packed)).rejects.toMatchObject({ code: 'output-invalid' });
    expect(await readdir(target)).toEqual([name]);
  });
});
