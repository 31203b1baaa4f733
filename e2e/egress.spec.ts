import type { Page } from '@playwright/test';
import type { Receipt } from '../src/page/receipt.js';
import { engineStatus, slateOn, track } from './support/page-api.js';
import { expect, type Shop, test } from './support/test.js';

const HEART = '85123A';

test('the receipt is the network log: every request of this page and of the one before, and no byte of behaviour', async ({
  shop,
  page,
}) => {
  await shop.visit('wasm.html');
  await useTheShop(page);
  const first = await receiptOn(page);
  console.log(JSON.stringify(first, null, 1));
  console.log(shop.requested.join('\n'));
  expect(urlsOf(first)).toEqual(ownRequests(shop));
});

async function useTheShop(page: Page): Promise<void> {
  expect((await engineStatus(page)).strategy).toBe('model');
  await track(page, { type: 'view_item', itemId: HEART }, { type: 'add_to_cart', itemId: HEART });
  expect((await slateOn(page)).strategy).toBe('model');
}

function receiptOn(page: Page): Promise<Receipt> {
  return page.evaluate(() => window.tillside?.receipt() as Promise<Receipt>);
}

function urlsOf({ requests }: Receipt): string[] {
  return [...new Set(requests.map(({ url }) => url))].sort();
}

/** What was asked for, without the pages themselves and the cards' pictures. */
function ownRequests(shop: Shop): string[] {
  return [...new Set(shop.requested.filter((url) => !/\/pages\/|\/img\//.test(url)))].sort();
}
