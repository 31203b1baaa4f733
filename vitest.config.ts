import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_FLAGS, findChromium } from './scripts/find-browsers.mjs';

const chromium = findChromium();

export default defineConfig({
  // Known at the start, so that the dev server never reloads a page of tests to add one.
  optimizeDeps: {
    include: [
      'comlink',
      'idb',
      'fast-check',
      'zod/mini',
      'react',
      'react-dom/client',
      'react-dom/server',
      'vue',
      'vue/server-renderer',
    ],
  },
  define: { __VUE_OPTIONS_API__: true, __VUE_PROD_DEVTOOLS__: false, __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false },
  test: {
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/package/**'],
          environment: 'node',
          // Several train a small bundle; a loaded machine takes its time.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({
              launchOptions: {
                args: CHROMIUM_FLAGS,
                ...(chromium?.channel ? { channel: chromium.channel } : {}),
                ...(chromium?.executablePath ? { executablePath: chromium.executablePath } : {}),
              },
            }),
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          environment: 'node',
          // They install the packed tarball into empty folders.
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
