import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadBundle } from '../../../src/core/model/bundle-loader.js';
import { digestOf, verifyFile } from '../../../src/core/model/digest.js';
import { sha256 } from '../../../src/core/model/sha256.js';
import { aBundle, aSigningKey } from '../../support/tiny-bundle.js';

const expected = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the digest', () => {
  it('is SHA-256, with WebCrypto and without', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await digestOf(bytes)).toBe(expected(bytes));
        expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(expected(bytes));
      }),
    );
    for (const length of [0, 55, 56, 63, 64, 119, 120, 1_000_000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => i * 31);
      expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(expected(bytes));
    }
  });

  it('refuses another length before it digests, and another content', async () => {
    const file = { role: 'catalog', path: 'catalog.json', bytes: 3, sha256: expected(Uint8Array.of(1, 2, 3)) } as const;
    await verifyFile(Uint8Array.of(1, 2, 3), file);
    await expect(verifyFile(Uint8Array.of(1, 2, 4), file)).rejects.toMatchObject({ code: 'digest-mismatch' });
    await expect(verifyFile(Uint8Array.of(1, 2), file)).rejects.toThrow('2 bytes, expected 3 bytes');
  });
});

describe('a page on plain http, which has no WebCrypto', () => {
  const withoutWebCrypto = () => vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });

  it('still verifies every digest of an unsigned bundle', async () => {
    const served = await aBundle({ models: false });
    withoutWebCrypto();
    const options = { ...served, publicKeys: [], now: 0 };
    expect((await loadBundle(options)).bundle.index.count).toBe(30);
    const path = served.pathOf('catalog');
    served.files.set(path, (served.files.get(path) as Uint8Array).with(9, 0));
    await expect(loadBundle(options)).rejects.toMatchObject({ code: 'digest-mismatch' });
  });

  it('runs nothing when a key is configured', async () => {
    const key = aSigningKey();
    const served = await aBundle({ models: false, signWith: key });
    withoutWebCrypto();
    await expect(loadBundle({ ...served, publicKeys: [key.publicKey], now: 0 })).rejects.toMatchObject({
      code: 'signature-invalid',
      message: expect.stringContaining('https'),
    });
  });
});
