import { engineStatus, itemIdsOf, slateOn, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const CART = ['85123A', '22423'];

test("tillside's own runtime and TF.js suggest the same, each on wasm and in plain JavaScript", async ({ shop }) => {
  const simd = await suggest(shop, 'cart.html');
  expect(simd).toMatchObject({ strategy: 'model', runtime: 'simd' });
  expect(simd.itemIds).toHaveLength(4);
  expect(shop.requested.filter((url) => /tfjs|\.wasm/.test(url))).toEqual([]);
  const onWasm = await suggest(shop, 'wasm.html');
  expect(onWasm).toMatchObject({ strategy: 'model', runtime: 'tfjs-wasm' });
  expect(shop.requested.filter((url) => url.endsWith('.wasm'))).toHaveLength(1);

  // A worker obeys the policy that its own script came with, not the page's.
  await shop.alter('/dist/worker.js', (bytes) => bytes, { 'content-security-policy': "script-src 'self'" });
  for (const [path, runtime] of [
    ['cart.html', 'js'],
    ['js.html', 'js'],
    ['tfjs.html', 'tfjs-cpu'],
    ['wasm.html', 'tfjs-cpu'],
  ] as const) {
    expect(await suggest(shop, path)).toMatchObject({ strategy: 'model', runtime, itemIds: simd.itemIds });
  }
  expect(onWasm.itemIds).toEqual(simd.itemIds);
});

test("TF.js runs the model where tillside's own runtime does not load", async ({ shop, page }) => {
  shop.intercept('/dist/runtime.js', (_request, response) => void response.writeHead(404).end());
  await shop.visit('cart.html');
  expect(await engineStatus(page)).toMatchObject({ strategy: 'model', runtime: 'tfjs-cpu' });
});

/** Starts from an empty device, so that each runtime sees the same session. */
async function suggest(shop: Shop, path: string) {
  const page = await shop.visit(path);
  await page.evaluate(() => window.tillside?.forget());
  await track(page, ...CART.map((itemId) => ({ type: 'add_to_cart' as const, itemId })));
  const { strategy, runtime } = await engineStatus(page);
  return { strategy, runtime, itemIds: itemIdsOf(await slateOn(page)) };
}
