import { afterAll, beforeAll, expect, it } from 'vitest';
import { aShop } from '../../../support/exports/a-shop.js';
import { anExportFolder, type ExportFolder } from '../../../support/exports/an-export-folder.js';
import { ga4Events } from '../../../support/exports/ga4-export.js';
import { merchantXml } from '../../../support/exports/merchant-export.js';
import { shopifyOrders } from '../../../support/exports/shopify-exports.js';
import { pluginRows, restOrders } from '../../../support/exports/woocommerce-exports.js';

let folder: ExportFolder;
beforeAll(async () => {
  folder = await anExportFolder();
});
afterAll(() => folder.close());

const LINES = 100_000;
const shop = aShop({ products: 900, orders: 37_000 });
const paid = shop.orders.filter(({ fate }) => fate === 'paid');
const linesOf = (orders: typeof shop.orders) => orders.reduce((sum, { lines }) => sum + lines.length, 0);

it.each([
  ['Shopify’s orders', 'orders.csv', () => shopifyOrders(shop)],
  ['a WooCommerce plug-in’s rows', 'rows.csv', () => pluginRows(shop)],
  ['WooCommerce’s REST orders', 'orders.ndjson', () => restOrders(shop)],
])('reads 100,000 lines of %s', { timeout: 60_000 }, async (_, name, write) => {
  const { log, summary } = await folder.events(await folder.write(name, write()));
  expect(summary.rows).toBeGreaterThan(LINES);
  const returned = summary.skipped.get('returned: a quantity of 0 or less') ?? 0;
  expect(log.item.length + returned).toBe(linesOf(paid));
  expect(log.sessionIds.length).toBeGreaterThan(0.98 * paid.length);
});

it('reads 100,000 events of GA4', { timeout: 60_000 }, async () => {
  const few = { ...shop, orders: shop.orders.slice(0, 5_300) };
  const { log, summary } = await folder.events(await folder.write('events.ndjson', ga4Events(few)));
  expect(summary.rows).toBeGreaterThan(LINES);
  expect(log.sessionIds).toHaveLength(few.orders.filter(({ fate }) => fate !== 'test').length);
});

it('reads a feed of 100,000 lines in pieces', { timeout: 60_000 }, async () => {
  const large = aShop({ products: 4_000, orders: 1 });
  const text = merchantXml(large);
  expect(text.split('\n').length).toBeGreaterThan(LINES);
  const { rows } = await folder.catalog(await folder.write('feed.xml', text));
  expect(rows).toHaveLength(6_000);
});
