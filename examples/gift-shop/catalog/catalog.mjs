// In: catalog.parquet and events.parquet of ../data. Out: the shop's products. Build time, Node.
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { pickOutOfStock } from './availability.mjs';
import { departmentOf } from './departments.mjs';
import { toDisplayTitle } from './title-case.mjs';

const catalogFile = fileURLToPath(new URL('../data/catalog.parquet', import.meta.url));
const eventsFile = fileURLToPath(new URL('../data/events.parquet', import.meta.url));

const QUERY = `
  SELECT c.item_id, c.title, c.price, c.currency, coalesce(e.orders, 0)::INTEGER AS orders
  FROM read_parquet('${sqlText(catalogFile)}') c
  LEFT JOIN (
    SELECT item_id, count(DISTINCT session_id) AS orders FROM read_parquet('${sqlText(eventsFile)}') GROUP BY item_id
  ) e USING (item_id)
  ORDER BY c.item_id`;

/**
 * @typedef {object} Product
 * @property {string} itemId
 * @property {string} title in title case, for shoppers
 * @property {string} dataTitle as the data has it
 * @property {number} price GBP, the data's median unit price
 * @property {string} currency ISO 4217
 * @property {string} category the department, ours
 * @property {string} url of the product page, from the shop's root
 * @property {string} imageUrl of the generated tile, from the shop's root
 * @property {'in_stock' | 'out_of_stock'} availability seeded, ours
 * @property {number} orders of the data that hold the item
 */

/**
 * Reads the shop's products from the data, sorted by item number.
 *
 * @returns {Promise<Product[]>}
 */
export async function loadCatalog() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(QUERY);
    const rows = reader.getRowObjects();
    const outOfStock = pickOutOfStock(rows.map((row) => row.item_id));
    return rows.map((row) => toProduct(row, outOfStock.has(row.item_id)));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function toProduct({ item_id: itemId, title, price, currency, orders }, isOutOfStock) {
  return {
    itemId,
    title: toDisplayTitle(title),
    dataTitle: title,
    price,
    currency,
    category: departmentOf(title),
    url: `/product/${itemId}.html`,
    imageUrl: `/img/${itemId}.svg`,
    availability: isOutOfStock ? 'out_of_stock' : 'in_stock',
    orders,
  };
}

function sqlText(text) {
  return text.replaceAll("'", "''");
}
