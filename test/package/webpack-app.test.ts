import type { Browser } from '@playwright/test';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectModelInWorker,
  expectOneAdd,
  indexHtml,
  launchChromium,
  leaveSeen,
  serveFolders,
  writeBundle,
  writeFiles,
} from './support/app.js';
import { anEmptyFolder } from './support/install.js';

/** React 18: the Next.js app has 19. */
const PACKAGES = ['webpack@5.112.2', 'react@18.3.1', 'react-dom@18.3.1'];
const folder = anEmptyFolder();
let browser: Browser;
let itemId: string;

beforeAll(async () => {
  itemId = writeBundle(folder.path);
  writeFiles(folder.path, {
    'public/index.html': indexHtml('/main.js'),
    'src/seen.js': leaveSeen(itemId),
    'src/main.js': `
import { createElement as h, StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { TillsideSuggestions, useTillside } from 'tillside/react';
import { leaveSeen } from './seen.js';

window.asked = [];
function Cart() {
  const { tillside, isReady } = useTillside({ bundle: '/models/manifest.json', consent: 'granted' });
  useEffect(() => {
    if (isReady) leaveSeen(tillside);
  }, [tillside, isReady]);
  return h(TillsideSuggestions, { placement: 'cart', size: 4, onAdd: (added) => window.asked.push(added) });
}
createRoot(document.querySelector('#app')).render(h(StrictMode, null, h(Cart)));`,
    'build.mjs': `
import webpack from 'webpack';
webpack({ mode: process.argv[2], context: import.meta.dirname, entry: './src/main.js', output: { clean: true } }, (error, stats) => {
  if (error) throw error;
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  // That a script is large is a hint about the page's speed; TF.js loads in the worker.
  const complaints = [...errors, ...warnings].filter(({ message }) => !message.startsWith('asset size limit'));
  console.log(JSON.stringify(complaints));
});`,
  });
  [browser] = await Promise.all([launchChromium(), folder.install(...PACKAGES)]);
});

afterAll(async () => {
  await browser?.close();
  folder.remove();
});

describe('the packed tarball in a webpack 5 app with React 18 in StrictMode', () => {
  // In development webpack runs modules by eval, and StrictMode mounts everything twice.
  it.each(['development', 'production'])('scores in one worker and counts an add once, in %s', async (mode) => {
    const built = await folder.run(process.execPath, ['build.mjs', mode]);
    expect(built).toMatchObject({ code: 0, stdout: '[]\n' });
    const server = await serveFolders(join(folder.path, 'public'), join(folder.path, 'dist'));
    try {
      await expectModelInWorker({ browser, server, itemId }, expectOneAdd);
    } finally {
      await server.stop();
    }
  });
});
