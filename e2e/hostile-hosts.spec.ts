import { readFile } from 'node:fs/promises';
import { startCdn } from './support/cdn-server.js';
import { cartOf, codesTold, countOf, engineStatus, slateOn, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';

interface Host {
  readonly name: string;
  /** runs in the page before any script of its own */
  readonly spoil: () => void;
  /** default: suggestions; otherwise nothing is shown, and this is told */
  readonly code?: string;
}

/** What a shop's own scripts, or those it took over with its theme, have done to the globals. */
const HOSTS: readonly Host[] = [
  {
    name: 'an Object.prototype with enumerable extras',
    spoil: () => {
      const extras = {
        extend: () => {},
        each: 7,
        personalization_storage: 'granted',
        itemId: 'x',
        type: 'y',
        code: 'z',
      };
      Object.assign(Object.prototype, extras);
      Object.assign(Array.prototype, { last: () => {} });
    },
  },
  {
    name: 'frozen prototypes',
    spoil: () => {
      for (const { prototype } of [Object, Array, Function, Promise, Map, Set, Error, String]) Object.freeze(prototype);
    },
  },
  {
    name: 'a then on Object.prototype',
    spoil: () => void Reflect.set(Object.prototype, 'then', (done: (value: unknown) => void) => done(undefined)),
    code: 'page-failed',
  },
  {
    name: 'a fetch that throws',
    spoil: () =>
      void Object.assign(window, {
        fetch() {
          throw new Error('hostile');
        },
      }),
  },
  { name: 'a fetch that never settles', spoil: () => void Object.assign(window, { fetch: () => new Promise(() => {}) }) },
  {
    name: 'an attachShadow that throws',
    spoil: () =>
      void Object.assign(Element.prototype, {
        attachShadow() {
          throw new Error('hostile');
        },
      }),
    code: 'widget-failed',
  },
  {
    name: 'an addEventListener that throws',
    spoil: () =>
      void Object.assign(EventTarget.prototype, {
        addEventListener() {
          throw new Error('hostile');
        },
      }),
    code: 'widget-failed',
  },
  {
    name: 'a requestAnimationFrame that throws',
    spoil: () =>
      void Object.assign(window, {
        requestAnimationFrame() {
          throw new Error('hostile');
        },
      }),
  },
  {
    name: 'a crypto.randomUUID that throws',
    spoil: () =>
      void Object.defineProperty(crypto, 'randomUUID', {
        value() {
          throw new Error('hostile');
        },
      }),
    code: 'page-failed',
  },
  {
    name: 'no crypto.subtle and no crypto.randomUUID',
    spoil: () => {
      for (const name of ['subtle', 'randomUUID']) Object.defineProperty(crypto, name, { value: undefined });
    },
  },
  {
    name: 'an Array.from that knows no iterables, as Prototype.js has it',
    spoil: () => void Object.assign(Array, { from: (list: ArrayLike<unknown>) => Array.prototype.slice.call(list) }),
  },
  {
    name: 'an Array.from that throws',
    spoil: () =>
      void Object.assign(Array, {
        from() {
          throw new Error('hostile');
        },
      }),
  },
  {
    name: 'a JSON that throws',
    spoil: () => {
      const refuse = () => {
        throw new Error('hostile');
      };
      Object.assign(JSON, { parse: refuse, stringify: refuse });
    },
  },
  {
    name: 'a Promise that throws',
    spoil: () => {
      window.Promise = class {
        constructor() {
          throw new Error('hostile');
        }
      } as unknown as PromiseConstructor;
    },
    code: 'page-failed',
  },
];

const outcomeOf = (code?: string) => (code ? `nothing is shown and ${code} is told` : 'suggestions are shown');

for (const { name, spoil, code } of HOSTS)
  test(`${name}: ${outcomeOf(code)}, and the shop works`, async ({ shop, page }) => {
    await page.addInitScript(tellInDocument);
    await page.addInitScript(spoil);
    await shop.visit('cart.html');
    const cards = page.locator('tillside-suggestions li');
    if (code) await expect(page.locator(`html[data-told~="${code}"]`)).toHaveCount(1);
    await expect(cards).toHaveCount(code ? 0 : 4);
    await page.getByRole('button', { name: 'Add a heart' }).click();
    await page.getByRole('link', { name: 'Check out' }).click();
    await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
  });

test('under the toJSON that Prototype.js 1.6 gives arrays, carts, last events and the export are whole', async ({
  shop,
  page,
}) => {
  await shop.configure({ consent: 'granted' });
  await page.addInitScript(() => {
    const { stringify } = JSON;
    const toJSON = function (this: unknown[]) {
      return `[${this.map((entry) => stringify(entry)).join(', ')}]`;
    };
    Object.assign(Array.prototype, { toJSON });
  });
  await shop.visit('cart.html');
  await track(page, { type: 'view_cart', items: [{ itemId: HEART, quantity: 2 }] });
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 2 });
  expect(await codesTold(page)).toEqual([]);
  // Left before the engine has started: the add is in the tail alone.
  await shop.visit('cart.html');
  await page.evaluate(() => import('/dist/loop.js' as string).then(() => {}));
  await page.evaluate(() => {
    document.querySelector<HTMLButtonElement>('[data-tillside-add]')?.click();
    location.href = 'checkout.html';
  });
  await page.waitForURL(/checkout/);
  await shop.visit('privacy.html');
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(1);
  // Not every Firefox tells Playwright of a download.
  const saved = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('click', async ({ target }) => {
          if (target instanceof HTMLAnchorElement && target.download) resolve(await (await fetch(target.href)).text());
        });
      }),
  );
  await page.locator('tillside-privacy [part=download]').click();
  const { events } = JSON.parse(await saved);
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'view_cart', items: [expect.objectContaining({ itemId: HEART })] }),
  );
});

