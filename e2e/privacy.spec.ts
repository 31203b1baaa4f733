import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { keptOnDevice } from './support/device.js';
import { codesTold, countOf, engineStatus, exported, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';
const CAKESTAND = '22423';

async function visitGranted(shop: Shop, page: Page): Promise<void> {
  await shop.configure({ consent: 'granted' });
  await shop.visit('privacy.html', page);
}

async function shopAround(page: Page): Promise<void> {
  await track(
    page,
    { type: 'view_item', itemId: HEART },
    { type: 'dwell', itemId: HEART, dwellMs: 95_000 },
    { type: 'view_item', itemId: CAKESTAND },
    { type: 'add_to_cart', itemId: HEART, quantity: 2, price: 2.95 },
    { type: 'purchase', items: [{ itemId: CAKESTAND, quantity: 1 }] },
  );
  await expect.poll(() => countOf(page, 'purchase')).toBe(1);
}

test('says that nothing is kept before consent, and takes the answer', async ({ shop, page }) => {
  await shop.visit('privacy.html');
  const element = page.locator('tillside-privacy');
  await expect(element.getByRole('heading', { name: 'Nothing is kept on this device.' })).toBeVisible();
  await expect(element.getByRole('switch')).toHaveAttribute('aria-checked', 'false');
  expect(await keptOnDevice(page)).toMatchObject({ databases: [], keys: [] });
  const asked = shop.requested.map((url) => new URL(url).pathname);
  expect(asked.sort()).toEqual(['/dist/auto.js', '/dist/privacy.js', '/dist/receipt.js', '/pages/privacy.html']);

  await element.getByRole('button', { name: 'Allow notes' }).click();
  await expect(element.getByRole('switch')).toHaveAttribute('aria-checked', 'true');
  await expect(element.getByRole('switch')).toBeFocused();
  await expect(element.getByText('There are no notes yet.')).toBeVisible();
});

test('tells what is known in plain words, and the download says the same', async ({ shop, page }) => {
  await visitGranted(shop, page);
  await shopAround(page);
  const element = page.locator('tillside-privacy');
  await expect(element.locator('[part=fact]')).toHaveText([
    /^Items viewed\s*2$/,
    /^Time spent\s*2 min$/,
    /^Added to cart\s*1$/,
    /^Items bought\s*1$/,
  ]);
  const viewed = element.locator('[part=list]').first().locator('[part=name]');
  await expect(viewed).toHaveText([/cakestand/i, /heart/i]);
  await expect(element.getByText(/kept until/)).toHaveCount(1);

  const saved = await savedBy(page, () => element.getByRole('button', { name: 'Download' }).click());
  expect(saved.name).toMatch(/^tillside-\d{4}-\d\d-\d\d\.json$/);
  const { text } = saved;
  const data = JSON.parse(text);
  const now = await exported(page);
  expect(text).toContain('\n  "events"'); // a person can read it
  expect(data.events).toEqual(now.events);
  expect(data.events.map(({ type, itemId }: { type: string; itemId?: string }) => [type, itemId])).toEqual([
    ['view_item', HEART],
    ['dwell', HEART],
    ['view_item', CAKESTAND],
    ['add_to_cart', HEART],
    ['purchase', undefined],
  ]);
  expect(data.purchases.map(({ itemId }: { itemId: string }) => itemId)).toEqual([CAKESTAND]);
  expect(Object.keys(data.titles).sort()).toEqual([CAKESTAND, HEART]);
  await expect(element.getByRole('status')).toContainText('Saved as tillside-');
});

test('erases after asking once, and says that it is done', async ({ shop, page }) => {
  await visitGranted(shop, page);
  await shopAround(page);
  const element = page.locator('tillside-privacy');
  await element.getByRole('button', { name: 'Erase the notes' }).click();
  await expect(element.getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(element.getByRole('button', { name: 'Erase the notes' })).toBeFocused();
  expect(await countOf(page, 'purchase')).toBe(1);

  await element.getByRole('button', { name: 'Erase the notes' }).click();
  await element.getByRole('button', { name: 'Yes, erase' }).click();
  await expect(element.getByRole('status')).toContainText('Everything is erased.');
  await expect(element.getByText('There are no notes yet.')).toBeVisible();
  const { events, session } = await exported(page);
  expect([events, session.cart, session.items]).toEqual([[], [], []]);
  expect((await keptOnDevice(page)).rows['tillside.purchases']).toBeUndefined();
  expect(await codesTold(page)).toEqual([]);
});

test('switched off in one tab, it is erased and off in the other', async ({ shop, page, context }) => {
  await visitGranted(shop, page);
  const other = await context.newPage();
  await shop.visit('privacy.html', other);
  await shopAround(page);
  await engineStatus(other);
  await page.locator('tillside-privacy').getByRole('switch').click();
  await expect(other.locator('tillside-privacy').getByRole('switch')).toHaveAttribute('aria-checked', 'false');
  await expect(other.locator('tillside-privacy')).toContainText('Nothing is kept on this device.');
  await expect(other.locator('tillside-privacy [part=item]')).toHaveCount(0);
  await expect.poll(() => keptOnDevice(other)).toMatchObject({ databases: [], rows: {}, keys: [] });
});

test('the receipt lists what the network log lists, and no byte of behaviour', async ({ shop, page }) => {
  await visitGranted(shop, page);
  await shopAround(page);
  await engineStatus(page);
  await page.evaluate(() => window.tillside?.receipt()); // its own file is asked for now
  const element = page.locator('tillside-privacy');
  await expect(element.locator('[part=figure]')).toHaveText('0 bytes');
  const listed = () =>
    element.locator('tr[data-url]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['url']));
  const ours = () => [...new Set(shop.requested.filter((url) => /\/dist\/|\/models\//.test(url)))].sort();
  await track(page, { type: 'view_item', itemId: HEART }); // a change is shown
  await track(page, { type: 'add_to_cart', itemId: HEART });
  await expect.poll(async () => [...new Set(await listed())].sort()).toEqual(ours());
  await expect(element.locator('[data-channel]')).toHaveCount(6);
});

test('is usable by keyboard and screen reader, in light and dark', async ({ shop, page }) => {
  await visitGranted(shop, page);
  await shopAround(page);
  await expect(page.locator('tillside-privacy [part=item]').first()).toBeVisible();
  await page.locator('tillside-privacy summary').click();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('tillside-privacy').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});

test("speaks the page's language, of one file, and is as usable", async ({ shop, page }) => {
  await shop.configure({ consent: 'granted', locale: 'ar' });
  await shop.visit('privacy.html', page);
  await shopAround(page);
  const element = page.locator('tillside-privacy');
  await expect(element.getByRole('heading', { level: 2 })).toHaveText('ما يتذكّره هذا الجهاز');
  await expect(element.locator('[part=item]').first()).toBeVisible();
  await expect(element.locator('[part=section]')).toHaveAttribute('dir', 'rtl');
  await expect(element.locator('[data-channel]').first()).toContainText('صورة الاقتراح');
  const words = shop.requested.map((url) => new URL(url).pathname).filter((path) => path.includes('locale'));
  expect(words).toEqual(['/dist/privacy-locale-ar.js']);
  const { violations } = await new AxeBuilder({ page }).include('tillside-privacy').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test('two accounts on one device never see each other', async ({ shop, page }) => {
  await shop.configure({ consent: 'granted', account: 'anna' });
  await shop.visit('privacy.html');
  await shopAround(page);
  await shop.visit('privacy.html');
  expect(await countOf(page, 'purchase')).toBe(1); // her own again

  await page.evaluate(() => window.tillside?.account('ben'));
  const asBen = await exported(page);
  expect([asBen.events, asBen.session.cart, asBen.session.items]).toEqual([[], [], []]);
  await track(page, { type: 'view_item', itemId: CAKESTAND });
  await expect.poll(() => countOf(page, 'view_item', CAKESTAND)).toBe(1);

  await shop.visit('privacy.html'); // the page says anna again
  expect((await exported(page)).events).toEqual([]);
  const text = await page.evaluate(async () => JSON.stringify(await window.tillside?.exportData()));
  expect(text).not.toContain('anna');
});

/** What the page has the browser save: not every Firefox tells Playwright of a download. */
async function savedBy(page: Page, action: () => Promise<void>): Promise<{ readonly name: string; readonly text: string }> {
  const saved = page.evaluate(
    () =>
      new Promise<{ name: string; text: string }>((resolve) => {
        const listener = async ({ target }: Event): Promise<void> => {
          if (!(target instanceof HTMLAnchorElement) || !target.download) return;
          removeEventListener('click', listener);
          resolve({ name: target.download, text: await (await fetch(target.href)).text() });
        };
        addEventListener('click', listener);
      }),
  );
  await action();
  return saved;
}
