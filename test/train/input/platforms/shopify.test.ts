import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../../../src/train/input/open-duckdb.js';
import { readCatalog } from '../../../../src/train/input/read-catalog.js';
import { readEvents } from '../../../../src/train/input/read-events.js';
import { SILENT } from '../../../../src/train/progress.js';
import { aShop } from '../../../support/exports/a-shop.js';
import { shopifyOrders, shopifyProducts } from '../../../support/exports/shopify-exports.js';

let folder: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-shopify-'));
  connection = await openDuckdb();
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

it('reads', async () => {
  const shop = aShop({ someWithoutSku: true });
  const notes: string[] = [];
  const catalog = await readCatalog(connection, await file('products_export.csv', shopifyProducts(shop)), { note: (n) => notes.push(n) });
  console.log(notes.join('\n'), catalog.slice(0, 5), catalog.length);
  const { log, summary } = await readEvents(connection, await file('orders_export.csv', shopifyOrders(shop)), { progress: SILENT, catalog });
  console.log(summary, log.kind, log.itemIds.slice(0, 10), log.sessionIds.length, new Set(log.visitors).size, log.item.length);
});
