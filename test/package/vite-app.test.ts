import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectModelInWorker,
  indexHtml,
  launchChromium,
  leaveSeen,
  startTool,
  VITE,
  writeBundle,
  writeFiles,
} from './support/app.js';
import { anEmptyFolder, pinned } from './support/install.js';

const folder = anEmptyFolder();
let browser: Browser;
let itemId: string;

beforeAll(async () => {
  itemId = writeBundle(folder.path);
  // The smallest app that a Vite user would write: no config, the README's two imports.
  writeFiles(folder.path, {
    'index.html': indexHtml('/main.js', '<tillside-suggestions placement="cart" size="4"></tillside-suggestions>'),
    'seen.js': leaveSeen(itemId),
    'main.js': `
import { createTillside } from 'tillside';
import 'tillside/element';
import { leaveSeen } from './seen.js';
const tillside = createTillside({ bundle: '/models/manifest.json' });
tillside.consent('granted');
leaveSeen(tillside);`,
  });
  [browser] = await Promise.all([launchChromium(), folder.install(pinned('vite'))]);
});

afterAll(async () => {
  await browser?.close();
  folder.remove();
});

describe('the packed tarball in a Vite app without any configuration', () => {
  it('scores with the model in a worker on the dev server', async () => {
    const server = await startTool(folder.path, [VITE, '--host', '127.0.0.1']);
    try {
      await expectModelInWorker({ browser, server, itemId });
    } finally {
      await server.stop();
    }
  });

  it('scores with the model in a worker in the production build', async () => {
    const built = await folder.run(process.execPath, [VITE, 'build']);
    expect(built).toMatchObject({ code: 0 });
    expect(built.stdout + built.stderr).not.toMatch(/\bwarn(ing)?\b|\(!\)/i);
    const server = await startTool(folder.path, [VITE, 'preview', '--host', '127.0.0.1']);
    try {
      await expectModelInWorker({ browser, server, itemId });
    } finally {
      await server.stop();
    }
  });
});
