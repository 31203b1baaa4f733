import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../../src/train/input/open-duckdb.js';
import { readCatalog } from '../../../src/train/input/read-catalog.js';

let folder: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-catalog-'));
  connection = await openDuckdb();
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

async function read(text: string) {
  const path = join(folder, 'catalog.csv');
  await writeFile(path, text);
  return readCatalog(connection, path);
}

const HEADER = 'item_id,title,price,currency';
const failure = (code: string, message: RegExp) => expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('readCatalog', () => {
  it('reads every column', async () => {
    const more = 'category,brand,url,image_url,availability,margin,variant_of,sku,gtin';
    const row = 'a,Mug,9.5,gbp,Home > Kitchen,Acme,/a,/a.png,https://schema.org/OutOfStock,0.4,b,sku-a,0123';
    expect(await read(`${HEADER},${more}\n${row}`)).toEqual([
      {
        itemId: 'a',
        title: 'Mug',
        price: 9.5,
        currency: 'GBP',
        category: 'Home > Kitchen',
        brand: 'Acme',
        url: '/a',
        imageUrl: '/a.png',
        availability: 'out_of_stock',
        margin: 0.4,
        variantOf: 'b',
        sku: 'sku-a',
        gtin: '0123',
      },
    ]);
  });

  it.each([
    ['accessories', '"b, c"'],
    ['isRelatedTo', 'b|c'],
    ['Related Items', '"[""b"",""c""]"'],
  ])('reads what goes with an item from the column %s', async (column, cell) => {
    expect(await read(`${HEADER},${column}\na,A,1,GBP,${cell}`)).toMatchObject([{ accessories: ['b', 'c'] }]);
  });

  it('reads what an item is an accessory of under its schema.org name', async () => {
    expect(await read(`${HEADER},isAccessoryOrSparePartFor\na,A,1,GBP,b`)).toMatchObject([{ accessoryFor: ['b'] }]);
  });

  it('keeps leading zeros of ids and leaves unknown values out', async () => {
    expect(await read(`${HEADER}\n007,,,\n`)).toEqual([{ itemId: '007', title: '007' }]);
  });

  it.each([['-1'], ['abc'], ['NaN'], ['"12,50"'], ['£3']])('refuses the price %s, naming file, row and value', async (price) => {
    await expect(read(`${HEADER}\na,A,1,GBP\nb,B,${price},GBP`)).rejects.toThrow(
      failure(
        'price-invalid',
        new RegExp(`catalog\\.csv, row 2: the price of item b is "${price.replaceAll('"', '')}".*plain number`),
      ),
    );
  });

  it('refuses a duplicate id, naming both rows', async () => {
    await expect(read(`${HEADER}\na,A,1,GBP\nb,B,1,GBP\na,C,1,GBP`)).rejects.toThrow(
      failure('catalog-duplicate', /catalog\.csv, row 3: item_id a was already given in row 1/),
    );
  });

  it('reads prices without a column for their currency', async () => {
    expect(await read('item_id,title,price\na,A,1')).toEqual([{ itemId: 'a', title: 'A', price: 1 }]);
  });

  it('refuses an empty id, a missing column and an empty file', async () => {
    await expect(read(`${HEADER}\n,A,1,GBP`)).rejects.toThrow(failure('input-invalid', /row 1: item_id is empty/));
    await expect(read('item_id,name,price,currency\na,A,1,GBP')).rejects.toThrow(failure('column-missing', /no column title/));
    await expect(read(`${HEADER}\n`)).rejects.toThrow(failure('input-empty', /no rows/));
  });
});
