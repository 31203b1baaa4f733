import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { readReceipt } from '../../src/page/read-receipt.js';
import type { Loop } from '../../src/page/running-loop.js';
import { aFakeEngine } from '../support/fake-engine.js';

const HOME = 'https://cdn.example/tillside/';
const FILES = { runtimeUrl: `${HOME}runtime.js`, tfjsUrl: `${HOME}tfjs.js` };
const OPTIONS = {
  manifestUrl: 'https://shop.example/m/manifest.json',
  workerUrl: undefined,
  offersUrl: undefined,
  wasm: false,
  images: 'all',
  spriteUrl: undefined,
  analytics: undefined,
  holdout: undefined,
} as const;

afterEach(() => document.body.replaceChildren());

/** What the browser would say that this page asked for. */
function pageRequested(...entries: readonly { name: string; transferSize?: number; responseStart?: number }[]): void {
  const timings = entries.map((entry, index) => ({ startTime: index, responseStart: 1, transferSize: 10, ...entry }));
  const spy = vi.spyOn(performance, 'getEntriesByType').mockReturnValue(timings as unknown as PerformanceEntryList);
  onTestFinished(() => spy.mockRestore());
}

function aLoop(requests: unknown): Pick<Loop, 'started' | 'engine'> {
  const engine = aFakeEngine();
  const exportData = async () => ({ ...(await aFakeEngine().exportData()), meta: { requests } });
  return { started: engine.status(), engine: { ...engine, exportData } };
}

it('asks an engine that does not answer again', async () => {
  const request = { url: `${HOME}worker.js`, at: 1, bytes: 10 };
  const loop = aLoop([request]);
  const exportData = vi
    .fn(loop.engine.exportData)
    .mockRejectedValueOnce(new Error('late'))
    .mockRejectedValueOnce(new Error('late'));
  const { requests } = await readReceipt(FILES, OPTIONS, { ...loop, engine: { ...loop.engine, exportData } });
  expect(requests.filter(({ url }) => url === request.url)).toHaveLength(1);
  exportData.mockReset().mockRejectedValue(new Error('never'));
  expect((await readReceipt(FILES, OPTIONS, { ...loop, engine: { ...loop.engine, exportData } })).behaviourBytesSent).toBe(0);
  expect(exportData).toHaveBeenCalledTimes(3);
});

const kindsOf = async (options = {}, files = FILES) =>
  (await readReceipt(files, { ...OPTIONS, ...options }, undefined)).requests.map(({ url, what }) => [
    url.split('/').at(-1),
    what,
  ]);

it("lists tillside's files and the bundle's by what they are for, and none of the shop's own", async () => {
  const own = ['auto.js', 'loop.js', 'element-Bx7.js', 'adapter-ga4.js', 'worker.js', 'runtime.js', 'tfjs.js', 'wasm/simd.wasm'];
  const bundle = ['manifest.json', 'first-stage.txt', 'items-2f3f2e6367.u8'];
  const theirs = [
    'https://shop.example/m/theme.js',
    'https://shop.example/m/prices.json',
    `${HOME}app.js`,
    'https://ads.example/tfjs.js',
  ];
  pageRequested(
    ...[...own.map((name) => HOME + name), ...bundle.map((name) => `https://shop.example/m/${name}`), ...theirs].map((name) => ({
      name,
    })),
  );
  expect(await kindsOf()).toEqual([
    ['auto.js', 'script'],
    ['loop.js', 'script'],
    ['element-Bx7.js', 'script'],
    ['adapter-ga4.js', 'script'],
    ['worker.js', 'worker'],
    ['runtime.js', 'runtime'],
    ['tfjs.js', 'runtime'],
    ['simd.wasm', 'wasm'],
    ['manifest.json', 'bundle'],
    ['first-stage.txt', 'bundle'],
    ['items-2f3f2e6367.u8', 'bundle'],
  ]);
});

it('lists the offers with the bundle, wherever they lie, and what reads them', async () => {
  const offersUrl = 'https://prices.example/now.json';
  pageRequested({ name: offersUrl }, { name: `${HOME}offers.js` });
  expect(await kindsOf({ offersUrl })).toEqual([
    ['now.json', 'bundle'],
    ['offers.js', 'script'],
  ]);
});

it("knows the shop's own copy of the worker, and its folder of .wasm files", async () => {
  const [worker, wasm] = ['https://shop.example/assets/tillside.js', 'https://shop.example/w/simd.wasm'];
  pageRequested({ name: worker }, { name: wasm }, { name: `${HOME}wasm/simd.wasm` });
  expect(await kindsOf({ workerUrl: worker, wasm: 'https://shop.example/w/' })).toEqual([
    ['tillside.js', 'worker'],
    ['simd.wasm', 'wasm'],
  ]);
});

it('tells what came from the cache, what crossed the network, and what the browser does not tell', async () => {
  const name = `${HOME}auto.js`;
  pageRequested({ name }, { name, transferSize: 0 }, { name, transferSize: 0, responseStart: 0 });
  const { requests } = await readReceipt(FILES, OPTIONS, undefined);
  expect(requests.map(({ bytes, from }) => [bytes, from])).toEqual([
    [10, 'network'],
    [0, 'cache'],
    [undefined, 'network'],
  ]);
});

