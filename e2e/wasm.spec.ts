import { engineStatus, itemIdsOf, slateOn, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const CART = ['85123A', '22423'];

test('data-wasm runs TF.js on wasm where the policy allows it, else on the cpu, and both suggest the same', async ({ shop }) => {
  const onWasm = await suggest(shop, 'wasm.html');
  expect(onWasm).toMatchObject({ strategy: 'model', runtime: 'tfjs-wasm' });
  expect(shop.requested.filter((url) => url.endsWith('.wasm'))).toHaveLength(1);

  // A worker obeys the policy that its own script came with, not the page's.
  await shop.alter('/dist/worker.js', (bytes) => bytes, { 'content-security-policy': "script-src 'self'" });
  const onCpu = await suggest(shop, 'wasm.html');
  expect(onCpu).toMatchObject({ strategy: 'model', runtime: 'tfjs-cpu' });

  const byDefault = await suggest(shop, 'cart.html');
  expect(byDefault).toMatchObject({ strategy: 'model', runtime: 'tfjs-cpu' });
  expect(onWasm.itemIds).toHaveLength(4);
  expect(onCpu.itemIds).toEqual(onWasm.itemIds);
  expect(byDefault.itemIds).toEqual(onWasm.itemIds);
});

/** Starts from an empty device, so that each runtime sees the same session. */
async function suggest(shop: Shop, path: string) {
  const page = await shop.visit(path);
  await page.evaluate(() => window.tillside?.forget());
  await track(page, ...CART.map((itemId) => ({ type: 'add_to_cart' as const, itemId })));
  const { strategy, runtime } = await engineStatus(page);
  return { strategy, runtime, itemIds: itemIdsOf(await slateOn(page)) };
}
