import { defineConfig, type PlaywrightTestProject } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium, findFirefox } from './scripts/find-browsers.mjs';

// Of this run alone, so that two runs on one machine, or a server that a killed one left, are in nobody's way. Test processes inherit it.
process.env['TILLSIDE_E2E_PORT'] ??= `${20_000 + (process.pid % 20_000)}`;
const E2E_PORT = process.env['TILLSIDE_E2E_PORT'];

const quietFirefox = {
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'app.normandy.enabled': false,
};

function project(
  name: 'chromium' | 'firefox',
  launchOptions: NonNullable<PlaywrightTestProject['use']>['launchOptions'],
): PlaywrightTestProject {
  const found = name === 'chromium' ? findChromium() : findFirefox();
  if (!found) throw new Error(`No ${name} on this machine. Run 'npm run browsers'.`);
  return {
    name,
    use: {
      browserName: name,
      ...(found.channel ? { channel: found.channel } : {}),
      launchOptions: { ...launchOptions, ...(found.executablePath ? { executablePath: found.executablePath } : {}) },
    },
  };
}

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.build/e2e-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 30_000,
  reporter: [['list'], ['json', { outputFile: '.build/reports/e2e.json' }]],
  // Recording every test takes half as long again: `npx playwright test <file> --trace on` records the one that failed.
  use: { baseURL: `http://127.0.0.1:${E2E_PORT}`, trace: 'off' },
  webServer: {
    command: `node e2e/support/server.mjs ${E2E_PORT}`,
    url: `http://127.0.0.1:${E2E_PORT}/healthz`,
  },
  projects: [
    // Playwright switches the back/forward cache off; our promises about it are tested with it on.
    project('chromium', { args: CHROMIUM_FLAGS, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    // Firefox has no address that crashes a tab, no DevTools protocol of Chromium's, and does not say which processes are its own.
    {
      ...project('firefox', { firefoxUserPrefs: quietFirefox }),
      testIgnore: ['**/crashed-tab.spec.ts', '**/devtools.spec.ts', '**/killed.spec.ts'],
    },
  ],
});
