import { cartOf, codesTold, engineStatus, itemIdsOf, slateOn, track } from './support/page-api.js';
import { expect, test } from './support/test.js';

const HEART = '85123A';

test('a network that is cut after load still re-ranks', async ({ shop, context }) => {
  const page = await shop.visit('cart.html');
  await track(page, { type: 'add_to_cart', itemId: HEART, price: 2.95 });
  const before = await slateOn(page);
  expect(before.strategy).toBe('model');

  await context.setOffline(true);
  await shop.cut();
  const requestedSoFar = shop.requested.length;
  const [added = ''] = itemIdsOf(before);
  await track(page, { type: 'add_to_cart', itemId: added });
  const after = await slateOn(page);

  expect(after.strategy).toBe('model');
  expect(after.items).toHaveLength(4);
  expect(itemIdsOf(after)).not.toContain(added);
  expect(itemIdsOf(after)).not.toEqual(itemIdsOf(before).slice(1));
  await expect.poll(() => cartOf(page)).toEqual({ [HEART]: 1, [added]: 1 });
  const askedSince = shop.requested.slice(requestedSoFar).filter((url) => !url.includes('/img/'));
  expect(askedSince, 'nothing but the pictures of new cards').toEqual([]);
});

for (const [fault, isAnswered] of [
  ['is down', false],
  ['answers 503', true],
] as const) {
  test(`a bundle host that ${fault} on the next visit still suggests from the cached bundle`, async ({ shop }) => {
    const page = await shop.visit('cart.html');
    await track(page, { type: 'add_to_cart', itemId: HEART });
    expect((await engineStatus(page)).bundle?.source).toBe('network');
    const fresh = await slateOn(page);

    shop.intercept('/models/', (_request, response) => {
      if (isAnswered) response.writeHead(503).end();
      else response.destroy();
    });
    await shop.visit('cart.html');

    const status = await engineStatus(page);
    expect(status).toMatchObject({ where: 'worker', strategy: 'model', bundle: { source: 'cache' } });
    expect(await codesTold(page)).toContain('bundle-unreachable');
    const cached = await slateOn(page);
    expect(cached.strategy).toBe('model');
    expect(itemIdsOf(cached)).toEqual(itemIdsOf(fresh));
  });
}
