import type { Page } from '@playwright/test';
import { blur, hide, pass } from './support/attention.js';
import { countOf, featuresOf } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';
const CAKESTAND = '22423';

test.describe('dwell', () => {
  /** The page's clock also runs by itself: what is measured may exceed what was passed by no more than the test took. */
  let startedAt = 0;

  test.beforeEach(async ({ page }) => {
    await page.clock.install();
    startedAt = Date.now();
  });

  test('counts while the page is visible, focused and not idle', async ({ shop, page }) => {
    await shop.visit('heart.html');
    await begun(page, HEART);
    await pass(page, 20);
    await leave(page);
    await expectDwell(page, HEART, 20);
  });

  test('does not count while another tab hides the page', async ({ shop, page }) => {
    await shop.visit('heart.html');
    await begun(page, HEART);
    await pass(page, 10);
    const show = await hide(page);
    await expectDwell(page, HEART, 10);
    await pass(page, 25);
    await show();
    await pass(page, 5);
    await leave(page);
    await expectDwell(page, HEART, 15);
  });

  test('does not count while another window has the focus', async ({ shop, page }) => {
    await shop.visit('heart.html');
    await begun(page, HEART);
    await pass(page, 10);
    const refocus = await blur(page);
    await pass(page, 25);
    await refocus();
    await pass(page, 5);
    await leave(page);
    await expectDwell(page, HEART, 15);
  });

  test('stops 30 s after the last input and goes on with the next', async ({ shop, page }) => {
    await shop.visit('heart.html');
    await begun(page, HEART);
    await page.mouse.move(10, 10);
    await pass(page, 120);
    await page.mouse.move(20, 20);
    await pass(page, 10);
    await leave(page);
    await expectDwell(page, HEART, 40);
  });

  test('does not count an hour for which the computer slept', async ({ shop, page }) => {
    await shop.visit('heart.html');
    await begun(page, HEART);
    await pass(page, 10);
    await page.clock.fastForward(3_600_000);
    await page.mouse.move(60, 60);
    await pass(page, 5);
    await leave(page);
    await expectDwell(page, HEART, 15);
  });

  test('of each item is its own across route changes', async ({ shop, page }) => {
    await shop.visit('spa.html');
    await pass(page, 25);
    await page.getByRole('link', { name: 'Heart' }).click();
    await begun(page, HEART);
    await pass(page, 10);
    await page.getByRole('link', { name: 'Cakestand' }).click();
    await begun(page, CAKESTAND);
    await pass(page, 20);
    await page.getByRole('link', { name: 'About' }).click();
    await pass(page, 25);
    await expectDwell(page, HEART, 10);
    await expectDwell(page, CAKESTAND, 20);
  });

  async function expectDwell(page: Page, itemId: string, seconds: number): Promise<void> {
    await expect.poll(async () => (await featuresOf(page, itemId))?.dwellMs ?? 0).toBeGreaterThanOrEqual(seconds * 1000);
    const dwellMs = (await featuresOf(page, itemId))?.dwellMs;
    expect(dwellMs).toBeLessThanOrEqual(seconds * 1000 + (Date.now() - startedAt));
  }
});

test('scroll depth is the furthest viewport bottom, also after scrolling back', async ({ shop, page }) => {
  await shop.visit('heart.html');
  await begun(page, HEART);
  const depthAt = (y: number) =>
    page.evaluate(async (top) => {
      scrollTo(0, top);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return (scrollY + innerHeight) / document.documentElement.scrollHeight;
    }, y);
  const first = await depthAt(0);
  const furthest = await depthAt(1500);
  await depthAt(100);
  expect(furthest).toBeGreaterThan(first + 0.3);
  await leave(page);
  await expect.poll(async () => (await featuresOf(page, HEART))?.scrollDepthRatio).toBeCloseTo(furthest, 2);
});

/** Waits until the visit of an item page is in the log: from then on time counts. */
async function begun(page: Page, itemId: string): Promise<void> {
  await expect.poll(() => countOf(page, 'view_item', itemId)).toBe(1);
}

/** To a page about no product: what was measured is told on the way. */
async function leave(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Cart' }).click();
  await expect(page.getByRole('heading', { name: 'Cart' })).toBeVisible();
}
