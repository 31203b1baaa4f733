import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aShop, type Line } from '../../../support/exports/a-shop.js';
import { anExportFolder, type ExportFolder, ordersIn, ordersOf } from '../../../support/exports/an-export-folder.js';
import { shopifyOrders, shopifyProducts } from '../../../support/exports/shopify-exports.js';

let folder: ExportFolder;
beforeAll(async () => {
  folder = await anExportFolder();
});
afterAll(() => folder.close());

const shop = aShop({ orders: 200, someWithoutSku: true });
/** What a page can say of it: the SKU, or the product's handle. */
const idOf = ({ variant, product }: Line) => variant.sku || product.handle;

describe('an export of Shopify orders', () => {
  it('is read as one cart an order, by SKU, and by handle where a variant has none', async () => {
    const { rows: catalog } = await folder.catalog(await folder.write('products.csv', shopifyProducts(shop)));
    const { log, summary } = await folder.events(await folder.write('orders.csv', shopifyOrders(shop)), { catalog });
    expect(log.kind).toBe('carts');
    expect(ordersIn(log)).toEqual(ordersOf(shop, idOf));
    expect([...summary.formats.values()]).toEqual(['Shopify orders']);
    expect(summary.currency).toBe('GBP');
    const customers = new Set(shop.orders.filter(({ fate }) => fate === 'paid').map(({ customer }) => customer.email));
    expect(new Set(log.visitors).size).toBe(customers.size);
  });

  it('leaves out and counts what was cancelled, refunded or a test, though only an order’s first row says so', async () => {
    const { summary } = await folder.events(await folder.write('orders.csv', shopifyOrders(shop)));
    const fates = (fate: string) => shop.orders.filter((order) => order.fate === fate).length;
    expect(Object.fromEntries(summary.leftOut)).toEqual({
      cancelled: fates('cancelled'),
      refunded: fates('refunded'),
      'test order': fates('test'),
    });
  });

  it('is read the same with its rows in any order', async () => {
    const [head, ...rows] = shopifyOrders(aShop({ orders: 30 })).split(/\n(?=Name,|#)/);
    const straight = await folder.events(await folder.write('orders.csv', [head, ...rows].join('\n')));
    const turned = await folder.events(
      await folder.write('turned.csv', [head, ...rows.map((row) => row.trimEnd()).reverse()].join('\n')),
    );
    const sorted = (orders: string[]) => orders.map((order) => order.split(', ').length).sort();
    expect(sorted(ordersIn(turned.log))).toEqual(sorted(ordersIn(straight.log)));
    expect(turned.summary.leftOut).toEqual(straight.summary.leftOut);
  });

  it('counts an order once that two exports have', async () => {
    const [first, second] = [shop.orders.slice(0, 60), shop.orders.slice(40, 90)];
    await folder.write('part-1.csv', shopifyOrders({ ...shop, orders: first }));
    await folder.write('part-2.csv', shopifyOrders({ ...shop, orders: second }));
    const { log, summary } = await folder.events(`${folder.path}/part-*.csv`);
    expect(log.sessionIds).toHaveLength(shop.orders.slice(0, 90).filter(({ fate }) => fate === 'paid').length);
    expect(summary.skipped.get('of an order that another file has')).toBeGreaterThan(20);
  });

  it('keeps nothing by which a customer could be found', async () => {
    const { log } = await folder.events(await folder.write('orders.csv', shopifyOrders(shop)));
    expect(log.sessionIds.every((id) => /^\d+$/.test(id))).toBe(true);
    expect(log.visitors).toBeInstanceOf(Int32Array);
  });

  it('names lines without SKU by the handle of their name only if five customers ordered it, where there is no catalogue', async () => {
    const row = (n: number, name: string) => `#${n},c${n}@x.example,paid,2026-01-0${n} 10:00:00 +0100,1,${name},5.00,`;
    const head = 'Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku';
    const often = [1, 2, 3, 4, 5].map((n) => row(n, 'Café Press - Large'));
    const { log, summary } = await folder.events(
      await folder.write('few.csv', [head, ...often, row(6, 'Deposit Ottilie')].join('\n')),
    );
    expect(log.itemIds).toEqual(['cafe-press']);
    expect(Object.fromEntries(summary.skipped)).toEqual({ 'no Lineitem sku': 1 });
    expect([...summary.remarks.keys()][0]).toContain('give --catalog');
    expect(log.occurredAt[0]).toBe(Date.UTC(2026, 0, 1, 9));
  });
});

describe('an export of Shopify products', () => {
  it.each([
    ['of old columns', false],
    ['of the columns of 2025', true],
  ])('%s is a catalogue of variants', async (_, isNew) => {
    const { rows, notes } = await folder.catalog(await folder.write('products.csv', shopifyProducts(shop, { isNew })));
    expect(rows).toHaveLength(shop.products.reduce((sum, { variants }) => sum + variants.length, 0));
    expect(rows[1]).toEqual({
      itemId: '00000-1',
      title: 'Oak Lamp - Blue',
      price: shop.products[0]?.variants[1]?.price,
      url: '/products/oak-lamp',
      imageUrl: 'https://cdn.shopify.com/s/files/1/0001/oak-lamp.jpg?v=1',
      category: 'Lamp',
      brand: 'Maker 0',
      availability: 'in_stock',
      variantOf: 'oak-lamp',
      gtin: '5000000000001',
    });
    expect(notes[0]).toMatch(/products\.csv: Shopify products, 90 items/);
    for (const what of ['1 are drafts', '1 are out of stock', '6 have no SKU']) expect(notes[0]).toContain(what);
  });

  it('never suggests what is a draft, and not what is out of stock', async () => {
    const { rows } = await folder.catalog(await folder.write('products.csv', shopifyProducts(shop)));
    const hidden = rows.filter(({ availability }) => availability === 'out_of_stock').map(({ title }) => title);
    expect(hidden).toEqual([shop.products[3]?.title, shop.products.at(-2)?.title]);
  });
});
