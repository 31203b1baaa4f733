import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { codesTold, engineStatus, itemIdsOf, slateOn, track } from './support/page-api.js';
import { askWorker, plant } from './support/planted.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';
const MODELS = '/models/gift-shop';

const files: readonly { role: string; path: string }[] = JSON.parse(
  readFileSync('examples/gift-shop/bundle/manifest.json', 'utf8'),
).files;

function pathOf(role: string): string {
  return `${MODELS}/${files.find((file) => file.role === role)?.path}`;
}

/** The fixed file would spare a browser the faulty one. */
async function flippedFirst(role: string, shop: Shop, page: Page): Promise<void> {
  shop.intercept(`${MODELS}/first-stage.txt`, (_request, response) => void response.writeHead(404).end());
  await flipped(role).inject(shop, page);
}

interface Fault {
  readonly name: string;
  inject(shop: Shop, page: Page): Promise<unknown> | undefined;
  readonly expected: { readonly where: string; readonly store: string; readonly strategy: string };
  readonly code: string;
  /** the page to open, default `cart.html` */
  readonly path?: string;
}

const WITHOUT_WORKER = { where: 'page', store: 'memory', strategy: 'neighbours' };
const WITHOUT_DATABASE = { where: 'worker', store: 'memory', strategy: 'model' };
const WITHOUT_MODEL = { where: 'worker', store: 'indexeddb', strategy: 'neighbours' };
const WITHOUT_BUNDLE = { where: 'worker', store: 'indexeddb', strategy: 'none' };

const FAULTS: readonly Fault[] = [
  {
    name: 'a policy that refuses workers',
    path: 'no-worker.html',
    inject: () => undefined,
    expected: WITHOUT_WORKER,
    code: 'worker-unavailable',
  },
  {
    name: 'a browser without workers',
    inject: (_shop, page) => page.addInitScript(() => Reflect.deleteProperty(window, 'Worker')),
    expected: WITHOUT_WORKER,
    code: 'worker-unavailable',
  },
  {
    name: 'a worker script that is missing',
    inject: async (shop) => shop.intercept('/dist/worker.js', (_request, response) => void response.writeHead(404).end()),
    expected: WITHOUT_WORKER,
    code: 'worker-unavailable',
  },
  {
    name: 'an IndexedDB whose open never settles',
    inject: (shop) =>
      beforeWorker(
        shop,
        'IDBFactory.prototype.open = () => Object.create(IDBOpenDBRequest.prototype, { addEventListener: { value() {} } });',
      ),
    expected: WITHOUT_DATABASE,
    code: 'store-timeout',
  },
  {
    name: 'an IndexedDB whose open throws',
    inject: (shop) =>
      beforeWorker(shop, "IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError'); };"),
    expected: WITHOUT_DATABASE,
    code: 'store-denied',
  },
  {
    name: 'no IndexedDB',
    inject: (shop) => beforeWorker(shop, "Object.defineProperty(self, 'indexedDB', { value: undefined });"),
    expected: WITHOUT_DATABASE,
    code: 'store-absent',
  },
  {
    name: 'a missing bundle',
    inject: async (shop) => shop.intercept(MODELS, (_request, response) => void response.writeHead(404).end()),
    expected: WITHOUT_BUNDLE,
    code: 'bundle-unreachable',
  },
  {
    name: 'a truncated manifest',
    inject: (shop) => shop.alter(`${MODELS}/manifest.json`, (bytes) => bytes.subarray(0, bytes.length / 2)),
    expected: WITHOUT_BUNDLE,
    code: 'manifest-invalid',
  },
  {
    name: 'one flipped byte in the vocabulary',
    ...flipped('vocabulary'),
    inject: (shop, page) => flippedFirst('vocabulary', shop, page),
    expected: WITHOUT_BUNDLE,
  },
  // What came before it was whole, and stays.
  { name: 'one flipped byte in the neighbour table', ...flipped('neighbours'), expected: WITHOUT_MODEL },
  ...['first-neighbours', 'first-catalog'].map((role) => ({
    name: `one flipped byte in the ${role}`,
    ...flipped(role),
    inject: (shop: Shop, page: Page) => flippedFirst(role, shop, page),
    expected: { ...WITHOUT_MODEL, strategy: 'model' },
  })),
  // A bundle that was trained without a session model has the last alone.
  ...['item-table', 'session-weights', 'ranker-weights']
    .filter((role) => files.some((file) => file.role === role))
    .map((role) => ({ name: `one flipped byte in the ${role}`, ...flipped(role), expected: WITHOUT_MODEL })),
  {
    name: 'no runtime to load',
    inject: async (shop) => {
      for (const file of ['runtime', 'tfjs'])
        shop.intercept(`/dist/${file}.js`, (_request, response) => void response.writeHead(404).end());
    },
    expected: WITHOUT_MODEL,
    code: 'runtime-unavailable',
  },
];