test('a sandboxed frame, which has no storage and no origin, has suggestions from memory and store-denied is told', async ({
  shop,
  page,
}) => {
  await shareFiles(shop);
  await shop.alter('/pages/plain.html', () => '<!doctype html><iframe sandbox="allow-scripts" src="cart.html"></iframe>');
  await shop.visit('plain.html');
  const frame = page.frames()[1];
  await expect(page.frameLocator('iframe').locator('tillside-suggestions li')).toHaveCount(4);
  expect(await frame?.evaluate(() => window.tillside?.status())).toMatchObject({ engine: { store: 'memory' } });
  expect(await frame?.evaluate(() => window.told.errors.concat(window.told.diagnostics).map(({ code }) => code))).toContain(
    'store-denied',
  );
});

const ISOLATED = { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' };

for (const { name, headers, where } of [
  { name: 'with the header on worker.js too', headers: ISOLATED, where: 'worker' },
  { name: 'without the header on worker.js', headers: {}, where: 'page' },
])
  test(`an isolated page (COOP, COEP) ${name} has its engine in the ${where}`, async ({ shop, page }) => {
    await shop.alter('/pages/cart.html', String, ISOLATED);
    await shop.alter('/dist/worker.js', String, headers);
    await shop.visit('cart.html');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await engineStatus(page)).toMatchObject({ where });
    await expect(page.locator('tillside-suggestions li')).toHaveCount(4);
    expect(await codesTold(page)).toEqual(where === 'page' ? ['worker-unavailable'] : []);
  });

test('an isolated page (COOP, COEP) runs the worker of another origin', async ({ shop, page }) => {
  const cdn = await startCdn();
  shop.allow(cdn.url);
  await shop.alter('/pages/cart.html', (bytes) => `${bytes}`.replace('src="/dist', `crossorigin src="${cdn.url}/dist`), ISOLATED);
  await shop.visit('cart.html');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model' });
  await cdn.close();
});

