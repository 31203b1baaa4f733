import type { Browser } from '@playwright/test';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectModelInWorker,
  indexHtml,
  launchChromium,
  leaveSeen,
  serveFolders,
  writeBundle,
  writeFiles,
} from './support/app.js';
import { anEmptyFolder, pinned } from './support/install.js';

const PACKAGES = [pinned('rollup'), pinned('@rollup/plugin-node-resolve')];
const folder = anEmptyFolder();
let browser: Browser;
let itemId: string;

beforeAll(async () => {
  itemId = writeBundle(folder.path);
  writeFiles(folder.path, {
    'public/index.html': indexHtml('/main.js', '<tillside-suggestions placement="cart" size="4"></tillside-suggestions>'),
    'seen.js': leaveSeen(itemId),
    'main.js': `
import { createTillside } from 'tillside';
import 'tillside/element';
import { leaveSeen } from './seen.js';
leaveSeen(createTillside({ bundle: '/models/manifest.json', consent: 'granted', baseUrl: '/tillside/' }));`,
    'version.js': "import { version } from 'tillside';\nconsole.log(version);",
    'rollup.config.js': `
import nodeResolve from '@rollup/plugin-node-resolve';
const build = (input) => ({ input, output: { dir: 'dist' }, plugins: [nodeResolve()], onwarn: (warning) => { throw new Error(warning.message); } });
export default [build('main.js'), build('version.js')];`,
  });
  [browser] = await Promise.all([launchChromium(), folder.install(...PACKAGES)]);
  const built = await folder.run(process.execPath, ['node_modules/rollup/dist/bin/rollup', '-c']);
  if (built.code !== 0) throw new Error(built.stderr);
});

afterAll(async () => {
  await browser?.close();
  folder.remove();
});

describe('the packed tarball in a Rollup app', () => {
  it('scores with the model in a worker, where baseUrl says that the files of dist/ are', async () => {
    cpSync(join(folder.path, 'node_modules/tillside/dist'), join(folder.path, 'served/tillside'), { recursive: true });
    const server = await serveFolders(join(folder.path, 'public'), join(folder.path, 'dist'), join(folder.path, 'served'));
    try {
      await expectModelInWorker({ browser, server, itemId });
    } finally {
      await server.stop();
    }
  });

  it('is left out but for what is imported, and a few of its constants', () => {
    const code = readFileSync(join(folder.path, 'dist/version.js'), 'utf8');
    expect(code).not.toMatch(/attachShadow|Worker|indexedDB|localStorage/);
    expect(code.length).toBeLessThan(2_500); // of 40,000
  });
});
