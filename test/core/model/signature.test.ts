import { describe, expect, it } from 'vitest';
import { loadBundle } from '../../../src/core/model/bundle-loader.js';
import { aBundle, aSigningKey, type TinyBundle } from '../../support/tiny-bundle.js';

const load = ({ manifestUrl, fetchFile }: TinyBundle, publicKeys: readonly string[]) =>
  loadBundle({ manifestUrl, fetchFile, publicKeys, now: 0 });

describe('a signature', () => {
  it('must be there, by a trusted key, and over this manifest', async () => {
    const key = aSigningKey();
    const publicKeys = [key.publicKey];
    const signed = await aBundle({ signWith: key });
    const forged = signed.manifestText.replace('"version":1,"createdAt"', '"version":2,"createdAt"');
    expect(forged).not.toBe(signed.manifestText);
    const asked: [string, TinyBundle][] = [
      ['unsigned', await aBundle()],
      ['by another key', await aBundle({ signWith: aSigningKey() })],
      ['changed after', { ...signed, fetchFile: async () => new TextEncoder().encode(forged) }],
    ];
    for (const [name, served] of asked)
      await expect(load(served, publicKeys), name).rejects.toMatchObject({ code: 'signature-invalid' });
  });

  it('covers members that this SDK does not know', async () => {
    const key = aSigningKey();
    const served = await aBundle({ signWith: key, alterManifest: (manifest) => ({ ...manifest, later: { b: 1, a: [2] } }) });
    expect((await load(served, [key.publicKey])).bundle.manifest.id).toBe('tiny');
  });
});