it("puts what the device has kept of workers among the page's, in order, and names what should not be there", async () => {
  pageRequested({ name: `${HOME}auto.js` });
  const kept = [
    { url: 'https://shop.example/m/manifest.json', at: 1, bytes: 5 },
    { url: 'https://evil.example/collect', at: 2, bytes: -1 },
  ];
  const { requests, behaviourBytesSent } = await readReceipt(FILES, OPTIONS, aLoop(kept));
  expect(requests).toEqual([
    { url: 'https://shop.example/m/manifest.json', at: 1, what: 'bundle', bytes: 5, from: 'network' },
    { url: 'https://evil.example/collect', at: 2, what: 'other', from: 'network' },
    { url: `${HOME}auto.js`, at: Math.round(performance.timeOrigin), what: 'script', bytes: 10, from: 'network' },
  ]);
  expect(behaviourBytesSent).toBe(0);
});

it.each([[undefined], ['text'], [[null, 7, {}, { url: 1, at: 1, bytes: 1 }, { url: 'a', at: Number.NaN, bytes: 1 }]]])(
  'reads around what another script left in the place of the list: %j',
  async (requests) => {
    pageRequested();
    expect((await readReceipt(FILES, OPTIONS, aLoop(requests))).requests).toEqual([]);
  },
);

it('tells of this page alone when the engine does not answer', async () => {
  pageRequested({ name: `${HOME}auto.js` });
  const loop = { ...aLoop([]), started: Promise.reject(new Error('no worker')) };
  expect((await readReceipt(FILES, OPTIONS, loop)).requests).toHaveLength(1);
});

it('says which other channels can be in use: none without consent, pictures and links only where there are cards', async () => {
  pageRequested();
  const namesOn = async (loop?: Pick<Loop, 'started' | 'engine'>) =>
    (await readReceipt(FILES, OPTIONS, loop)).channels.filter(({ isOn }) => isOn).map(({ name }) => name);
  document.body.append(document.createElement('tillside-suggestions'));
  expect(await namesOn()).toEqual([]);
  expect(await namesOn(aLoop([]))).toEqual(['card-images', 'links', 'shop-cart', 'shop-scripts']);
  document.body.replaceChildren();
  expect(await namesOn(aLoop([]))).toEqual(['shop-cart', 'shop-scripts']);
});

it('lists the sheet of pictures and its list, and no other picture', async () => {
  const spriteUrl = 'https://shop.example/img/sheet.webp?v=2';
  pageRequested(
    { name: spriteUrl },
    { name: 'https://shop.example/img/sheet.webp.json?v=2' },
    { name: 'https://shop.example/img/a.webp' },
  );
  expect(await kindsOf({ images: 'sprite', spriteUrl })).toEqual([
    ['sheet.webp?v=2', 'sprite'],
    ['sheet.webp.json?v=2', 'sprite'],
  ]);
});

it.each([
  ['all', true, /that host sees/],
  ['page-known', true, /that host sees/],
  ['sprite', false, /the same for every visitor/],
  ['none', false, /No pictures/],
] as const)('says of the pictures what images: %s makes of them', async (images, isOn, how) => {
  pageRequested();
  document.body.append(document.createElement('tillside-suggestions'));
  const { channels } = await readReceipt(FILES, { ...OPTIONS, images }, aLoop([]));
  expect(channels.find(({ name }) => name === 'card-images')).toEqual({
    name: 'card-images',
    isOn,
    how: expect.stringMatching(how),
  });
});

it("names the shop's analytics where they are told, and not where the browser wishes for privacy", async () => {
  pageRequested();
  const options = { ...OPTIONS, analytics: 'ga4' } as const;
  const integrations = async (loop?: Pick<Loop, 'started' | 'engine'>) =>
    (await readReceipt(FILES, options, loop)).channels.find(({ name }) => name === 'integrations');
  expect(await integrations()).toMatchObject({ isOn: false });
  expect(await integrations(aLoop([]))).toMatchObject({ isOn: true, how: expect.stringContaining('analytics are told') });
  Object.defineProperty(navigator, 'globalPrivacyControl', { configurable: true, value: true });
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'globalPrivacyControl'));
  expect(await integrations(aLoop([]))).toMatchObject({ isOn: false, how: expect.stringContaining('No analytics') });
});

it('names what the order carries of a holdout test, with consent only', async () => {
  localStorage.setItem('tillside.arm', JSON.stringify({ arm: 'holdout', drawnAt: Date.now() }));
  onTestFinished(() => localStorage.clear());
  const order = async (options: Parameters<typeof readReceipt>[1], loop?: Pick<Loop, 'started' | 'engine'>) =>
    (await readReceipt(FILES, options, loop)).channels.find(({ name }) => name === 'order-attribute');
  const measuring = { ...OPTIONS, holdout: 0.1 };
  const how = expect.stringContaining('tillside_arm: holdout');
  expect(await order(measuring, aLoop([]))).toEqual({
    name: 'order-attribute',
    isOn: true,
    attribute: 'tillside_arm: holdout',
    how,
  });
  expect(await order(measuring)).toMatchObject({ isOn: false });
  expect(await order(OPTIONS, aLoop([]))).toMatchObject({ isOn: false });
  localStorage.clear();
  expect(await order(measuring, aLoop([]))).toMatchObject({ isOn: false });
});
