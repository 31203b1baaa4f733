import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

it('exports three names and no more', async () => {
  expect(Object.keys(await import('../../src/index.js')).sort()).toEqual(['TillsideError', 'createTillside', 'version']);
});

it('says the version of package.json', async () => {
  const { version } = await import('../../src/index.js');
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  expect(version).toBe((JSON.parse(text) as { version: string }).version);
});

it('can be imported where there is no page, and registers no element there', async () => {
  expect(globalThis.HTMLElement).toBeUndefined();
  const { TillsideSuggestionsElement } = await import('../../src/element.js');
  expect(TillsideSuggestionsElement.observedAttributes).toEqual(['placement', 'size', 'heading', 'min-score']);
});
