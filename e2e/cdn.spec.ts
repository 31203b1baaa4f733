import { readFileSync } from 'node:fs';
import { type Cdn, startCdn } from './support/cdn-server.js';
import { codesTold, countOf, engineStatus, slateOn, track } from './support/page-api.js';
import { policyOf } from './support/policies.js';
import { test as base, expect, type Shop } from './support/test.js';

const HEART = '85123A';

const test = base.extend<{ cdn: Cdn }>({
  async cdn({ shop }, use) {
    const cdn = await startCdn();
    shop.allow(cdn.url);
    await use(cdn);
    await cdn.close();
  },
});

declare global {
  interface Window {
    /** what the page's own code heard of, in order */
    heard: string[];
    wasTampered?: boolean;
  }
}

for (const loading of ['', 'async', 'defer'] as const) {
  test(`a ${loading || 'plain'} tag of a CDN with its integrity replays what was called before it came, and scores in a worker`, async ({
    shop,
    page,
    cdn,
  }) => {
    await page.addInitScript(callEarly);
    servePage(shop, [tagOf(cdn, loading)]);
    await shop.visit('cdn.html');
    expect(await engineStatus(page)).toMatchObject({ where: 'worker', strategy: 'model' });
    await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
    // The queue is replayed before there is an instance to announce, and the engine is ready last.
    await expect.poll(() => page.evaluate(() => window.heard)).toEqual(['tillside:ready', 'ready worker']);
    expect(await codesTold(page)).toEqual([]);
    await expect(page.locator('tillside-suggestions li')).toHaveCount(4);
    expect(cdn.requested).toEqual(
      expect.arrayContaining(['/dist/auto.js', '/dist/loop.js', '/dist/worker.js', '/dist/runtime.js']),
    );
    expect(shop.requested.filter((url) => url.startsWith(`${shop.url}/dist/`))).toEqual([]);

    const receipt = await page.evaluate(() => window.tillside?.receipt());
    const listed = receipt?.requests.map(({ url }) => url).filter((url) => url.startsWith(cdn.url));
    expect(new Set(listed)).toEqual(new Set(cdn.requested.map((path) => cdn.url + path)));
    expect(receipt?.requests.filter(({ what }) => what === 'other')).toEqual([]);
    // This CDN does not say `Timing-Allow-Origin`: the browser keeps its sizes to itself, and the receipt makes none up.
    expect(receipt?.requests.find(({ what }) => what === 'runtime')).not.toHaveProperty('bytes');
  });
}

test('a script that is not the one of its integrity never runs, and the shop does', async ({ shop, page, cdn }) => {
  cdn.tamper();
  servePage(shop, [tagOf(cdn)]);
  await shop.visit('cdn.html');
  await expect(page.getByRole('heading', { name: 'Cart' })).toBeVisible();
  expect(await page.evaluate(() => [window.wasTampered, typeof window.tillside])).toEqual([undefined, 'undefined']);
  expect(cdn.requested).toEqual(['/dist/auto.js']);
});

test('two tags, of the CDN and of the shop itself, are one tillside: it is announced once, and an add counts once', async ({
  shop,
  page,
  cdn,
}) => {
  await page.addInitScript(callEarly);
  servePage(shop, [tagOf(cdn), '<script src="/dist/auto.js" data-consent="granted"></script>', tagOf(cdn)]);
  await shop.visit('cdn.html');
  expect((await engineStatus(page)).strategy).toBe('model');
  await page.getByRole('button', { name: 'Add a heart' }).click();
  await expect.poll(() => countOf(page, 'add_to_cart', HEART)).toBe(1);
  expect(await countOf(page, 'view_item', HEART)).toBe(1);
  expect(await page.evaluate(() => window.heard)).toEqual(['tillside:ready', 'ready worker']);
  expect(page.workers()).toHaveLength(1);
});

interface Rung {
  readonly name: string;
  readonly page: string;
  readonly worker?: string;
  readonly attributes?: string;
  readonly expected: { readonly where: string; readonly strategy: string; readonly store: string };
  readonly codes: readonly string[];
  /** where worker.js was asked for */
  readonly workerAt?: 'shop' | 'cdn';
}

