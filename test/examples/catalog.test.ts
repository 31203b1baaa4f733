import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog, type Product } from '../../examples/gift-shop/catalog/catalog.mjs';
import { CATALOG_COLUMNS, toCatalogCsv } from '../../examples/gift-shop/catalog/catalog-csv.mjs';
import { motifOf } from '../../examples/gift-shop/tiles/motif-of.mjs';
import { drawTile } from '../../examples/gift-shop/tiles/tile.mjs';

let products: Product[];

beforeAll(async () => {
  products = await loadCatalog();
});

describe('the gift shop’s catalogue', () => {
  it('holds every product of the data once, sorted by item number', () => {
    const ids = products.map(({ itemId }) => itemId);
    expect(ids).toHaveLength(3_795);
    expect(new Set(ids).size).toBe(3_795);
    expect(ids).toEqual([...ids].sort());
  });

  it('keeps the data’s price, currency and title', () => {
    expect(products.find(({ itemId }) => itemId === '85123A')).toMatchObject({
      title: 'White Hanging Heart T-Light Holder',
      dataTitle: 'WHITE HANGING HEART T-LIGHT HOLDER',
      price: 2.95,
      currency: 'GBP',
      category: 'Candles & light',
    });
    expect(products.every(({ price, currency }) => price > 0 && currency === 'GBP')).toBe(true);
  });

  it('counts an order once, however many lines of it hold the item', () => {
    expect(products.find(({ itemId }) => itemId === '85123A')?.orders).toBe(2_265);
    expect(products.every(({ orders }) => Number.isInteger(orders) && orders >= 1)).toBe(true);
  });

  it('has 2 % of its products out of stock, the same ones each time', async () => {
    const soldOut = (list: Product[]) => list.flatMap((p) => (p.availability === 'out_of_stock' ? [p.itemId] : []));
    expect(soldOut(products)).toHaveLength(76);
    expect(soldOut(await loadCatalog())).toEqual(soldOut(products));
  });

  it('gives each product a page and a picture of its own', () => {
    expect(new Set(products.map(({ url }) => url)).size).toBe(products.length);
    for (const { itemId, url, imageUrl } of products) {
      expect(url).toBe(`/product/${itemId}.html`);
      expect(imageUrl).toBe(`/img/${itemId}.svg`);
    }
  });
});

describe('the catalogue that is trained on', () => {
  it('has a header with the columns of a catalogue and one row for each product', () => {
    const rows = toCatalogCsv(products).split('\n');
    expect(rows[0]).toBe(CATALOG_COLUMNS.map((name) => `"${name}"`).join(','));
    expect(rows).toHaveLength(products.length + 2); // the header, and nothing after the last newline
    expect(rows).toContain(
      '"85123A","White Hanging Heart T-Light Holder","2.95","GBP","Candles & light","/product/85123A.html","/img/85123A.svg","in_stock"',
    );
  });

  it('doubles a quotation mark in a title', () => {
    const [product] = products;
    expect(toCatalogCsv([{ ...(product as Product), title: 'Keep "Clean" Bin' }])).toContain('"Keep ""Clean"" Bin"');
  });

  it('is made from data that is in the repository', () => {
    for (const file of ['events.parquet', 'catalog.parquet', 'README.md'])
      expect(existsSync(new URL(`../../examples/gift-shop/data/${file}`, import.meta.url))).toBe(true);
  });
});

describe('the tiles', () => {
  it('are at most 1.5 KB, with their size written on them', () => {
    for (const product of products) {
      const svg = drawTile(product);
      expect(svg.length).toBeLessThanOrEqual(1_536);
      expect(svg).toMatch(/^<svg [^>]*width="400" height="400"/);
    }
  });

  it('hold no colour that the palette lacks', () => {
    for (const product of products) expect(drawTile(product)).not.toMatch(/undefined|NaN/);
  });

  it('show the colour and the print that the title names', () => {
    const tile = drawTile({ itemId: 'A', dataTitle: 'RED RETROSPOT MUG' });
    expect(tile).toContain('<pattern id="p"');
    expect(tile).toContain('#c64a3c');
    expect(drawTile({ itemId: 'A', dataTitle: 'BLUE MUG' })).not.toContain('<pattern');
  });

  it('draw a mug for a mug of some design, not a sign', () => {
    expect(motifOf('COFFEE MUG APPLES DESIGN')).toBe(motifOf('RED RETROSPOT MUG'));
    expect(motifOf('VINTAGE BILLBOARD DRINK ME MUG')).toBe(motifOf('RED RETROSPOT MUG'));
    expect(motifOf('NO JUNK MAIL METAL SIGN')).not.toBe(motifOf('RED RETROSPOT MUG'));
  });
});
