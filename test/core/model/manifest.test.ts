import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/core/errors.js';
import { checkModelManifest } from '../../../src/core/model/check-model-manifest.js';
import { canonicalManifest, MAX_MANIFEST_BYTES, readManifest } from '../../../src/core/model/manifest.js';
import type { Manifest } from '../../../src/core/model/manifest.schema.js';
import { aBundle } from '../../support/tiny-bundle.js';

let manifest: Manifest;
beforeAll(async () => {
  manifest = (await aBundle()).manifest;
});

const refusal = (value: unknown) => {
  try {
    checkModelManifest(readManifest(typeof value === 'string' ? value : JSON.stringify(value)));
    return { code: undefined, message: '' };
  } catch (error) {
    return { code: codeOf(error), message: (error as Error).message };
  }
};

describe('a manifest', () => {
  it('is read as training wrote it', () => {
    expect(readManifest(JSON.stringify(manifest))).toEqual(manifest);
  });

  it('names the member that is wrong', () => {
    const first = { ...manifest.files[0], sha256: 'x' };
    const found = refusal({ ...manifest, files: [first, ...manifest.files.slice(1)] });
    expect(found).toMatchObject({ code: 'manifest-invalid', message: expect.stringContaining('"files.0.sha256"') });
    expect(refusal({ ...manifest, version: '1' }).message).toContain('"version"');
    expect(refusal({ ...manifest, notAfter: 'soon' }).message).toContain('"notAfter"');
  });

  it('says that a newer format needs a newer SDK', () => {
    expect(refusal({ formatVersion: 2 })).toEqual({ code: 'manifest-invalid', message: expect.stringContaining('format 2') });
  });

  it('refuses a page of HTML with what it starts with', () => {
    expect(refusal('<!doctype html><title>404')).toEqual({
      code: 'manifest-invalid',
      message: expect.stringContaining('<!doctype html>'),
    });
  });

  it('refuses paths that leave the folder', () => {
    for (const path of [
      '../catalog.json',
      'a/b.json',
      'https://evil.test/x',
      '//evil.test',
      '.hidden',
      'a\\b',
      '',
      'x'.repeat(200),
    ]) {
      const files = manifest.files.map((file, i) => (i === 0 ? { ...file, path } : file));
      expect(refusal({ ...manifest, files }).code, path).toBe('manifest-invalid');
    }
  });

  it('takes a ranker without a session model, never the other way round, and a golden that fits', async () => {
    const alone = (await aBundle({ models: 'ranker' })).manifest;
    expect(readManifest(JSON.stringify(alone))).toEqual(alone);
    expect(refusal({ ...alone, goldens: manifest.goldens }).message).toContain('"goldens.0"');
    expect(refusal({ ...manifest, goldens: alone.goldens }).message).toContain('"goldens.0"');
    expect(refusal({ ...alone, goldens: [] }).message).toContain('"goldens"');
    const sessionOnly = manifest.files.filter(({ role }) => !role.startsWith('ranker'));
    expect(refusal({ ...manifest, files: sessionOnly }).message).toContain('ranker-model');
  });

  it('needs every table once, and all files of a model or none', () => {
    for (const { role } of manifest.files) {
      expect(refusal({ ...manifest, files: manifest.files.filter((file) => file.role !== role) }), role).toEqual({
        code: 'manifest-invalid',
        message: expect.stringContaining(role),
      });
    }
    const [first] = manifest.files;
    expect(refusal({ ...manifest, files: [...manifest.files, { ...first, path: 'other.json' }] }).message).toContain('twice');
    expect(refusal({ ...manifest, files: manifest.files.map((file) => ({ ...file, path: 'same.json' })) }).message).toContain(
      'twice',
    );
  });

  it('refuses features of another version or other names, naming both', () => {
    const { features } = manifest;
    const renamed = { ...features.candidate, names: features.candidate.names.with(3, 'cartCharm') };
    expect(refusal({ ...manifest, features: { ...features, candidate: renamed } })).toEqual({
      code: 'model-incompatible',
      message: expect.stringMatching(/"cartCharm".*"meanPlace"/),
    });
    expect(refusal({ ...manifest, features: { ...features, version: 3 } })).toEqual({
      code: 'model-incompatible',
      message: expect.stringMatching(/version 3.*version 2/),
    });
    const longer = { ...features.behaviour, names: [...features.behaviour.names, 'more'] };
    expect(refusal({ ...manifest, features: { ...features, behaviour: longer } }).code).toBe('model-incompatible');
    const short = { ...features.behaviour, mean: [] };
    expect(refusal({ ...manifest, features: { ...features, behaviour: short } }).code).toBe('manifest-invalid');
  });

  it('refuses goldens that do not fit, and models without any', () => {
    const [golden] = manifest.goldens;
    const bad = [
      { rows: [] },
      { rows: [31, 1, 1] },
      { behaviour: [1] },
      { top: [0, 1, 2, 3, 4] },
      { scores: [1] },
      { features: [1] },
    ];
    for (const change of bad)
      expect(refusal({ ...manifest, goldens: [{ ...golden, ...change }] }).message).toContain('goldens.0');
    expect(refusal({ ...manifest, goldens: [] }).message).toContain('goldens');
  });

  it('answers any text with a code', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => refusal(text).code === 'manifest-invalid'));
    const members = Object.keys(manifest);
    fc.assert(
      fc.property(fc.constantFrom(...members), fc.jsonValue(), (name, value) =>
        [undefined, 'manifest-invalid', 'model-incompatible'].includes(refusal({ ...manifest, [name]: value }).code),
      ),
    );
  });

  it('refuses a manifest that is too large or nests too deep, unparsed', () => {
    expect(refusal(' '.repeat(MAX_MANIFEST_BYTES + 1)).code).toBe('manifest-invalid');
    expect(refusal('['.repeat(900_000)).message).toContain('deeper');
    expect(refusal(`{"metrics":${'{"a":'.repeat(60)}1${'}'.repeat(61)}`).message).toContain('deeper');
    expect(refusal({ ...manifest, metrics: { note: '[{'.repeat(500) } }).code).toBeUndefined();
  });

  it('leaves no trace of a polluting member', () => {
    const text = JSON.stringify(manifest).replace(
      '"metrics":{}',
      '"metrics":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}',
    );
    readManifest(text);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('canonicalManifest', () => {
  it('is the same on a page that gives lists a toJSON, as Prototype.js does', () => {
    const manifest = { files: [{ role: 'catalog' }], items: { count: 1 } };
    const text = canonicalManifest(manifest);
    expect(text).toBe('{"files":[{"role":"catalog"}],"items":{"count":1}}');
    Object.assign(Array.prototype, { toJSON: () => 'a text' });
    try {
      expect(canonicalManifest(manifest)).toBe(text);
    } finally {
      Reflect.deleteProperty(Array.prototype, 'toJSON');
    }
  });

  it('is the same whatever the order of members, and leaves out the signature', () => {
    const shuffled = JSON.parse(JSON.stringify(manifest)) as Manifest;
    const reversed = Object.fromEntries(Object.entries(shuffled).reverse());
    expect(canonicalManifest({ ...reversed, signature: { key: 'k', value: 'v' } })).toBe(canonicalManifest(manifest));
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const { signature: _, ...rest } = JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
        expect(JSON.parse(canonicalManifest(object))).toEqual(rest);
      }),
    );
  });
});
