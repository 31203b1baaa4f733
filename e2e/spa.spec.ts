import type { Page } from '@playwright/test';
import { countOf, exported, featuresOf } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
const CAKESTAND = '22423';

test('pushState and Back start and end the item pages of a single-page shop', async ({ shop }) => {
  const page = await shop.visit('spa.html');
  await openRoute(page, 'Heart');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  await openRoute(page, 'Cakestand');
  await expect.poll(() => countOf(page, 'view_item', CAKESTAND)).toBe(1);
  await openRoute(page, 'About');
  await expect.poll(() => countOf(page, 'dwell', CAKESTAND)).toBe(1);
  await page.evaluate(() => history.back());
  await expect.poll(() => countOf(page, 'view_item', CAKESTAND)).toBe(2);

  const { events } = await exported(page);
  const visits = events.filter(({ type }) => /^(view_item|dwell)$/.test(type)).map(({ type, itemId }) => [type, itemId]);
  expect(visits).toEqual([
    ['view_item', HEART],
    ['dwell', HEART],
    ['view_item', CAKESTAND],
    ['dwell', CAKESTAND],
    ['view_item', CAKESTAND],
  ]);
});

test('scroll depth is of the route that was scrolled', async ({ shop }) => {
  const page = await shop.visit('spa.html');
  await openRoute(page, 'Heart');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  await page.evaluate(async () => {
    const scrolled = new Promise((done) => addEventListener('scroll', done, { once: true }));
    scrollTo(0, document.documentElement.scrollHeight);
    await scrolled;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  await openRoute(page, 'Cakestand');
  await expect.poll(() => countOf(page, 'view_item', CAKESTAND)).toBe(1);
  await openRoute(page, 'About');
  await expect.poll(async () => (await featuresOf(page, HEART))?.scrollDepthRatio).toBeGreaterThan(0.99);
  await expect.poll(async () => (await featuresOf(page, CAKESTAND))?.scrollDepthRatio).toBeGreaterThan(0);
  expect((await featuresOf(page, CAKESTAND))?.scrollDepthRatio).toBeLessThan(0.5);
});

test('capture resumes when history brings the page back', async ({ shop, page, context }, info) => {
  // Playwright's own channels to a page do not survive the back/forward cache; its requests do.
  const shows: string[] = [];
  shop.intercept('/pages/shown.html', (request, response) => {
    shows.push(String(request.url));
    response.end();
  });
  await page.addInitScript(() => {
    const tell = ({ persisted }: PageTransitionEvent) => fetch(`/pages/shown.html?restored=${persisted}`, { cache: 'no-store' });
    addEventListener('pageshow', tell);
  });
  await shop.visit('heart.html');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  await page.evaluate(() => void location.assign('checkout.html'));
  await page.waitForURL(/checkout/);
  await page.evaluate(() => void history.back());
  // heart, checkout, heart
  await expect.poll(() => shows).toHaveLength(3);
  // Firefox restores it; Chromium decides by what its worker is just doing. Capture has to go on either way.
  info.annotations.push({ type: 'back to', description: String(shows[2]) });

  // Another tab tells what the first one does.
  const observer = await shop.visit('plain.html', await context.newPage());
  await expect.poll(() => countOf(observer, 'view_item', HEART)).toBe(2);
  await page.close();
  await observer.reload();
  await expect.poll(() => countOf(observer, 'dwell', HEART)).toBe(2);
});

async function openRoute(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).click();
}
