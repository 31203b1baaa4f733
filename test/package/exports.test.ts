// What docs/exports.md promises, as its reader tries it: an export in its true shape, that page's own line in an empty folder, the bundle on the platform's pages.
import type { Browser, Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../e2e/support/server.mjs';
import type { Tillside } from '../../src/page/tillside.js';
import { launchChromium } from './support/app.js';
import { type ExportTrial, TRIALS } from './support/export-trials.js';
import { anEmptyFolder, pinned } from './support/install.js';
import { quickStartCommands } from './support/quick-start-command.js';

const folder = anEmptyFolder();
let browser: Browser;
beforeAll(async () => {
  [browser] = await Promise.all([launchChromium(), folder.install(pinned('@duckdb/node-api'))]);
});
afterAll(async () => {
  await browser?.close();
  folder.remove();
});

/** Writes the export into a folder of its own and trains there by the documented line. @returns the bundle's folder */
async function trainAsDocumented({ name, section, line, files }: ExportTrial): Promise<string> {
  const at = join(folder.path, name.replace(/\W+/g, '-'));
  mkdirSync(at);
  for (const [file, content] of Object.entries(files())) writeFileSync(join(at, file), content);
  const command = quickStartCommands(section)[line] ?? [];
  const ended = await folder.run('npx', command, at);
  expect(ended.code, ended.stderr).toBe(0);
  return join(at, command[command.indexOf('--out') + 1] ?? '');
}

/** The platform's shop, with the packed files and the bundle at the addresses that its pages name. */
async function openShop({ open }: ExportTrial, bundle: string) {
  const server = await startServer(0);
  const shop = open();
  server.intercept(shop.prefix, shop.answer);
  const folders = { '/tillside': join(folder.path, 'node_modules/tillside/dist'), [shop.bundlePath]: bundle };
  for (const [prefix, path] of Object.entries(folders)) {
    const send = sirv(path, { dev: true });
    server.intercept(`${prefix}/`, (request: IncomingMessage, response: ServerResponse) => {
      request.url = request.url?.slice(prefix.length);
      send(request, response, () => void response.writeHead(404).end());
    });
  }
  return { ...shop, url: server.url, close: () => server.close() };
}

const cards = (page: Page) =>
  page.locator('tillside-suggestions li').evaluateAll((list) =>
    list.map((card) => ({
      itemId: (card as HTMLElement).dataset['itemId'] ?? '',
      title: card.querySelector('[part="title"]')?.textContent ?? '',
      price: card.querySelector('[part="price"]')?.textContent ?? '',
    })),
  );

const cartOnPage = (page: Page) =>
  page.evaluate(async () => {
    const tillside = window.tillside as Partial<Tillside> | undefined;
    await tillside?.recommend?.({ size: 1 });
    return ((await tillside?.status?.())?.engine?.cart ?? []).map(({ itemId }) => itemId);
  });

describe.each(TRIALS)('the exports of $name', (trial) => {
  it('become, by the line of docs/exports.md, suggestions on its cart page that go with the cart and can be added', async () => {
    const shop = await openShop(trial, await trainAsDocumented(trial));
    const { idOf, companions } = trial;
    const { first } = trial.pageShop;
    const page = await browser.newPage();
    try {
      await page.goto(shop.url + shop.productPath(first));
      await page.getByRole('button', { name: /^Add to (cart|basket)$/ }).click();
      await expect.poll(() => shop.cart(page)).toEqual([first.sku]);
      await page.goto(shop.url + shop.cartPath);
      const drawn = async () => (await cards(page)).filter(({ title }) => title !== '').length;
      await expect.poll(drawn, { timeout: 15_000 }).toBe(4);
      // The bundle says what the platform's cart says.
      await expect.poll(() => cartOnPage(page)).toEqual([idOf(first)]);
      const shown = await cards(page);
      const wanted = companions.map((product) => ({
        itemId: idOf(product),
        title: product.title,
        price: `£${(product.price / 100).toFixed(2)}`,
      }));
      for (const card of shown) expect(wanted).toContainEqual(card);
      expect(new Set(shown.map(({ itemId }) => itemId)).size).toBe(4);
      await page.locator('tillside-suggestions [part="add"]').first().click();
      const added = companions.find((product) => idOf(product) === shown[0]?.itemId);
      await expect.poll(async () => (await shop.cart(page)).sort()).toEqual([first.sku, added?.sku].sort());
    } finally {
      await page.close();
      await shop.close();
    }
  });
});
