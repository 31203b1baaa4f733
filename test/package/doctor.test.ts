import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RELEASE_SCRIPT } from '../../src/train/doctor/gather-files.js';
import { anOffersFile } from '../support/offers.js';
import { aSigningKey } from '../support/tiny-bundle.js';
import { type Server, startTool } from './support/app.js';
import { ROOT } from './support/install.js';
import { openPlantedShop, type Plant } from './support/planted-shop.js';
import { diagnosed, type Line } from './support/run-doctor.js';

/** A fault, the one line that names it, and words that its remedy has to hold. */
interface Case extends Plant {
  readonly fault: string;
  readonly check: string;
  readonly verdict?: Line['verdict'];
  readonly seen: RegExp;
  readonly remedy: RegExp;
  readonly args?: readonly string[];
}

const withoutTag = (html: string) => html.replace(/<script async.*<\/script>\n/, '');
const TAG = /<script async.*<\/script>\n/;
/** auto.js and what it loads on another host, and the policy that allows that. */
const onCdn: Plant = {
  page: (html) => html.replace('src="/dist/', 'src="OTHER/dist/'),
  policy: { 'script-src': "'self' OTHER 'wasm-unsafe-eval'", 'worker-src': 'blob: OTHER/dist/worker.js' },
};
const key = aSigningKey();
const expired = { alterManifest: (manifest: object) => ({ ...manifest, notAfter: '2020-01-01T00:00:00.000Z' }) };

const CURRENT = {
  generatedAt: new Date(Date.now() - 60_000).toISOString(),
  validUntil: new Date(Date.now() + 3_600_000).toISOString(),
};
/** A shop with offers: what it says of them beside prices of the bundle's items, valid for an hour. */
const withOffers = (over: object = {}, tag = 'data-offers'): Plant => ({
  page: (html) => html.replace('<script async', `<script async ${tag}`),
  answers: {
    '/offers.json': { body: JSON.stringify({ ...anOffersFile({ 'item-4': { price: { gb: 3 } } }, CURRENT), ...over }) },
  },
});

