import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readManifest } from '../../src/core/model/manifest.js';
import { earlyFileFault } from '../../src/train/commands/bundle-folder.js';

const FOLDER = fileURLToPath(new URL('../../examples/gift-shop/bundle/', import.meta.url));

it('the gift shop’s first-stage.txt holds the files that its manifest names', async () => {
  const manifest = readManifest(await readFile(`${FOLDER}manifest.json`, 'utf8'));
  expect(await earlyFileFault(FOLDER, manifest)).toBeUndefined();
});
