import type { Page } from '@playwright/test';
import { cartOf, codesTold, engineStatus, slateOn, track } from './support/page-api.js';
import { askWorker, plant } from './support/planted.js';
import { policyOf, restricted } from './support/policies.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';
const PAGE = 'The page';
const WORKER = 'worker.js';
const JS_WORKER = 'worker.js, without WebAssembly';
const TFJS_WORKER = 'worker.js, with TF.js on wasm';

declare global {
  interface Window {
    /** Every violation of a policy, by directive and URL. */
    violations?: string[];
  }
}

type Headers = Record<string, string>;

for (const [path, heading, runtime] of [
  ['cart.html', WORKER, 'simd'],
  ['js.html', JS_WORKER, 'js'],
  ['wasm.html', TFJS_WORKER, 'tfjs-wasm'],
] as const) {
  test(`the whole journey of ${path} runs under the strict policy and Trusted Types, without a violation`, async ({
    shop,
    page,
  }) => {
    const hosts = { shop: shop.url };
    await serve(shop, path, { page: policyOf(PAGE, hosts), worker: policyOf(heading, hosts) });
    await shop.visit(path);
    expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model', runtime });

    await page.evaluate(() => {
      document.addEventListener('tillside:add', (event) => event.preventDefault());
    });
    await page.getByRole('button', { name: 'Add a heart' }).click();
    await expect.poll(async () => (await cartOf(page))[HEART]).toBe(1);
    expect((await slateOn(page)).strategy).toBe('model');
    const cards = page.locator('tillside-suggestions li');
    await expect(cards).toHaveCount(4);
    await cards.first().locator('[part=add]').click();
    await expect.poll(async () => Object.keys(await cartOf(page))).toHaveLength(2);
    await page.reload();
    expect(Object.keys(await cartOf(page))).toHaveLength(2);
    const receipt = await page.evaluate(() => window.tillside?.receipt());
    expect(receipt?.requests.filter(({ what }) => what === 'other')).toEqual([]);
    expect(await codesTold(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(await askWorker(page, 'violations')).toEqual([]);

    // The policies are in force: what they refuse is refused.
    shop.allow('https://elsewhere.example');
    await page.evaluate(() => fetch('https://elsewhere.example/').catch(() => {}));
    await askWorker(page, 'importElsewhere');
    await expect.poll(() => violations(page)).toEqual([expect.stringMatching(/^connect-src/)]);
    await expect.poll(() => askWorker(page, 'violations')).toEqual([expect.stringMatching(/^script-src/)]);
    const setsHtml = await page.evaluate(() => {
      if (!('trustedTypes' in window)) return 'refused';
      try {
        document.body.innerHTML = '<p>markup</p>';
        return 'taken';
      } catch {
        return 'refused';
      }
    });
    expect(setsHtml).toBe('refused');

    await page.evaluate(() => window.tillside?.consent('denied'));
    await expect.poll(() => page.evaluate(() => indexedDB.databases())).toEqual([]);
  });
}

test("held visits, a sheet of pictures and the shopper's rights keep to it too", async ({ shop, page }) => {
  const hosts = { shop: shop.url };
  await serve(shop, 'strict.html', { page: policyOf(PAGE, hosts), worker: policyOf(WORKER, hosts) });
  shop.intercept('/img/sheet.svg', ({ url }, response) => {
    const [type, body] = url?.endsWith('.json')
      ? ['application/json', JSON.stringify({ [HEART]: [0, 0, 20, 20] })]
      : ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>All</title></svg>'];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await shop.configure({ rules: { pin: [HEART] } });
  await shop.visit('strict.html');
  const rights = page.locator('tillside-privacy');
  await rights.getByRole('button', { name: 'Notizen erlauben' }).click();
  const picture = page.locator(`tillside-suggestions li[data-item-id="${HEART}"] [part=picture]`);
  await expect(picture).toHaveText('');
  await expect(picture.locator('img')).toHaveCSS('position', 'absolute');
  const { width } = (await picture.boundingBox()) ?? { width: 0 };
  expect((await picture.locator('img').boundingBox())?.width).toBeCloseTo(2 * width, 0);
  await page.getByRole('button', { name: 'Add a heart' }).click();
  await expect.poll(async () => (await cartOf(page))[HEART]).toBe(1);
  await expect(rights.locator('[part=item]').first()).toBeVisible();
  await rights.getByRole('button', { name: 'Notizen herunterladen' }).click();
  await expect(rights.getByRole('status')).toContainText('Gespeichert als tillside-');
  await rights.getByRole('button', { name: 'Notizen löschen' }).click();
  await rights.getByRole('button', { name: 'Ja, löschen' }).click();
  await expect(rights.getByRole('status')).toContainText('Alles ist gelöscht.');
  expect(await codesTold(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
});

interface Gap {
  readonly without: string;
  readonly of: 'page' | 'worker';
  readonly expected: { readonly where: string; readonly strategy: string };
  readonly codes: readonly string[];
  /** directives whose violation the browser reports, on the page */
  readonly violated: readonly string[];
}

const GAPS: readonly Gap[] = [
  {
    without: 'worker-src',
    of: 'page',
    expected: { where: 'page', strategy: 'neighbours' },
    codes: ['worker-unavailable'],
    violated: ['worker-src'],
  },
  {
    without: 'connect-src',
    of: 'page',
    expected: { where: 'worker', strategy: 'model' },
    codes: [],
    violated: ['connect-src'], // the first visit's file, which the worker gets all the same
  },
  {
    without: 'img-src',
    of: 'page',
    expected: { where: 'worker', strategy: 'model' },
    codes: [],
    violated: ['img-src'],
  },
  {
    without: 'connect-src',
    of: 'worker',
    expected: { where: 'worker', strategy: 'none' },
    codes: ['bundle-unreachable'],
    violated: [],
  },
  {
    without: 'script-src',
    of: 'worker',
    expected: { where: 'worker', strategy: 'neighbours' },
    codes: ['runtime-unavailable'],
    violated: [],
  },
];

for (const gap of GAPS) {
  test(`without ${gap.without} of the ${gap.of}: ${gap.expected.strategy} in the ${gap.expected.where}, ${gap.codes.join() || 'nothing told'}`, async ({
    shop,
    page,
  }) => {
    const policies = { page: policyOf(PAGE, { shop: shop.url }), worker: policyOf(WORKER, { shop: shop.url }) };
    await serve(shop, 'cart.html', { ...policies, [gap.of]: restricted(gap.without, policies[gap.of]) });
    await shop.visit('cart.html');
    expect(await engineStatus(page)).toMatchObject(gap.expected);
    await track(page, { type: 'add_to_cart', itemId: HEART });
    const { strategy, items } = await slateOn(page);
    expect(strategy).toBe(gap.expected.strategy);
    await expect(page.locator('tillside-suggestions li')).toHaveCount(items.length);
    expect(await codesTold(page)).toEqual(gap.codes);
    const directives = async () => new Set((await violations(page)).map((violation) => violation.split(' ')[0]));
    await expect.poll(directives).toEqual(new Set(gap.violated));
  });
}

for (const [path, heading, runtime] of [
  ['cart.html', WORKER, 'js'],
  ['wasm.html', TFJS_WORKER, 'tfjs-cpu'],
] as const) {
  test(`under a worker's policy without 'wasm-unsafe-eval', ${path} runs on ${runtime}`, async ({ shop, page }) => {
    const { 'content-security-policy': policy = '' } = policyOf(heading, { shop: shop.url });
    const without = { 'content-security-policy': policy.replace(" 'wasm-unsafe-eval'", '') };
    expect(without['content-security-policy']).not.toBe(policy);
    await serve(shop, path, { page: policyOf(PAGE, { shop: shop.url }), worker: without });
    await shop.visit(path);
    expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model', runtime });
    expect(await codesTold(page)).toEqual([]);
  });
}

test('where Trusted Types allow no policy called tillside, the engine runs on the page', async ({ shop, page }) => {
  await serve(shop, 'cart.html', { page: restricted('trusted-types', policyOf(PAGE, { shop: shop.url })), worker: {} });
  await shop.visit('cart.html');
  // A browser without Trusted Types reads past them.
  const hasThem = await page.evaluate(() => 'trustedTypes' in window);
  expect(await engineStatus(page)).toMatchObject(
    hasThem ? { where: 'page', strategy: 'neighbours' } : { where: 'worker', strategy: 'model' },
  );
  expect(await codesTold(page)).toEqual(hasThem ? ['worker-unavailable'] : []);
});

/** Serves a page and the worker with these headers; both write down what their policy refuses. */
async function serve(shop: Shop, path: string, headers: { readonly page: Headers; readonly worker: Headers }): Promise<void> {
  // The page's own icon is a data: URL, which its own policy refuses.
  await shop.alter(`/pages/${path}`, (bytes) => `${bytes}`.replace('data:,', '/img/85123A.svg'), headers.page);
  const probes = {
    violations: () => (self as { violations?: string[] }).violations,
    importElsewhere: () => import('https://elsewhere.example/' as string).catch(() => {}),
  };
  await plant(shop, { before: followViolations, probes }, headers.worker);
}

test.beforeEach(({ context }) => context.addInitScript(followViolations));

function violations(page: Page): Promise<string[]> {
  return page.evaluate(() => window.violations ?? []);
}

/** Runs in a page or a worker before its own scripts. */
function followViolations(): void {
  const found: string[] = [];
  (self as { violations?: string[] }).violations = found;
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    found.push(`${effectiveDirective} ${blockedURI}`),
  );
}