const CASES: readonly Case[] = [
  {
    fault: 'a missing script',
    check: 'script',
    page: withoutTag,
    seen: /no script that fills it/,
    remedy: /<script async src=.*auto\.js/,
  },
  {
    fault: 'a script that is not at its address',
    check: 'script',
    answers: { '/auto.js': { status: 404 } },
    seen: /auto\.js answered 404/,
    remedy: /dist\//,
  },
  {
    fault: 'two copies of the script',
    check: 'script',
    verdict: 'warning',
    page: (html) => html.replace(TAG, (tag) => tag + tag.replace('auto.js', 'auto.js?plugin')),
    seen: /stands 2 times/,
    remedy: /Leave one/,
  },
  {
    fault: 'a script tag of the wrong type',
    check: 'script',
    page: (html) => html.replace('<script async', '<script type="module"'),
    seen: /type="module"/,
    remedy: /Leave type out/,
  },
  {
    fault: 'a script tag that names no bundle',
    check: 'script',
    page: (html) => html.replace(/ data-bundle="[^"]*"/, ''),
    seen: /names no bundle/,
    remedy: /data-bundle=/,
  },
  {
    fault: 'a misspelt option',
    check: 'script',
    page: (html) => html.replace('<script async', '<script async data-images="some"'),
    seen: /"images" is "some".*invalid-options/,
    remedy: /"page-known"/,
  },
  {
    fault: 'a wrong MIME type',
    check: 'files',
    answers: { '/loop.js': { headers: { 'content-type': 'text/plain' } } },
    seen: /loop\.js is sent as text\/plain/,
    remedy: /text\/javascript/,
  },
  {
    fault: 'a file that was not copied',
    check: 'files',
    answers: { '/element.js': { status: 404 } },
    seen: /element\.js answered 404/,
    remedy: /whole of dist/,
  },
  {
    fault: 'a policy without script-src for the script',
    check: 'csp',
    policy: { 'script-src': 'SHOP/config.js', 'worker-src': "'self'" },
    seen: /script-src refuses http.*auto\.js/,
    remedy: /script-src http.*config\.js 'self'/,
  },
  {
    fault: 'a policy of nonces that the script does not have',
    check: 'csp',
    policy: { 'script-src': "'nonce-abc' 'strict-dynamic'" },
    seen: /script-src refuses http.*auto\.js/,
    remedy: /give the script tag the page's nonce/,
  },
  {
    fault: 'a policy without worker-src',
    check: 'csp',
    policy: { 'worker-src': undefined, 'child-src': "'none'" },
    seen: /worker-src refuses the worker/,
    remedy: /page's policy: worker-src 'self'$/,
  },
  {
    fault: 'a policy without connect-src',
    check: 'csp',
    policy: { 'connect-src': undefined },
    seen: /connect-src refuses the bundle to the worker/,
    remedy: /worker\.js: connect-src 'self'$/,
  },
  {
    fault: 'a policy of the page alone without connect-src',
    check: 'csp',
    verdict: 'warning',
    policy: { 'connect-src': undefined },
    isPolicyOfPage: true,
    seen: /needed when no worker runs/,
    remedy: /page's policy: connect-src 'self'$/,
  },
  {
    fault: 'a policy of trusted types that does not name ours',
    check: 'csp',
    policy: { 'trusted-types': 'theirs' },
    seen: /trusted-types/,
    remedy: /trusted-types theirs tillside$/,
  },
  {
    fault: 'a policy that keeps WebAssembly from compiling where it is wanted',
    check: 'csp',
    verdict: 'warning',
    page: (html) => html.replace('<script async', '<script async data-wasm'),
    policy: { 'script-src': "'self'" },
    seen: /WebAssembly/,
    remedy: /script-src 'self' 'wasm-unsafe-eval'$/,
  },
  {
    fault: 'a policy of the worker without TF.js',
    check: 'csp',
    answers: { '/worker.js': { headers: { 'content-security-policy': "default-src 'none'; connect-src 'self'" } } },
    seen: /script-src refuses what runs the model/,
    remedy: /worker\.js: script-src 'self'$/,
  },
  {
    fault: 'a CDN that the policy lets start no worker',
    check: 'csp',
    ...onCdn,
    policy: { ...onCdn.policy, 'worker-src': "'self'" },
    seen: /worker-src refuses the worker/,
    remedy: /worker-src blob: http:.*worker\.js$/,
  },
  {
    fault: 'a CDN without CORS',
    check: 'cors',
    ...onCdn,
    cors: '',
    seen: /sends no Access-Control-Allow-Origin with (auto|loop|worker)\.js/,
    remedy: /Access-Control-Allow-Origin: \*/,
  },
  {
    fault: 'a bundle on another origin without CORS',
    check: 'cors',
    isBundleElsewhere: true,
    policy: { 'connect-src': "'self' OTHER" },
    cors: '',
    seen: /sends no Access-Control-Allow-Origin with manifest\.json/,
    remedy: /Access-Control-Allow-Origin: \*/,
  },
  {
    fault: 'a manifest that may not be kept',
    check: 'caching',
    verdict: 'warning',
    answers: { '/manifest.json': { headers: { 'cache-control': 'no-store' } } },
    seen: /manifest\.json may not be kept/,
    remedy: /manifest\.json: Cache-Control: no-cache/,
  },
  {
    fault: 'hashed files that are not kept',
    check: 'caching',
    verdict: 'warning',
    answers: { '.u8': { headers: { 'cache-control': 'no-cache' } } },
    seen: /hash in their name/,
    remedy: /max-age=31536000, immutable/,
  },
  {
    fault: 'ids that the bundle does not know',
    check: 'ids',
    page: (html) => html.replaceAll('"item-', '"sku/'),
    seen: /the page says "sku\/1".*the bundle says "item-1"/,
    remedy: /sku, variant_of or gtin/,
  },
  {
    fault: 'offers that are not there',
    check: 'offers',
    page: (html) => html.replace('<script async', '<script async data-offers="/prices/now.json"'),
    seen: /now\.json answered 404/,
    remedy: /data-offers.*tillside offers/,
  },
  {
    fault: 'offers that are no offers',
    check: 'offers',
    ...withOffers({ markets: {} }),
    seen: /"markets" has 0 entries.*offers-invalid/,
    remedy: /tillside offers/,
  },
  {
    fault: 'offers whose time is over',
    check: 'offers',
    verdict: 'warning',
    ...withOffers({ generatedAt: '2026-01-01T00:00:00Z', validUntil: '2026-01-02T00:00:00Z' }),
    seen: /prices are hidden, they were valid until 2026-01-02.*written \d+ days ago/,
    remedy: /--valid-hours/,
  },
  {
    fault: 'offers of another shop',
    check: 'offers',
    ...withOffers({ items: { 'shoe-1': { price: { gb: 3 } } } }),
    seen: /None of the 1 items of offers\.json is in the bundle: "shoe-1" there, "item-1" here/,
    remedy: /catalogue that the bundle was trained with/,
  },
  {
    fault: 'a market that the offers do not have',
    check: 'offers',
    ...withOffers({}, 'data-offers data-market="fr"'),
    seen: /data-market is "fr", which offers\.json does not have: gb, de/,
    remedy: /Correct data-market/,
  },
  {
    fault: 'a policy of the worker without the reader of offers',
    check: 'csp',
    ...withOffers(),
    answers: {
      ...withOffers().answers,
      '/worker.js': {
        headers: {
          'content-security-policy':
            "default-src 'none'; script-src http://127.0.0.1:*/dist/runtime.js 'wasm-unsafe-eval'; connect-src 'self'",
        },
      },
    },
    seen: /^script-src refuses offers\.js, so no offer is shown$/,
    remedy: /worker\.js: script-src .*runtime\.js 'wasm-unsafe-eval' 'self'$/,
  },
  {
    fault: 'a policy under which no WebAssembly compiles',
    check: 'csp',
    verdict: 'warning',
    policy: { 'script-src': "'self'" },
    seen: /lets no WebAssembly compile: the model runs in plain JavaScript/,
    remedy: /worker\.js: script-src 'self' 'wasm-unsafe-eval'/,
  },
  {
    fault: 'consent that nobody ever answers',
    check: 'consent',
    verdict: 'warning',
    page: (html) => html.replace('data-consent="granted"', 'data-consent="auto"'),
    seen: /no consent platform is on the page/,
    remedy: /tillside\.consent\('granted'\)/,
  },
  {
    fault: 'a cart that nothing tells',
    check: 'cart',
    verdict: 'warning',
    page: (html) => html.replace(/<ul.*<\/ul>/s, ''),
    seen: /nothing on this page tells it/,
    remedy: /data-tillside-cart/,
  },
  {
    fault: 'an image host that the policy refuses',
    check: 'images',
    verdict: 'warning',
    areImagesElsewhere: true,
    seen: /img-src refuses http/,
    remedy: /img-src 'self' data: http.*\/img\//,
  },
  {
    fault: 'pictures that are not there',
    check: 'images',
    verdict: 'warning',
    answers: { '.svg': { status: 404, body: 'Not found' } },
    seen: /4 of 4 do not come/,
    remedy: /image_url/,
  },
  {
    fault: 'an expired bundle',
    check: 'bundle',
    bundle: expired,
    seen: /valid until 2020-01-01.*bundle-expired/,
    remedy: /Train/,
  },
  {
    fault: 'a bundle that another signed',
    check: 'bundle',
    bundle: { signWith: key },
    config: `tillsideConfig = { publicKeys: ['${aSigningKey().publicKey}'] };`,
    seen: /no key of this page.*signature-invalid/,
    remedy: /Sign it/,
  },
  {
    fault: 'a bundle that was changed after it was signed',
    check: 'bundle',
    bundle: { signWith: { ...key, sign: () => key.sign('something else') } },
    config: `tillsideConfig = { publicKeys: ['${key.publicKey}'] };`,
    seen: /changed after it was signed/,
    remedy: /Sign it/,
  },
  {
    fault: 'a bundle at another address',
    check: 'bundle',
    page: (html) => html.replace('/models/', '/wrong/'),
    seen: /wrong\/manifest\.json answered 404/,
    remedy: /data-bundle/,
  },
  {
    fault: 'a bundle of another format',
    check: 'bundle',
    bundle: { alterManifest: (manifest) => ({ ...manifest, formatVersion: 0 }) },
    seen: /has format 0, this release reads 1/,
    remedy: /Train the bundle again/,
  },
  {
    fault: 'a first stage that another bundle left there',
    check: 'bundle',
    verdict: 'warning',
    answers: { '/first-stage.txt': { body: 'of the last bundle' } },
    seen: /first-stage\.txt is of another bundle than the manifest/,
    remedy: /whole folder/,
  },
  {
    fault: 'a file of the bundle that is not there',
    check: 'bundle',
    answers: { '.u8': { status: 404 } },
    seen: /items-\w+\.u8 answered 404/,
    remedy: /whole folder/,
  },
  {
    fault: 'a file of the bundle that never comes',
    check: 'bundle',
    answers: { '.u8': { isEndless: true } },
    args: ['--timeout', '12'],
    seen: /items-\w+\.u8 was still on its way/,
    remedy: /--timeout/,
  },
  {
    fault: 'a worker script that is not there',
    check: 'worker',
    answers: { '/worker.js': { status: 404 } },
    seen: /worker\.js answered 404; the engine runs on the page/,
    remedy: /whole of dist/,
  },
  {
    fault: 'a page that moves as cards come',
    check: 'widget',
    verdict: 'warning',
    answers: { '/shop.css': { body: '' } },
    seen: /moves by 0\.\d+/,
    remedy: /min-height/,
  },
];

