// Pages of which schema.org alone says what they are about: nothing on them was written for tillside but the script tag.
import { countOf, engineStatus, featuresOf, itemIdsOf, slateOn, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';

for (const [syntax, file] of [
  ['json-ld', 'json-ld.js'],
  ['microdata', 'adapter-microdata.js'],
] as const) {
  test(`${syntax}: the item of the page is viewed once, its time is its own, and what goes with it is suggested`, async ({
    shop,
    page,
  }) => {
    await shop.visit(`${syntax}.html`);
    expect((await engineStatus(page)).strategy).toBe('model');
    await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
    const slate = await slateOn(page, { placement: 'product', size: 20 });
    expect(slate.strategy).toBe('model');
    expect(itemIdsOf(slate)).toHaveLength(20);
    expect(itemIdsOf(slate)).not.toContain(HEART);
    // No shop of a platform is there: of what reads them, this alone was loaded.
    const readers = scriptsOf(shop).filter((name) => /^(adapter-(?!shared)|json-ld)/.test(name));
    expect(readers).toEqual([file]);

    await page.evaluate(() => window.tillside?.page({})); // the page is about it no more: its time is settled
    await expect.poll(async () => (await featuresOf(page, HEART))?.dwellMs).toBeGreaterThan(0);
    expect(await countOf(page, 'view_item')).toBe(1);
  });
}

test("json-ld: the page's price is the card's, and what it says is sold out is not suggested", async ({ shop, page }) => {
  const pinned = { size: 4, rules: { pin: [HEART] } };
  await shop.visit('json-ld.html');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(1);
  const [first] = (await slateOn(page, pinned)).items;
  expect(first?.item).toMatchObject({ itemId: HEART, price: 3.1, currency: 'GBP' });

  await shop.alter('/pages/json-ld.html', (bytes) => `${bytes}`.replace('InStock', 'OutOfStock'));
  await shop.visit('json-ld.html');
  await expect.poll(() => countOf(page, 'view_item', HEART)).toBe(2);
  expect(itemIdsOf(await slateOn(page, pinned))).not.toContain(HEART);
});

test('json-ld that comes late: what it says is sold out leaves the slate, and a price of its own is the card’s', async ({
  shop,
  page,
}) => {
  await shop.visit('cart.html');
  await track(page, { type: 'add_to_cart', itemId: HEART });
  const widget = page.locator('tillside-suggestions');
  await expect(widget).toHaveAttribute('data-strategy', 'model');
  const cards = widget.locator('li');
  const ids = () => cards.evaluateAll((list) => list.map((card) => (card as HTMLElement).dataset['itemId'] ?? ''));
  const [soldOut = '', dearer = ''] = await ids();
  await page.evaluate(
    (products) => {
      const script = Object.assign(document.createElement('script'), { type: 'application/ld+json' });
      script.textContent = JSON.stringify(products);
      document.body.append(script);
    },
    [productOf(soldOut, 'OutOfStock'), productOf(dearer, 'InStock')],
  );
  await expect.poll(ids).not.toContain(soldOut);
  await expect(cards.and(page.locator(`[data-item-id="${dearer}"]`)).locator('[part="price"]')).toHaveText('£123.45');
});

const productOf = (sku: string, availability: string) => ({
  '@context': 'https://schema.org',
  '@type': 'Product',
  sku,
  offers: { '@type': 'Offer', price: '123.45', priceCurrency: 'GBP', availability },
});

function scriptsOf(shop: Shop): string[] {
  return shop.requested.flatMap((url) => /\/dist\/(.*\.js)$/.exec(url)?.[1] ?? []);
}