test('__proto__ in the options, the cart or an event pollutes nothing', async ({ shop, page }) => {
  await page.addInitScript(() => {
    window.tillsideConfig = Object.assign(JSON.parse('{"__proto__":{"polluted":1,"consent":"granted"}}'), window.tillsideConfig, {
      strings: JSON.parse('{"__proto__":{"polluted":1}}'),
    });
  });
  await shop.visit('cart.html');
  await page.evaluate((itemId) => {
    window.tillside?.cart([itemId, '__proto__', 'constructor'].map((id) => ({ itemId: id, quantity: 1 })));
    window.tillside?.track(JSON.parse(`{"type":"view_item","itemId":"${itemId}","__proto__":{"polluted":1}}`));
  }, HEART);
  await expect.poll(() => cartOf(page)).toMatchObject({ [HEART]: 1 });
  expect((await slateOn(page)).items).toHaveLength(4);
  expect(await codesTold(page)).toEqual(['invalid-event']);
  expect(await page.evaluate(() => Reflect.get({}, 'polluted') ?? Reflect.get([], 'polluted'))).toBeUndefined();
});

const OURS = ['tillside', 'tillsideConfig', 'currentScript', 'baseURI', 'head'];
const PLATFORMS = ['Shopify', '__tcfapi', 'OneTrust', 'Cookiebot', 'dataLayer', 'adobeDataLayer', 'wcSettings', 'jQuery'];
/** Members of a document, and whether suggestions are shown without. */
const MEMBERS = [
  { name: 'querySelector', isShown: true },
  { name: 'documentElement', isShown: true },
  { name: 'body', isShown: true },
  { name: 'visibilityState', isShown: true },
  { name: 'createElement', isShown: false },
  { name: 'addEventListener', isShown: false },
];

/** What a review or a description may leave on a page whose sanitiser lets names through. */
const clobber = (shop: Shop, names: readonly string[]): Promise<void> =>
  shop.alter('/pages/cart.html', (bytes) =>
    `${bytes}`.replace(
      '<script',
      `${names.map((name) => `<form id="${name}" name="${name}"><input name="consent"><input name="bundle"></form>`).join('')}<script`,
    ),
  );

test('markup named as what tillside and the platforms look for changes nothing', async ({ shop, page }) => {
  await clobber(shop, [...OURS, ...PLATFORMS]);
  await shop.visit('cart.html');
  await expect(page.locator('tillside-suggestions li')).toHaveCount(4);
  expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model', diagnostics: [] });
  expect(await codesTold(page)).toEqual([]);
});

for (const { name, isShown } of MEMBERS)
  test(`a form that hides document.${name}: suggestions are ${isShown ? '' : 'not '}shown, and the shop works`, async ({
    shop,
    page,
  }) => {
    await page.addInitScript(tellInDocument);
    await clobber(shop, [name]);
    await shop.visit('cart.html');
    if (!isShown) await expect(page.locator('html[data-told~="page-failed"],html[data-told~="widget-failed"]')).toHaveCount(1);
    await expect(page.locator('tillside-suggestions li')).toHaveCount(isShown ? 4 : 0);
    await page.getByRole('button', { name: 'Add a heart' }).click();
    await page.getByRole('link', { name: 'Check out' }).click();
    await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
  });

/** Runs in the page: on some of these hosts nothing can be evaluated, and locators, which have globals of their own, read the document. */
function tellInDocument(): void {
  const onError = ({ code }: { readonly code: string }) => {
    document.documentElement.dataset['told'] = `${document.documentElement.dataset['told'] ?? ''} ${code}`;
  };
  Object.assign(window.tillsideConfig ?? {}, { onError });
}

/** Serves what a page of no origin has to load by CORS. */
async function shareFiles(shop: Shop): Promise<void> {
  for (const [prefix, folder] of [
    ['/dist/', 'dist/'],
    ['/models/gift-shop/', 'examples/gift-shop/bundle/'],
  ] as const)
    shop.intercept(prefix, async ({ url = '' }, response) => {
      const body = await readFile(folder + url.slice(prefix.length)).catch(() => undefined);
      const type = url.endsWith('.js') ? 'text/javascript' : 'application/octet-stream';
      response.writeHead(body ? 200 : 404, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body);
    });
}