/** What is not fine, and not a consequence. */
const complaints = (lines: readonly Line[]) => lines.filter(({ verdict }) => verdict === 'warning' || verdict === 'broken');

describe('tillside doctor', () => {
  it('finds nothing to complain of in a healthy shop', async () => {
    const shop = await openPlantedShop();
    const { code, lines } = await diagnosed(shop.url).finally(shop.close);
    expect(lines.filter(({ verdict }) => verdict !== 'fine').map(({ check }) => check)).toEqual(['compression']);
    expect(code).toBe(0);
  });

  it('finds nothing to complain of where the files come from a CDN', async () => {
    const shop = await openPlantedShop(onCdn);
    const { lines } = await diagnosed(shop.url).finally(shop.close);
    expect(complaints(lines)).toEqual([]);
  });

  it('finds nothing to complain of where the shop has offers, and says how old they are', async () => {
    const shop = await openPlantedShop(withOffers());
    const { lines } = await diagnosed(shop.url).finally(shop.close);
    expect(complaints(lines)).toEqual([]);
    expect(lines.find(({ check }) => check === 'offers')?.seen).toMatch(
      /^offers\.json, written 1 min ago: 1 of the bundle's 30 items, gb, de, valid until /,
    );
  });

  it.each(CASES)(
    'names $fault, with a remedy and nothing else',
    async ({ check, verdict = 'broken', seen, remedy, args = [], ...plant }) => {
      const shop = await openPlantedShop(plant);
      const { code, lines } = await diagnosed(shop.url, ...args).finally(shop.close);
      expect(complaints(lines)).toEqual([{ check, verdict, seen: expect.stringMatching(seen), remedy: expect.anything() }]);
      expect(complaints(lines)[0]?.remedy?.join('\n')).toMatch(remedy);
      expect(code).toBe(verdict === 'broken' ? 1 : 0);
    },
  );
});

describe('tillside doctor on the demo shop', () => {
  let shop: Server;
  beforeAll(async () => {
    shop = await startTool(ROOT, ['scripts/start.mjs']);
  });
  afterAll(() => shop.stop());

  it.each(['', 'cart.html', 'product/22423.html'])('finds nothing to complain of at /%s', async (path) => {
    const { code, lines } = await diagnosed(shop.url + path);
    expect(complaints(lines)).toEqual([]);
    expect(code).toBe(0);
  });
});

it('knows every file of a release that the page loads by its name', () => {
  const files = Object.keys(JSON.parse(readFileSync(join(ROOT, 'dist/integrity.json'), 'utf8')) as object);
  const entries = /^(index|react|vue|testing)\.js$/;
  const loaded = files.filter((name) => name.endsWith('.js') && !entries.test(name));
  expect(loaded.length).toBeGreaterThan(20);
  expect(loaded.filter((name) => !RELEASE_SCRIPT.test(name))).toEqual([]);
});
