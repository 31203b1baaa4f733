import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aShop } from '../../../support/exports/a-shop.js';
import { anExportFolder, type ExportFolder, ordersIn, ordersOf } from '../../../support/exports/an-export-folder.js';
import {
  csvProducts,
  itemIdOf,
  pluginCells,
  pluginRows,
  productId,
  restOrders,
  restProducts,
} from '../../../support/exports/woocommerce-exports.js';

let folder: ExportFolder;
beforeAll(async () => {
  folder = await anExportFolder();
});
afterAll(() => folder.close());

const shop = aShop({ orders: 200 });
const fates = (fate: string) => shop.orders.filter((order) => order.fate === fate).length;
const LEFT_OUT = { cancelled: fates('cancelled'), refunded: fates('refunded'), failed: fates('test') };

describe('WooCommerce orders', () => {
  it.each([
    ['of the REST API, one a line', 'orders.ndjson', restOrders(shop)],
    [
      'of the REST API, in an array',
      'orders.json',
      JSON.stringify(
        restOrders(shop)
          .split('\n')
          .map((line) => JSON.parse(line) as object),
        null,
        1,
      ),
    ],
    ['of the REST API, its pages one after the other', 'pages.json', restOrders(shop, { page: 100 })],
    ['of a plug-in, all lines in one cell', 'cell.csv', pluginCells(shop)],
    ['of a plug-in, a cell a line', 'cells.csv', pluginCells(shop, { inOne: false })],
  ])('%s, are read by the number of product or variation', async (_, name, text) => {
    const { log, summary } = await folder.events(await folder.write(name, text));
    expect(ordersIn(log)).toEqual(ordersOf(shop, itemIdOf));
    expect([...summary.formats.values()]).toEqual(['WooCommerce orders']);
    expect(Object.fromEntries(summary.leftOut)).toEqual(LEFT_OUT);
    expect(new Set(log.visitors).size).toBeGreaterThan(20);
  });

  it('of a plug-in, a row a line with SKUs only, are read by the numbers of the catalogue; returned lines are skipped', async () => {
    const { rows: catalog } = await folder.catalog(await folder.write('products.csv', csvProducts(shop)));
    const { log, summary } = await folder.events(await folder.write('rows.csv', pluginRows(shop)), { catalog });
    const returned = shop.orders.filter(({ number, fate }) => number % 50 === 11 && fate === 'paid');
    const kept = shop.orders.map((order) => (returned.includes(order) ? { ...order, lines: order.lines.slice(1) } : order));
    expect(ordersIn(log)).toEqual(ordersOf({ ...shop, orders: kept }, itemIdOf));
    expect(Object.fromEntries(summary.leftOut)).toEqual(LEFT_OUT);
    expect(Object.fromEntries(summary.skipped)).toEqual({ 'returned: a quantity of 0 or less': returned.length });
  });

  it('are read by SKU where there is no catalogue, with semicolons and decimal commas too', async () => {
    const text = pluginRows(shop, ';').replaceAll(/;(\d+)\.(\d\d)$/gm, ';$1,$2');
    const { log } = await folder.events(await folder.write('rows.csv', text));
    expect(ordersIn(log)[0]).toBe(ordersOf(shop, ({ variant }) => variant.sku)[0]);
  });

  it('are one customer’s by account, and by e-mail where there is none', async () => {
    const { log } = await folder.events(await folder.write('orders.ndjson', restOrders(shop)));
    const paid = shop.orders.filter(({ fate }) => fate === 'paid');
    const expected = new Set(paid.map(({ number, customer }) => (number % 3 === 0 ? customer.id : customer.email)));
    expect(new Set(log.visitors).size).toBe(expected.size);
  });

  it('as the report of WooCommerce, which names no ids, are refused with the remedy', async () => {
    const report = await folder.write(
      'report.csv',
      'Date,Order #,Order Status,Customer,Product(s),Items sold\n2026-01-01,1,Completed,Ann,1× Mug,1\n',
    );
    await expect(folder.events(report)).rejects.toThrow(/report\.csv is WooCommerce's report.*REST API or an export plug-in/);
  });
});

describe('WooCommerce products', () => {
  const variants = shop.products.flatMap((product) => product.variants);
  const sums = shop.products.filter((product) => product.variants.length > 1).length;

  it('of its own CSV are a catalogue of products and variations by number', async () => {
    const { rows, notes } = await folder.catalog(await folder.write('products.csv', csvProducts(shop)));
    expect(rows).toHaveLength(variants.length);
    expect(notes[0]).toContain(`${sums} are variable, grouped or sold elsewhere`);
    expect(rows[0]).toEqual({
      itemId: '101',
      title: 'Oak Lamp - Red',
      price: variants[0]?.price,
      url: '/?post_type=product&p=100',
      imageUrl: 'https://shop.example/oak-lamp.jpg',
      category: 'Home > Lamp',
      brand: 'Maker 0',
      availability: 'in_stock',
      variantOf: '100',
      sku: '00000-0',
      gtin: '5000000000000',
    });
    expect(rows.find(({ itemId }) => itemId === '110')?.accessories).toEqual([
      '120',
      String(productId(shop.products[5] as never)),
    ]);
    const hidden = rows.filter(({ availability }) => availability === 'out_of_stock').map(({ title }) => title);
    expect(hidden).toEqual([shop.products[3]?.title, shop.products.at(-2)?.title]);
  });

  it.each([
    ['say their product', true],
    ['are only listed by it', false],
  ])('of the REST API are joined with variations of another file that %s', async (_, saysParent) => {
    const { products, variations } = restProducts(shop, { saysParent });
    await folder.write('rest-products.json', products);
    await folder.write('rest-variations.ndjson', variations);
    const { rows } = await folder.catalog(`${folder.path}/rest-*`);
    expect(rows).toHaveLength(variants.length);
    expect(rows.find(({ itemId }) => itemId === '102')).toEqual({
      itemId: '102',
      title: 'Oak Lamp - Blue',
      price: variants[1]?.price,
      url: 'https://shop.example/product/oak-lamp/?attribute_pa_colour=blue',
      imageUrl: 'https://shop.example/oak-lamp-Blue.jpg',
      category: 'Lamp',
      availability: 'in_stock',
      variantOf: '100',
      sku: '00000-1',
      gtin: '5000000000001',
    });
  });

  it('of the REST API without variations stand for them', async () => {
    const { rows: catalog } = await folder.catalog(await folder.write('products-alone.json', restProducts(shop).products));
    expect(catalog).toHaveLength(shop.products.length);
    const { log } = await folder.events(await folder.write('orders.ndjson', restOrders(shop)), { catalog });
    expect(ordersIn(log)).toEqual(ordersOf(shop, ({ product }) => String(productId(product))));
  });
});
