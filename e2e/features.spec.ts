import { createHash } from 'node:crypto';
import { build, type Rollup } from 'vite';
import { encodeFixture, FEATURE_FIXTURE_SHA256 } from '../test/support/feature-fixture.js';
import { expect, test } from './support/test.js';

declare global {
  interface Window {
    featureFixture: { encodeFixture(): Uint8Array };
  }
}

test('one session encodes to the same bytes in Node and in this browser', async ({ shop }) => {
  const page = await shop.visit('checkout.html');
  await page.addScriptTag({ content: await bundled('test/support/feature-fixture.ts') });
  const bytes = Buffer.from(await page.evaluate(() => [...window.featureFixture.encodeFixture()]));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(FEATURE_FIXTURE_SHA256);
  expect(bytes.equals(encodeFixture())).toBe(true);
});

/** A module and what it imports as one classic script, in memory. */
async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'featureFixture' } },
  });
  const [{ output }] = result as [Rollup.RollupOutput];
  return output[0].code;
}
