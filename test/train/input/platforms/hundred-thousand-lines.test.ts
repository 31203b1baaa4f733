import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { train } from '../../../../src/train/commands/train.js';
import { verify } from '../../../../src/train/commands/verify.js';
import { aShop } from '../../../support/exports/a-shop.js';
import { anExportFolder, type ExportFolder } from '../../../support/exports/an-export-folder.js';
import { ga4Events } from '../../../support/exports/ga4-export.js';
import { merchantXml } from '../../../support/exports/merchant-export.js';
import { filesOf, foundIn, plantedIn } from '../../../support/exports/personal.js';
import { shopifyOrders, shopifyProducts } from '../../../support/exports/shopify-exports.js';
import { csvProducts, pluginRows, restOrders } from '../../../support/exports/woocommerce-exports.js';
import { runCommand } from '../../../support/run-command.js';

let folder: ExportFolder;
beforeAll(async () => {
  folder = await anExportFolder();
});
afterAll(() => folder.close());

const LINES = 100_000;
/** Each takes ten seconds of one processor, which may be shared by many. */
const TIMEOUT_MS = 180_000;

const shop = aShop({ products: 900, orders: 37_000 });
const paid = shop.orders.filter(({ fate }) => fate === 'paid');
const count = (value: number) => value.toLocaleString('en');

/** An export of the shop, by the options that name its files. */
interface Export {
  readonly platform: string;
  readonly events: readonly [name: string, write: () => string];
  readonly catalog: readonly [name: string, write: () => string];
  /** one for each line of its orders, or each event */
  readonly lines: RegExp;
  /** what the command says of all that it read */
  readonly says: RegExp;
}

const linesOfPaid = paid.reduce((sum, { lines }) => sum + lines.length, 0);
const returned = paid.filter(({ number }) => number % 50 === 11).length;
const read = (lines: number) => new RegExp(`^${count(lines)} events, ${count(paid.length)} carts`, 'm');
const visits = { ...shop, orders: shop.orders.slice(0, 5_300) };

const EXPORTS: readonly Export[] = [
  {
    platform: 'Shopify',
    events: ['orders_export.csv', () => shopifyOrders(shop)],
    catalog: ['products_export.csv', () => shopifyProducts(shop)],
    lines: /\n#\d/g,
    says: read(linesOfPaid),
  },
  {
    platform: 'a WooCommerce plug-in',
    events: ['rows.csv', () => pluginRows(shop)],
    catalog: ['wc-products.csv', () => csvProducts(shop)],
    lines: /\n\d/g,
    says: read(linesOfPaid - returned),
  },
  {
    platform: 'WooCommerce’s REST API',
    events: ['orders.json', () => restOrders(shop, { page: 100 })],
    catalog: ['wc-products.csv', () => csvProducts(shop)],
    lines: /"product_id"/g,
    says: read(linesOfPaid),
  },
  {
    platform: 'GA4 and a Merchant feed',
    events: ['events.ndjson', () => ga4Events(visits)],
    catalog: ['feed.xml', () => merchantXml(shop)],
    lines: /"event_name"/g,
    says: new RegExp(`^[\\d,]+ events, ${count(visits.orders.filter(({ fate }) => fate !== 'test').length)} sessions`, 'm'),
  },
];

/** Of the first customers everything, of all others what they share. */
const planted = plantedIn({ ...shop, orders: shop.orders.slice(0, 60) });

it.each(EXPORTS)(
  'trains on 100,000 lines of $platform, and nothing of a person is in the bundle',
  { timeout: TIMEOUT_MS },
  async ({ platform, events, catalog, lines, says }) => {
    const text = events[1]();
    expect(text.match(lines)?.length).toBeGreaterThan(LINES);
    expect(foundIn([Buffer.from(text.slice(0, 200_000))], planted).length).toBeGreaterThan(30);
    const paths = [await folder.write(events[0], text), await folder.write(catalog[0], catalog[1]())] as const;
    const out = join(folder.path, platform.replaceAll(/\W+/g, '-'));
    const { stderr } = await runCommand(train, '--events', paths[0], '--catalog', paths[1], '--out', out, '--quick');
    expect(stderr).toMatch(says);
    expect((await runCommand(verify, '--bundle', out)).stdout).toMatch(/^ok: bundle /);
    expect(foundIn(await filesOf(out), planted)).toEqual([]);
  },
);

it('makes a bundle of a feed of 100,000 lines, read in pieces', { timeout: TIMEOUT_MS }, async () => {
  const text = merchantXml(aShop({ products: 4_000, orders: 1 }));
  expect(text.split('\n').length).toBeGreaterThan(LINES);
  const out = join(folder.path, 'feed');
  const { stderr } = await runCommand(train, '--catalog', await folder.write('large.xml', text), '--out', out);
  expect(stderr).toMatch(/large\.xml: a Google Merchant feed, 6,000 items$/m);
  expect((await runCommand(verify, '--bundle', out)).stdout).toMatch(/^ok: bundle /);
});