for (const { name, path = 'cart.html', inject, expected, code } of FAULTS) {
  test(`${name}: the shop works, and the ${expected.strategy} tier and ${code} are reported`, async ({ shop, page }) => {
    await inject(shop, page);
    await shop.visit(path);
    const status = await engineStatus(page);
    expect(status).toMatchObject(expected);
    await expect.poll(() => codesTold(page)).toContain(code);

    await page.getByRole('button', { name: 'Add a heart' }).click();
    const slate = await slateOn(page);
    expect(slate.strategy).toBe(expected.strategy);
    expect(slate.items).toHaveLength(expected.strategy === 'none' ? 0 : 4);
    expect(itemIdsOf(slate)).not.toContain(HEART);
    await expect(page.locator('tillside-suggestions li')).toHaveCount(slate.items.length);
    await page.getByRole('link', { name: 'Check out' }).click();
    await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
  });
}

/** As on plain http, of both threads. */
async function withoutWebCrypto(shop: Shop, page: Page): Promise<void> {
  const hide = "for (const name of ['subtle', 'randomUUID']) Object.defineProperty(crypto, name, { value: undefined });";
  await beforeWorker(shop, hide);
  await page.addInitScript(hide);
}

test('without WebCrypto a bundle runs, and its digests are checked all the same', async ({ shop, page }) => {
  await withoutWebCrypto(shop, page);
  await shop.visit('cart.html');
  expect(await engineStatus(page)).toMatchObject({ where: 'worker', store: 'indexeddb', strategy: 'model', diagnostics: [] });
  await expect(page.locator('tillside-suggestions li')).toHaveCount(4);
});

test('without WebCrypto one flipped byte is found', async ({ shop, page }) => {
  await withoutWebCrypto(shop, page);
  await flippedFirst('vocabulary', shop, page);
  await shop.visit('cart.html');
  expect(await engineStatus(page)).toMatchObject(WITHOUT_BUNDLE);
  await expect.poll(() => codesTold(page)).toContain('digest-mismatch');
});

test('a device on which the model takes too long has slates of the tables, and the shop is told', async ({ shop, page }) => {
  await plant(shop, {
    before: () => {
      let ranAt = 0;
      // Once a slate, whose kernels run one right after the other.
      const slowed =
        (kernel: (...args: unknown[]) => unknown) =>
        (...args: unknown[]) => {
          const until = performance.now() - ranAt > 10 ? performance.now() + 60 : 0;
          while (Reflect.get(self, 'isSlow') && performance.now() < until);
          ranAt = performance.now();
          return kernel(...args);
        };
      const spoil = ([name, member]: [string, unknown]) => [
        name,
        typeof member === 'function' ? slowed(member as never) : member,
      ];
      WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
        construct: (Instance, [module]) => ({
          exports: Object.fromEntries(Object.entries(new Instance(module).exports).map(spoil)),
        }),
      });
    },
    probes: { slowDown: () => void Reflect.set(self, 'isSlow', true) },
  });
  await shop.visit('cart.html');
  expect(await engineStatus(page)).toMatchObject({ where: 'worker', runtime: 'simd', strategy: 'model' });
  await askWorker(page, 'slowDown');
  await track(page, { type: 'add_to_cart', itemId: HEART });
  await expect.poll(async () => (await slateOn(page)).strategy, { timeout: 15_000 }).toBe('neighbours');
  expect((await slateOn(page)).items).toHaveLength(4);
  await expect.poll(() => codesTold(page)).toEqual(['model-slow']);
});

test('a fault-free page tells the shop of nothing', async ({ shop, page }) => {
  await shop.visit('cart.html');
  expect(await engineStatus(page)).toMatchObject({ where: 'worker', store: 'indexeddb', strategy: 'model', diagnostics: [] });
  await track(page, { type: 'add_to_cart', itemId: HEART });
  expect((await slateOn(page)).strategy).toBe('model');
  expect(await codesTold(page)).toEqual([]);
});

function flipped(role: string): Pick<Fault, 'inject' | 'code'> {
  const flip = (bytes: Buffer) => {
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  return { inject: (shop) => shop.alter(pathOf(role), flip), code: 'digest-mismatch' };
}

/** Init scripts do not reach workers: the fault is put in front of the worker's own script. */
function beforeWorker(shop: Shop, code: string): Promise<void> {
  return shop.alter('/dist/worker.js', (bytes) => `${code}\n${bytes}`);
}
