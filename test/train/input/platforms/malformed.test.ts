import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aShop } from '../../../support/exports/a-shop.js';
import { anExportFolder, type ExportFolder, failure } from '../../../support/exports/an-export-folder.js';
import { ga4Events } from '../../../support/exports/ga4-export.js';
import { merchantTsv } from '../../../support/exports/merchant-export.js';
import { shopifyOrders, shopifyProducts } from '../../../support/exports/shopify-exports.js';
import { csvProducts, pluginRows, restOrders, restProducts } from '../../../support/exports/woocommerce-exports.js';

let folder: ExportFolder;
beforeAll(async () => {
  folder = await anExportFolder();
});
afterAll(() => folder.close());

const shop = aShop({ orders: 40 });
const orders = shopifyOrders(shop);
const HEAD = 'Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku';
const row = (n: number, { sku = `S-${n}`, at = '2026-01-05 10:00:00 +0100' } = {}) =>
  `#${n},a@x.example,paid,${at},1,Mug,5.00,${sku}`;

describe('an export that is not as it should be', () => {
  it.each([
    [
      'lacks a column',
      orders.replace('Created at', 'Created'),
      ['column-missing', 'has no column Created at (did you mean Created?)', 'Rename or add it'],
    ],
    [
      'has a quote that is never closed',
      `${HEAD}\n${row(1)}\n#2,a@x.example,paid,"2026`,
      ['input-invalid', 'line 3', 'a quote is opened and never closed', 'export it again'],
    ],
    ['has rows of another length', `${HEAD}\n${row(1)}\n#2,x`, ['input-invalid', 'line 3', '2 values where the header has 8']],
    ['is UTF-16', Buffer.from(`\uFEFF${orders}`, 'utf16le'), ['input-invalid', 'row 1', 'UTF-16', 'CSV UTF-8']],
    [
      'is Latin-1',
      Buffer.from(`${HEAD}\n${row(1, { sku: 'Café' })}\n`, 'latin1'),
      ['input-invalid', 'line 2', 'not UTF-8', 'CSV UTF-8'],
    ],
    [
      'has SKUs that a spreadsheet rewrote',
      `${HEAD}\n${row(1)}\n${row(2, { sku: '1.23457E+12' })}`,
      ['column-type', 'row 2: column Lineitem sku is "1.23457E+12"', 'A spreadsheet has rewritten it'],
    ],
    [
      'has times as a spreadsheet’s days',
      `${HEAD}\n${row(1, { at: '45384.34789' })}`,
      ['column-type', 'row 1: column Created at is "45384.34789"', 'A spreadsheet has rewritten it'],
    ],
    [
      'has times as 01/05/2026',
      `${HEAD}\n${row(1, { at: '01/05/2026 10:00' })}`,
      ['column-type', 'row 1: column Created at is "01/05/2026 10:00"', 'such as 2026-01-31 10:00:00', 'A spreadsheet'],
    ],
    ['is empty', '', ['input-empty', 'is empty (0 bytes)']],
    ['has no rows', `${HEAD}\n`, ['input-empty', 'no rows below its header']],
    [
      'has no SKUs, nor names that are ordered often',
      `${HEAD}\n${row(1, { sku: '' })}`,
      ['input-empty', '1 × no Lineitem sku', 'give --catalog the export of products'],
    ],
    [
      'is cancelled as a whole',
      orders.replaceAll(',paid,', ',voided,').replaceAll(',refunded,', ',voided,'),
      ['input-empty', 'order: voided', 'Correct the export'],
    ],
  ])('and %s is refused, naming file, place and remedy', async (_, text, [code, ...parts]) => {
    const file = await folder.write('orders_export.csv', text);
    await expect(folder.events(file)).rejects.toThrow(failure(code as string, 'orders_export.csv', ...parts));
  });

  it('but for a mark at its start, semicolons, CRLF and a few bad values is read', async () => {
    const bad = [row(900, { sku: '1.2E+12' }), row(901, { at: 'soon' })].map((each) => each.replaceAll(',', ';'));
    const good = Array.from({ length: 400 }, (_, i) => row(i).replaceAll(',', ';'));
    const file = await folder.write('excel.csv', `\uFEFF${[HEAD.replaceAll(',', ';'), ...good, ...bad].join('\r\n')}\r\n`);
    const { log, summary } = await folder.events(file);
    expect(log.sessionIds).toHaveLength(400);
    expect(Object.fromEntries(summary.skipped)).toEqual({
      'Lineitem sku is not an id as the shop has it': 1,
      'Created at is not a time such as 2026-01-31 10:00:00': 1,
    });
  });

  it('and has a product’s price or SKU that cannot be read is refused, naming its row', async () => {
    const head = 'Handle,Title,Variant SKU,Variant Price';
    const price = await folder.write('products.csv', `${head}\na,A,1,5\nb,B,2,five\n`);
    await expect(folder.catalog(price)).rejects.toThrow(failure('price-invalid', 'products.csv, row 2: Variant Price is "five"'));
    const sku = await folder.write('products.csv', `${head}\na,A,1.2E+12,5\n`);
    await expect(folder.catalog(sku)).rejects.toThrow(
      failure('column-type', 'products.csv, row 1: Variant SKU is "1.2E+12"', 'spreadsheet'),
    );
  });

  it('and has GA4’s times in milliseconds is refused', async () => {
    const text = ga4Events(shop).replaceAll(/"event_timestamp":"(\d{13})\d{3}"/g, '"event_timestamp":"$1"');
    await expect(folder.events(await folder.write('events.ndjson', text))).rejects.toThrow(
      failure('column-type', 'events.ndjson, row ', 'event_timestamp is "17', 'microseconds since 1970'),
    );
  });

  it('and is a spreadsheet’s own file is refused', async () => {
    await expect(folder.events(await folder.write('orders.xlsx', 'PK'))).rejects.toThrow(
      failure('input-invalid', 'is a spreadsheet', 'CSV UTF-8'),
    );
  });
});

