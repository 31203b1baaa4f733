import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aShop, type Product, type Variant } from '../../../support/exports/a-shop.js';
import { anExportFolder, type ExportFolder, failure } from '../../../support/exports/an-export-folder.js';
import { merchantTsv, merchantXml } from '../../../support/exports/merchant-export.js';

let folder: ExportFolder;
beforeAll(async () => {
  folder = await anExportFolder();
});
afterAll(() => folder.close());

const shop = aShop();
const variants = shop.products.flatMap((product) => product.variants);

describe('a Google Merchant feed', () => {
  it.each([
    ['as RSS', 'feed.xml', merchantXml(shop)],
    ['as gzipped RSS', 'feed.xml.gz', gzipSync(merchantXml(shop))],
    ['as UTF-16 RSS', 'wide.xml', Buffer.from(`\uFEFF${merchantXml(shop)}`, 'utf16le')],
    [
      'as Atom',
      'atom.xml',
      merchantXml(shop).replaceAll('item>', 'entry>').replaceAll('<rss ', '<feed ').replaceAll('</rss>', '</feed>'),
    ],
    ['as a table', 'feed.txt', merchantTsv(shop)],
    ['as a table with g: names', 'feed.tsv', merchantTsv(shop).replace('id\ttitle', 'g:id\tg:title')],
  ])('%s is a catalogue', async (_, name, text) => {
    const { rows, notes } = await folder.catalog(await folder.write(name, text));
    expect(rows).toHaveLength(variants.length);
    expect(rows[1]).toEqual({
      itemId: '00000-1',
      title: 'Oak Lamp - Blue',
      price: variants[1]?.price,
      currency: 'GBP',
      url: `https://shop.example/products/oak-lamp?variant=${variants[1]?.id}&utm_source=google`,
      imageUrl: 'https://shop.example/oak-lamp.jpg',
      category: 'Home > Lamp',
      brand: 'Maker 0',
      availability: 'out_of_stock',
      variantOf: '8000000000',
      sku: '00000-1',
      gtin: '5000000000001',
    });
    expect(rows.filter(({ availability }) => availability === 'out_of_stock').length).toBe(
      variants.filter(({ id }) => id % 7 === 0).length,
    );
    expect(notes[0]).toMatch(/: a Google Merchant feed, 90 items$/);
  });

  it('of a Shopify channel is known by the numbers that the page says', async () => {
    const idOf = (product: Product, variant: Variant) => `shopify_GB_${product.id}_${variant.id}`;
    const { rows } = await folder.catalog(await folder.write('feed.xml', merchantXml(shop, { idOf })));
    expect(rows[1]).toMatchObject({ itemId: String(variants[1]?.id), variantOf: '8000000000', sku: '00000-1' });
  });

  it('of a WooCommerce channel is known by WooCommerce’s numbers', async () => {
    const { rows } = await folder.catalog(await folder.write('feed.xml', merchantXml(shop, { idOf: ({ id }) => `gla_${id}` })));
    expect(rows[0]?.itemId).toBe('8000000000');
  });

  it.each([
    ['12,50 GBP', { price: 12.5, currency: 'GBP' }],
    ['EUR 1.299,00', { price: 1299, currency: 'EUR' }],
    ['15,550.00 RUB', { price: 15550, currency: 'RUB' }],
    ['1,299 JPY', { price: 1299, currency: 'JPY' }],
    ['£9', { price: 9 }],
  ])('reads the price %s', async (price, expected) => {
    const { rows } = await folder.catalog(await folder.write('one.tsv', `id\ttitle\tlink\tprice\na\tA\t/a\t${price}\n`));
    expect(rows[0]).toMatchObject(expected);
  });

  it('that cannot be read is refused, naming file and place', async () => {
    const xml = merchantXml(shop);
    const cut = await folder.write('cut.xml', xml.slice(0, xml.lastIndexOf('<g:brand>')));
    await expect(folder.catalog(cut)).rejects.toThrow(
      failure('input-invalid', 'cut.xml, line ', '<item> is never closed', 'export it again'),
    );
    const page = await folder.write('page.xml', '<html><body>Not found</body></html>');
    await expect(folder.catalog(page)).rejects.toThrow(failure('input-invalid', 'page.xml: no RSS or Atom feed'));
    const free = await folder.write('free.tsv', 'id\ttitle\tlink\tprice\na\tA\t/a\t5 GBP\nb\tB\t/b\tfree\n');
    await expect(folder.catalog(free)).rejects.toThrow(
      failure('price-invalid', 'free.tsv, row 2: price is "free"', 'such as 12.50'),
    );
    await expect(folder.events(await folder.write('feed.xml', xml))).rejects.toThrow(
      failure('input-invalid', 'feed.xml is XML', '--catalog'),
    );
  });
});
