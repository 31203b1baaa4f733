// What the tests of the packed tarball in a bundler's app share: a shop's bundle, a server, a browser, and what must be true in the end.
import { type Browser, chromium, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import sirv from 'sirv';
import { expect } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/find-browsers.mjs';
import type { Slate } from '../../../src/core/domain/slate.js';
import type { ExportedData } from '../../../src/core/engine/contract.js';
import type { Tillside, TillsideStatus } from '../../../src/page/tillside.js';
import { plainEnvironment, ROOT } from './install.js';

/** What the app leaves on `window`: a slate and a status, once there are both. */
export interface Seen {
  readonly slate: Slate;
  readonly status: TillsideStatus;
}

export interface Server {
  /** ends in a slash */
  readonly url: string;
  stop(): Promise<void>;
}

/** Its command, as a file for Node. */
export const VITE = 'node_modules/vite/bin/vite.js';
const START_TIMEOUT_MS = 60_000;

/** Writes text files into an app's folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text.trim()}\n`);
  }
}

/** Copies the demo's bundle into `public/models/`. @returns an item of its catalogue */
export function writeBundle(folder: string): string {
  cpSync(join(ROOT, 'examples/gift-shop/bundle'), join(folder, 'public/models'), { recursive: true });
  const readJson = (file: string) => JSON.parse(readFileSync(join(folder, 'public/models', file), 'utf8'));
  const { files } = readJson('manifest.json') as { files: readonly { role: string; path: string }[] };
  const vocabulary = files.find(({ role }) => role === 'vocabulary')!.path;
  const { items } = readJson(vocabulary) as { items: readonly [string] };
  return items[0];
}

/** The page of an app that is one script. */
export const indexHtml = (script: string, body = '') => `
<!doctype html><html lang="en"><head><title>app</title><link rel="icon" href="data:,"></head>
<body>${body}<div id="app"></div><script type="module" src="${script}"></script></body></html>`;

/** What an app does with its tillside: an item into the cart, a slate and a status for the test. */
export const leaveSeen = (itemId: string) => `
export function leaveSeen(tillside) {
  window.seen ??= (async () => {
    tillside.cart([{ itemId: ${JSON.stringify(itemId)}, quantity: 1 }]);
    const slate = await tillside.recommend({ size: 4 });
    return { slate, status: await tillside.status() };
  })();
}`;

/** Starts one of a tool's servers and waits for the URL that it prints. */
export async function startTool(folder: string, args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [...args], { cwd: folder, env: plainEnvironment() });
  let log = '';
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  const url = await new Promise<string>((found, failed) => {
    const fail = () => failed(new Error(`${args.join(' ')} printed no URL:\n${log}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    const read = (chunk: Buffer) => {
      log += chunk;
      const match = /http:\/\/(127\.0\.0\.1|localhost):\d+/.exec(log);
      if (!match) return;
      clearTimeout(timer);
      found(`${match[0]}/`);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(fail);
  });
  const stop = () => {
    child.kill();
    return ended;
  };
  return { url, stop };
}

/** Serves folders as they are; a file is that of the first that has it. */
export async function serveFolders(...folders: readonly string[]): Promise<Server> {
  const handlers = folders.map((folder) => sirv(folder, { dev: true }));
  const server = createServer((request, response) => {
    const respond = (at: number): void => {
      const handler = handlers[at];
      if (handler) handler(request, response, () => respond(at + 1));
      else response.writeHead(404).end();
    };
    respond(0);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/`, stop };
}

/** Launches Chromium as the other tests do. */
export function launchChromium(): Promise<Browser> {
  const { channel, executablePath } = findChromium() ?? {};
  return chromium.launch({ args: CHROMIUM_FLAGS, ...(channel && { channel }), ...(executablePath && { executablePath }) });
}

/**
 * Opens a served app and holds it to what every app has: the model's slate from one worker, four cards, a quiet console.
 *
 * @param itemId what the app has in its cart
 * @param then what else is true of the page; the console has to stay quiet
 */
export async function expectModelInWorker(
  { browser, server, itemId }: { readonly browser: Browser; readonly server: Server; readonly itemId: string },
  then: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  try {
    // The catalogue's pictures are the demo's.
    await page.route('**/img/*', (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }),
    );
    await page.goto(server.url);
    await page.waitForFunction(() => 'seen' in window);
    const seen = await page.evaluate(() => (window as unknown as { seen: Promise<Seen> }).seen);
    expect(seen.slate.items).toHaveLength(4);
    // A first slate may be of the bundle's first stage: the model follows.
    const now = () =>
      page.evaluate(async (): Promise<Seen> => {
        const tillside = Reflect.get(globalThis, Symbol.for('tillside.instance')) as Tillside;
        return { slate: await tillside.recommend({ size: 4 }), status: await tillside.status() };
      });
    await expect.poll(async () => (await now()).slate.strategy, { timeout: 10_000 }).toBe('model');
    const { slate, status } = await now();
    expect(status.engine).toMatchObject({ where: 'worker', runtime: 'simd', diagnostics: [] });
    expect(slate.items).toHaveLength(4);
    expect(slate.items.map(({ item }) => item.itemId)).not.toContain(itemId);
    await page.locator('[placement=cart] li').nth(3).waitFor();
    expect(page.workers()).toHaveLength(1);
    await then(page);
    expect(complaints).toEqual([]);
  } finally {
    await page.close();
  }
}

/** Presses the first suggestion's button: the app is asked once, the add is counted once, the card leaves. */
export async function expectOneAdd(page: Page): Promise<void> {
  const first = page.locator('[placement=cart] li').first();
  const itemId = await first.getAttribute('data-item-id');
  await first.locator('[part=add]').click();
  await page.locator(`[placement=cart] li[data-item-id="${itemId}"]`).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => (window as unknown as { asked: unknown }).asked)).toEqual([{ itemId, quantity: 1 }]);
  const { events }: ExportedData = await page.evaluate(() => {
    const tillside = Reflect.get(globalThis, Symbol.for('tillside.instance')) as Tillside;
    return tillside.exportData();
  });
  expect(events.filter((event) => event.type === 'add_to_cart' && event.itemId === itemId)).toHaveLength(1);
}
