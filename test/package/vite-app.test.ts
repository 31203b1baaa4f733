import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/find-browsers.mjs';
import { anEmptyFolder, pinned } from './support/install.js';
import { type Seen, startVite, VITE, writeViteApp } from './support/vite-app.js';

const folder = anEmptyFolder();
let browser: Browser;
let itemId: string;

beforeAll(async () => {
  ({ itemId } = writeViteApp(folder.path));
  const { channel, executablePath } = findChromium() ?? {};
  const launch = { args: CHROMIUM_FLAGS, ...(channel && { channel }), ...(executablePath && { executablePath }) };
  [browser] = await Promise.all([chromium.launch(launch), folder.install(pinned('vite'))]);
});

afterAll(async () => {
  await browser?.close();
  folder.remove();
});

/** Opens a served app; a message on its console is a failure, whoever wrote it. */
async function openApp(url: string): Promise<{ page: Page; seen: Seen; complaints: readonly string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => 'seen' in window);
  const seen = await page.evaluate(() => (window as unknown as { seen: Promise<Seen> }).seen);
  await page.locator('tillside-suggestions li').nth(3).waitFor();
  return { page, seen, complaints };
}

function expectModelInWorker({ slate, status }: Seen): void {
  expect(status.engine?.where).toBe('worker');
  expect(status.engine?.runtime).toBe('tfjs-cpu');
  expect(slate.strategy).toBe('model');
  expect(slate.items).toHaveLength(4);
  expect(slate.items.map(({ item }) => item.itemId)).not.toContain(itemId);
  expect(status.engine?.diagnostics).toEqual([]);
}

describe('the packed tarball in a Vite app without any configuration', () => {
  it('scores with the model in a worker on the dev server', async () => {
    const server = await startVite(folder.path);
    try {
      const { page, seen, complaints } = await openApp(server.url);
      expectModelInWorker(seen);
      expect(complaints).toEqual([]);
      await page.close();
    } finally {
      await server.stop();
    }
  });

  it('scores with the model in a worker in the production build', async () => {
    const built = await folder.run(process.execPath, [VITE, 'build']);
    expect(built).toMatchObject({ code: 0 });
    expect(built.stdout + built.stderr).not.toMatch(/\bwarn(ing)?\b|\(!\)/i);
    const server = await startVite(folder.path, 'preview');
    try {
      const { page, seen, complaints } = await openApp(server.url);
      expectModelInWorker(seen);
      expect(complaints).toEqual([]);
      await page.close();
    } finally {
      await server.stop();
    }
  });
});
