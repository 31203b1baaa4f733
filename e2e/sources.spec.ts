import { engineStatus } from './support/page-api.js';
import { expect, test } from './support/test.js';

test.describe('what a page downloads', () => {
  test('is no adapter where there is no platform', async ({ shop, page }) => {
    await shop.visit('cart.html');
    await expect.poll(async () => (await engineStatus(page)).strategy).toBe('model');
    const scripts = shop.requested.map((url) => /\/dist\/(.*\.js)$/.exec(url)?.[1]).filter(Boolean);
    expect(new Set(scripts)).toEqual(new Set(['auto.js', 'loop.js', 'element.js', 'card-tools.js', 'worker.js', 'runtime.js']));
  });

  test('is the script alone without consent', async ({ shop, page }) => {
    await shop.visit('consent.html');
    await page.waitForLoadState('networkidle');
    expect(shop.requested.filter((url) => url.includes('/dist/')).map((url) => new URL(url).pathname)).toEqual(['/dist/auto.js']);
  });

  test('is no widget on a page without one', async ({ shop, page }) => {
    await shop.visit('heart.html');
    await expect.poll(async () => (await engineStatus(page)).strategy).toBe('model');
    expect(shop.requested.some((url) => url.endsWith('/element.js'))).toBe(false);
  });
});
