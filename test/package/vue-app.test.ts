import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectModelInWorker,
  expectOneAdd,
  indexHtml,
  launchChromium,
  leaveSeen,
  startTool,
  VITE,
  writeBundle,
  writeFiles,
} from './support/app.js';
import { anEmptyFolder, pinned } from './support/install.js';

const PACKAGES = [pinned('vite'), pinned('vue'), '@vitejs/plugin-vue@6.0.11'];
const folder = anEmptyFolder();
let browser: Browser;
let itemId: string;

beforeAll(async () => {
  itemId = writeBundle(folder.path);
  writeFiles(folder.path, {
    'index.html': indexHtml('/main.js'),
    'vite.config.js': `
import vue from '@vitejs/plugin-vue';
export default { plugins: [vue()] };`,
    'seen.js': leaveSeen(itemId),
    'main.js': `
import { createApp } from 'vue';
import { createTillsidePlugin } from 'tillside/vue';
import Cart from './cart.vue';
createApp(Cart).use(createTillsidePlugin({ bundle: '/models/manifest.json', consent: 'granted' })).mount('#app');`,
    'cart.vue': `
<script setup>
import { ref, watchEffect } from 'vue';
import { useTillside } from 'tillside/vue';
import { leaveSeen } from './seen.js';
window.asked = [];
const { tillside, isReady } = useTillside();
watchEffect(() => isReady.value && leaveSeen(tillside.value));
const onAdd = (added) => window.asked.push(added);
const suggestions = ref();
window.exposed = () => suggestions.value.host;
</script>
<template><TillsideSuggestions ref="suggestions" placement="cart" :size="4" @add="onAdd" /></template>`,
  });
  [browser] = await Promise.all([launchChromium(), folder.install(...PACKAGES)]);
});

afterAll(async () => {
  await browser?.close();
  folder.remove();
});

describe('the packed tarball in a Vite and Vue app', () => {
  it('scores in one worker, counts an add once and exposes its element on the dev server', async () => {
    const server = await startTool(folder.path, [VITE, '--host', '127.0.0.1']);
    try {
      await expectModelInWorker({ browser, server, itemId }, async (page) => {
        await expectOneAdd(page);
        const exposed = () => (window as unknown as { exposed(): Element }).exposed().localName;
        expect(await page.evaluate(exposed)).toBe('tillside-suggestions');
      });
    } finally {
      await server.stop();
    }
  });

  it('scores in one worker and counts an add once in the production build', async () => {
    const built = await folder.run(process.execPath, [VITE, 'build']);
    expect(built).toMatchObject({ code: 0 });
    expect(built.stdout + built.stderr).not.toMatch(/\bwarn(ing)?\b|\(!\)/i);
    const server = await startTool(folder.path, [VITE, 'preview', '--host', '127.0.0.1']);
    try {
      await expectModelInWorker({ browser, server, itemId }, expectOneAdd);
    } finally {
      await server.stop();
    }
  });
});
