import { readFile } from 'node:fs/promises';
import { keptOnDevice } from './support/device.js';
import { engineStatus, slateOn, track } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
const STAGE = '/models/gift-shop/first-stage.txt';
const WORKER = new URL('../dist/worker.js', import.meta.url);

/** A browser with Save-Data: the worker asks its own navigator, which no script of the page reaches. */
const SAVE_DATA = `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });\n`;

test('a browser that saves data downloads the first stage and nothing else of the bundle', async ({ shop }) => {
  const worker = SAVE_DATA + (await readFile(WORKER, 'utf8'));
  shop.intercept('/dist/worker.js', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(worker);
  });
  const page = await shop.visit('cart.html');
  await track(page, { type: 'add_to_cart', itemId: HEART });
  const slate = await page.evaluate(() => window.tillside?.recommend());
  expect([slate?.strategy, slate?.items.length]).toEqual(['neighbours', 4]);
  expect(slate?.items.every(({ item }) => item.title && item.price)).toBe(true);
  const status = await page.evaluate(() => window.tillside?.status());
  expect(status?.engine).toMatchObject({ strategy: 'neighbours', bundle: { isFirstStage: true }, diagnostics: [] });
  await page.reload();
  await expect(page.locator('tillside-suggestions')).toHaveAttribute('data-strategy', 'neighbours');
  const asked = shop.requested
    .map((url) => new URL(url, shop.url).pathname)
    .filter((path) => /\/models\/|runtime\.js/.test(path));
  const names = new Set(asked.map((path) => path.replace(/.*\//, '')));
  expect([...names].sort()).toEqual(['first-stage.txt', 'manifest.json']);
});

test('a first visit asks for the first stage while its scripts are on their way, and downloads it once', async ({
  shop,
  page,
}) => {
  const names = () => shop.requested.map((url) => url.replace(/.*\//, ''));
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  shop.intercept('/dist/worker.js', async (_request, response) => {
    await released;
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(await readFile(WORKER));
  });
  const stage = Buffer.from(await (await fetch(shop.url + STAGE)).arrayBuffer());
  let downloads = 0;
  shop.intercept(STAGE, (request, response) => {
    const isKnown = request.headers['if-none-match'] === '"1"';
    if (!isKnown) downloads++;
    response.writeHead(isKnown ? 304 : 200, { etag: '"1"', 'cache-control': 'no-cache' }).end(isKnown ? undefined : stage);
  });
  const visit = shop.visit('cart.html');
  await expect.poll(names).toContain('first-stage.txt');
  expect(names()).not.toContain('manifest.json'); // which the worker asks for
  release();
  await visit;
  expect(await engineStatus(page)).toMatchObject({ strategy: 'model', diagnostics: [] });
  expect(names().filter((name) => name === 'first-stage.txt')).toHaveLength(2);
  expect(downloads).toBe(1);
});

for (const [what, options] of [
  ['a holdout test, whose other arm loads nothing', { holdout: 0.5 }],
  ['sensitive categories, which the first stage does not know', { sensitive: ['Health'] }],
] as const)
  test(`the page does not ask ahead with ${what}`, async ({ shop, page }) => {
    shop.intercept('/dist/worker.js', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(); // and never answers
    });
    await shop.configure({ consent: 'granted', ...options });
    await shop.visit('cart.html');
    await expect.poll(() => shop.requested.filter((url) => /\/(loop|holdout)\.js$/.test(url)).length).toBeGreaterThan(0);
    await page.evaluate(() => indexedDB.databases()); // the page would have looked before
    expect(shop.requested.filter((url) => url.endsWith('/first-stage.txt'))).toEqual([]);
  });

test('a first visit asks for the first stage beside the manifest, a second one for the manifest alone', async ({ shop }) => {
  const bundleFiles = () =>
    shop.requested.map((url) => url.replace(/.*\//, '')).filter((name) => /\.(json|bin|u8|txt)$/.test(name));
  const page = await shop.visit('cart.html');
  await engineStatus(page);
  const first = bundleFiles();
  // The page asks first, and the worker finds it in the HTTP cache.
  expect(first.slice(0, 3).sort()).toEqual(['first-stage.txt', 'first-stage.txt', 'manifest.json']);
  expect(first.filter((name) => /^(vocabulary|first)-[0-9a-f]/.test(name))).toEqual([]);
  expect(new Set(first).size).toBe(first.length - 1);
  await expect.poll(async () => (await keptOnDevice(page)).rows['tillside.bundles'] ?? 0).toBeGreaterThan(1);
  await page.reload();
  expect((await engineStatus(page)).bundle).toMatchObject({ source: 'network' });
  expect(bundleFiles().slice(first.length)).toEqual(['manifest.json']);
});

test('a first stage of another bundle is asked for by its own names', async ({ shop }) => {
  await shop.alter('/models/gift-shop/first-stage.txt', (bytes) => bytes.subarray(1));
  const page = await shop.visit('cart.html');
  await track(page, { type: 'add_to_cart', itemId: HEART });
  expect(await engineStatus(page)).toMatchObject({ strategy: 'model', diagnostics: [] });
  expect(shop.requested.filter((url) => /\/(vocabulary|first)-[0-9a-f]{10}\./.test(url))).toHaveLength(3);
});

test('the whole bundle betters the first slate, and moves nothing', async ({ shop }) => {
  const page = await shop.visit('cart.html');
  await track(page, { type: 'add_to_cart', itemId: HEART });
  await engineStatus(page);
  await expect(page.locator('tillside-suggestions')).toHaveAttribute('data-strategy', 'model');
  expect((await slateOn(page)).strategy).toBe('model');
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );
  expect(shift).toBe(0);
});
