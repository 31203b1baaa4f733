import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Receipt } from '../src/page/receipt.js';
import { codesTold, engineStatus, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const BUNDLE = new URL('../examples/gift-shop/bundle/', import.meta.url);
const readJson = (name: string) => JSON.parse(readFileSync(new URL(name, BUNDLE), 'utf8'));
const { files } = readJson('manifest.json') as { files: { role: string; path: string }[] };
const itemIds = Object.values(readJson(files.find(({ role }) => role === 'vocabulary')?.path ?? '')).find(
  Array.isArray,
) as string[];
const COLUMNS = 100;
const TILE_PX = 10;
const ROWS = Math.ceil(itemIds.length / COLUMNS);

/** Every item of the shop has its tile. */
const tiles = Object.fromEntries(
  itemIds.map((itemId, at) => [itemId, [(at % COLUMNS) * TILE_PX, Math.floor(at / COLUMNS) * TILE_PX, TILE_PX, TILE_PX]]),
);
const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${COLUMNS * TILE_PX}" height="${ROWS * TILE_PX}"><title>All</title></svg>`;

/** Serves pictures, and returns those that the server was asked for: Playwright counts what Firefox takes from memory too. */
function servePictures(shop: Shop, hasSheet: boolean): string[] {
  const asked: string[] = [];
  shop.intercept('/img/', ({ url = '' }, response) => {
    asked.push(url);
    const [type, body] = url.endsWith('.json') ? ['application/json', JSON.stringify(tiles)] : ['image/svg+xml', sheet];
    response.writeHead(hasSheet ? 200 : 404, { 'content-type': type, 'cache-control': 'no-cache' }).end(hasSheet ? body : '');
  });
  return asked;
}

const cards = (page: Page) => page.locator('tillside-suggestions[placement=cart] li');

/** Where each card's part of the sheet begins, px of the sheet. */
async function shownTiles(page: Page): Promise<Record<string, readonly number[]>> {
  const shown = await cards(page).evaluateAll((all) =>
    all.map((card) => {
      const picture = card.querySelector('[part=picture]') as HTMLElement;
      const image = picture.querySelector('img') as HTMLImageElement;
      const [frame, { left, top }] = [picture.getBoundingClientRect(), image.getBoundingClientRect()];
      const at = [(frame.left - left) / frame.width, (frame.top - top) / frame.height];
      return [card.getAttribute('data-item-id') as string, new URL(image.src).pathname, at] as const;
    }),
  );
  return Object.fromEntries(
    shown.map(([itemId, path, at]) => {
      expect(path).toBe('/img/sheet.svg');
      return [itemId, at.map((share) => Math.round(share) * TILE_PX)];
    }),
  );
}

async function expectTheirTiles(page: Page): Promise<string[]> {
  let shown: Awaited<ReturnType<typeof shownTiles>> = {};
  // A slate may be replaced while its cards are looked at.
  await expect(async () => {
    await expect(cards(page)).toHaveCount(4);
    await expect(cards(page).first().locator('[part=picture]')).toHaveText('');
    shown = await shownTiles(page);
    for (const [itemId, at] of Object.entries(shown)) expect([itemId, at]).toEqual([itemId, tiles[itemId]?.slice(0, 2)]);
  }).toPass();
  return Object.keys(shown);
}

test('the sheet and its list are the only pictures asked for, once a page, whatever is suggested', async ({ shop, page }) => {
  const asked = servePictures(shop, true);
  await shop.visit('sprite.html');
  const first = await expectTheirTiles(page);
  expect([...asked].sort()).toEqual(['/img/sheet.svg', '/img/sheet.svg.json']);

  await page.getByRole('button', { name: 'Add a cakestand' }).click();
  await expect(async () => expect(await expectTheirTiles(page)).not.toEqual(first)).toPass();
  expect(asked).toHaveLength(2);

  const receipt = await page.evaluate(() => window.tillside?.receipt() as Promise<Receipt>);
  const listed = receipt.requests.filter(({ what }) => what === 'sprite').map(({ url }) => new URL(url).pathname);
  expect(listed.sort()).toEqual(['/img/sheet.svg', '/img/sheet.svg.json']);
  expect(receipt.channels.find(({ name }) => name === 'card-images')).toMatchObject({ isOn: false });

  // Another visit, on which something else was done.
  await track(page, { type: 'view_item', itemId: '85123A' }, { type: 'add_to_cart', itemId: '85123A' });
  expect((await engineStatus(page)).strategy).toBe('model');
  await shop.visit('sprite.html');
  expect(await expectTheirTiles(page)).not.toEqual(first);
  expect(asked.slice(2).sort()).toEqual(['/img/sheet.svg', '/img/sheet.svg.json']);
  expect(await codesTold(page)).not.toContain('widget-failed');
});

test('without its list the cards keep their letters, and the shop is told', async ({ shop, page }) => {
  const asked = servePictures(shop, false);
  await shop.visit('sprite.html');
  await expect(cards(page)).toHaveCount(4);
  await expect.poll(() => codesTold(page)).toContain('widget-failed');
  await expect(cards(page).first().locator('[part=picture]')).toHaveText(/^\S$/);
  expect([...asked].sort()).toEqual(['/img/sheet.svg', '/img/sheet.svg.json']);
});
