// In: WooCommerce's orders, as the REST API (wc/v3) or an export plug-in writes them. Out: how to read their lines.
import { TillsideError } from '../../../core/errors.js';
import { LOST_STATES } from '../../lost-orders.js';
import type { EventSource } from '../event-source.js';
import { toIdentifier, toLiteral } from '../open-duckdb.js';
import type { InputTable } from '../open-table.js';
import { type OrderLines, orderSource } from './order-lines.js';
import { numbered, pickColumns } from './pick-columns.js';

const ORDER = ['order_id', 'order_number', 'id', 'number'];
const TIME = ['order_date', 'date_created_gmt', 'date_created', 'date'];
const CUSTOMER = ['customer_id', 'customer_user', 'Customer User ID'];
const EMAIL = ['billing_email', 'customer_email', 'Email (Billing)', 'email'];
const STATUS = ['order_status', 'status'];
const CURRENCY = ['order_currency', 'currency'];
const SKU = ['item_sku', 'sku', 'product_sku'];
const PRODUCT = ['item_product_id', 'product_id'];
const VARIATION = ['item_variation_id', 'variation_id'];
const NAME = ['item_name', 'product_name'];
const QUANTITY = ['item_quantity', 'Quantity (- Refund)', 'quantity', 'qty'];
const PRICE = ['item_price', 'item_cost', 'price'];

/** The REST API's line items and a plug-in's JSON cell. Only these keys are read. */
const LINE_KEYS = ['product_id', 'variation_id', 'sku', 'name', 'quantity', 'price'];

/** Whether a file has orders of the REST API, or rows or cells of a plug-in's. */
export function isWooCommerceOrders({ columns }: Pick<InputTable, 'columns'>): boolean {
  const { has } = pickColumns({ columns });
  const hasOrders = has(...ORDER) && has(...TIME) && has(...STATUS);
  return hasOrders && (has('line_items', 'line_item_1') || (has(...NAME) && has(...SKU, ...PRODUCT)));
}

/** Reads lines by WooCommerce's own number, the variation's where there is one, and by SKU. @throws {TillsideError} `column-missing` */
export function woocommerceOrders(table: InputTable): EventSource {
  const { has, text, nameOf } = pickColumns(table);
  for (const names of [ORDER, TIME, STATUS]) if (!has(...names)) throw missing(table, names);
  const labels = {
    session_id: nameOf(...ORDER),
    occurred_at: nameOf(...TIME),
    item_id: 'product number or SKU',
    quantity: nameOf(...QUANTITY),
  };
  const order = {
    order: `coalesce(${text(...ORDER)})`,
    status: text(...STATUS),
    visitor: `coalesce(nullif(${text(...CUSTOMER)}, '0'), ${emailOf(table)})`,
    time: has('date_created_gmt') ? `coalesce(${text('date_created_gmt')} || 'Z', ${text(...TIME)})` : text(...TIME),
    currency: text(...CURRENCY),
    failed: LOST_STATES.woocommerce,
  };
  const numberedTable = numbered(table.relation);
  if (has('line_items')) return orderSource({ ...order, ...cellLines(numberedTable, text('line_items')) }, labels);
  const cells = table.columns.filter(({ name }) => /^line_item_\d+$/i.test(name)).map(({ name }) => toIdentifier(name));
  if (cells.length > 0) {
    const joined = `concat_ws(';', ${cells.map((cell) => `nullif(${cell}, '')`).join(', ')})`;
    return orderSource({ ...order, ...cellLines(numberedTable, joined) }, labels);
  }
  for (const names of [NAME, [...SKU, ...PRODUCT]]) if (!has(...names)) throw missing(table, names);
  return orderSource(
    {
      ...order,
      relation: numberedTable,
      itemId: itemIdOf(text(...VARIATION), text(...PRODUCT), text(...SKU)),
      otherId: text(...SKU),
      productId: text(...PRODUCT),
      name: text(...NAME),
      quantity: text(...QUANTITY),
      price: text(...PRICE),
    },
    labels,
  );
}

/** The REST API keeps the e-mail in `billing`. */
function emailOf(table: InputTable): string {
  const { has, text } = pickColumns(table);
  const inBilling = has('billing')
    ? `CASE WHEN json_valid(${text('billing')}) THEN ${text('billing')} ->> '$.email' END`
    : 'NULL';
  return `coalesce(${text(...EMAIL)}, nullif(${inBilling}, ''))`;
}

/** WooCommerce writes 0 for "no variation". */
function itemIdOf(variation: string, product: string, sku: string): string {
  return `coalesce(nullif(${variation}, '0'), nullif(${product}, '0'), ${sku})`;
}

/** Lines that stand in one cell: JSON, or `name:Cup|product_id:7|sku:C|quantity:1|total:9.00;name:…`. */
function cellLines(
  relation: string,
  cell: string,
): Omit<OrderLines, 'order' | 'status' | 'visitor' | 'time' | 'currency' | 'failed'> {
  const written = (key: string) => `nullif(regexp_extract(entry, '(?:^|\\|)${key}:([^|]*)', 1), '')`;
  const inJson = (key: string) => `nullif(entry ->> '$.${key}', '')`;
  const isJson = `starts_with(entry, '{')`;
  const keyed = (key: string) => `CASE WHEN ${isJson} THEN ${inJson(key)} ELSE ${written(key)} END`;
  const total = toDouble(written('total'));
  const each = LINE_KEYS.map((key) =>
    key === 'price'
      ? `CASE WHEN ${isJson} THEN ${inJson('price')} ELSE coalesce(${written('price')}, (${total} / nullif(${toDouble(written('quantity'))}, 0))::VARCHAR) END AS line_price`
      : `${keyed(key)} AS line_${key}`,
  );
  return {
    relation: `(SELECT *, ${each.join(', ')} FROM (SELECT *, unnest(${splitCell(cell)}) AS entry FROM ${relation}))`,
    itemId: itemIdOf('line_variation_id', 'line_product_id', 'line_sku'),
    otherId: 'line_sku',
    productId: 'line_product_id',
    name: 'line_name',
    quantity: 'line_quantity',
    price: 'line_price',
  };
}

/** DuckDB's patterns have no lookahead: the marks between entries are made characters that no cell has. */
function splitCell(cell: string): string {
  const marked = `regexp_replace(${cell}, ';\\s*((?:id|name|product_id|sku):)', ${toLiteral('\u001e')} || '\\1', 'g')`;
  return `CASE WHEN starts_with(${cell}, '[') AND json_valid(${cell}) THEN CAST(json_extract(${cell}, '$[*]') AS VARCHAR[])
    ELSE string_split(${marked}, ${toLiteral('\u001e')}) END`;
}

function toDouble(text: string): string {
  return `TRY_CAST(${text} AS DOUBLE)`;
}

function missing({ file, columns }: InputTable, names: readonly string[]): TillsideError {
  return new TillsideError(
    'column-missing',
    `${file} has none of the columns ${names.join(', ')}. It has: ${columns.map(({ name }) => name).join(', ')}. Tick one of them in the export.`,
  );
}