describe('a file given as the other one', () => {
  it.each([
    ['products.csv', shopifyProducts(shop), 'Shopify products'],
    ['products-woo.csv', csvProducts(shop), 'WooCommerce products'],
    ['products.json', restProducts(shop).products, 'WooCommerce products from the REST API'],
    ['feed.tsv', merchantTsv(shop), 'a Google Merchant feed'],
    ['catalog.csv', 'item_id,title,price,currency\na,A,1,GBP\n', 'a catalogue'],
  ])('%s is no log', async (name, text, title) => {
    const file = await folder.write(name, text);
    await expect(folder.events(file)).rejects.toThrow(
      failure('input-invalid', `${name} looks like ${title}`, 'Give it to --catalog'),
    );
  });

  it.each([
    ['orders.csv', orders, 'Shopify orders'],
    ['rows.csv', pluginRows(shop), 'WooCommerce orders'],
    ['orders.ndjson', restOrders(shop), 'WooCommerce orders'],
    ['events.ndjson', ga4Events(shop), 'GA4 events'],
    ['log.csv', 'session_id,item_id,type,occurred_at\ns,a,purchase,1\n', 'events'],
  ])('%s is no catalogue', async (name, text, title) => {
    const file = await folder.write(name, text);
    await expect(folder.catalog(file)).rejects.toThrow(
      failure('input-invalid', `${name} looks like ${title}`, 'Give it to --events'),
    );
  });

  it('is read as what --format says', async () => {
    // both a Merchant table and tillside's own catalogue
    const both = await folder.write('both.tsv', 'id\titem_id\ttitle\tlink\tprice\tcurrency\nfeed\town\tA\t/a\t1\tGBP\n');
    expect((await folder.catalog(both)).rows[0]?.itemId).toBe('own');
    expect((await folder.catalog(both, { asked: ['ga4', 'google-merchant'] })).rows[0]?.itemId).toBe('feed');
    await expect(folder.events(await folder.write('orders.csv', orders), { asked: ['woocommerce'] })).rejects.toThrow(
      failure('column-missing', 'orders.csv has none of the columns order_date'),
    );
  });
});