const IN_WORKER = { where: 'worker', strategy: 'model', store: 'indexeddb' };
const LADDER: readonly Rung[] = [
  {
    name: "with the shop's own copy of the worker",
    page: 'The page, with its own copy of the worker',
    worker: 'The copy of worker.js',
    attributes: 'data-worker-url="/dist/worker.js"',
    expected: IN_WORKER,
    codes: [],
    workerAt: 'shop',
  },
  { name: 'with a blob that imports the worker', page: 'The page, with a blob', expected: IN_WORKER, codes: [], workerAt: 'cdn' },
  {
    name: 'without a worker',
    page: 'The page, without a worker',
    expected: { where: 'page', strategy: 'neighbours', store: 'memory' },
    codes: ['worker-unavailable'],
  },
];

for (const { name, page: heading, worker, attributes, expected, codes, workerAt } of LADDER) {
  test(`under the policy of docs/csp.md for a CDN ${name}: ${expected.strategy} in the ${expected.where}`, async ({
    shop,
    page,
    cdn,
  }) => {
    const hosts = { shop: shop.url, cdn: cdn.url };
    await page.addInitScript(followViolations);
    if (worker) await shop.alter('/dist/worker.js', (bytes) => bytes, policyOf(worker, hosts));
    servePage(shop, [tagOf(cdn, attributes)], policyOf(heading, hosts));
    await shop.visit('cdn.html');
    expect(await engineStatus(page)).toMatchObject(expected);
    await track(page, { type: 'add_to_cart', itemId: HEART });
    expect((await slateOn(page)).strategy).toBe(expected.strategy);
    await expect(page.locator('tillside-suggestions li')).toHaveCount(4);
    expect(await codesTold(page)).toEqual(codes);
    const workers = { cdn: `${cdn.url}/dist/worker.js`, shop: `${shop.url}/dist/worker.js` };
    const asked = shop.requested.filter((url) => url.endsWith('/worker.js'));
    // Where no worker may run the page finds out after it has asked for its script, beside the loop's.
    expect(new Set(asked)).toEqual(new Set([workers[workerAt ?? 'cdn']]));
    const refused = await page.evaluate(() => (window as { violations?: string[] }).violations);
    expect(refused).toEqual(workerAt ? [] : ['worker-src']);
  });
}

/** What a shop's page does before the script has come. */
function callEarly(): void {
  const stub = (...args: readonly unknown[]): void => {
    stub.q.push(args);
  };
  stub.q = [] as (readonly unknown[])[];
  window.tillside = stub as never;
  window.heard = [];
  stub('track', { type: 'view_item', itemId: '85123A' });
  stub('on', 'ready', ({ where }: { where: string }) => window.heard.push(`ready ${where}`));
  document.addEventListener('tillside:ready', () => window.heard.push('tillside:ready'));
}

function followViolations(): void {
  const found: string[] = [];
  (window as { violations?: string[] }).violations = found;
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => found.push(effectiveDirective));
}

function tagOf({ url }: Cdn, attributes = ''): string {
  const { 'auto.js': integrity } = JSON.parse(readFileSync('dist/integrity.json', 'utf8'));
  return `<script ${attributes} crossorigin integrity="${integrity}" src="${url}/dist/auto.js" data-consent="granted"></script>`;
}

function servePage(shop: Shop, tags: readonly string[], headers: Record<string, string> = {}): void {
  const text = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <link rel="icon" href="/img/${HEART}.svg" />
  <title>A cart with tillside from a CDN</title>
  ${tags.join('\n  ')}
  <h1>Cart</h1>
  <button type="button" data-tillside-add="${HEART}" data-tillside-price="2.95">Add a heart</button>
  <tillside-suggestions placement="cart" size="4"></tillside-suggestions>
</html>`;
  shop.intercept('/pages/cdn.html', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(text);
  });
}
