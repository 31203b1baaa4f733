// In: where a platform's export keeps an order's fields. Out: the SQL that reads its lines as purchases. Whoever ordered is a hash within it.
import { type EventSource, selectColumns, typeNumber } from '../event-source.js';
import { toLiteral } from '../open-duckdb.js';

/** What is read of an export of orders, each as SQL over `relation`; null where the export has none. One row is one line. */
export interface OrderLines {
  /** goes after FROM; its rows are numbered in `nth` */
  readonly relation: string;
  readonly order: string;
  /** of the order: a line may leave them out if another has them */
  readonly status: string;
  readonly cancelledAt?: string;
  readonly isTest?: string;
  /** whatever is one person's: a customer's number, an e-mail */
  readonly visitor: string;
  readonly time: string;
  readonly currency: string;
  /** of the line */
  readonly itemId: string;
  readonly otherId?: string;
  readonly productId?: string;
  readonly name: string;
  readonly quantity: string;
  readonly price: string;
  /** statuses of orders that came to nothing, lower case */
  readonly failed: readonly string[];
}

/** A name stands in for an id only if this many customers ordered it: a custom item may be named after one. */
const LEAST_CUSTOMERS = 5;
/** What a spreadsheet makes of long numbers. */
const E_NOTATION = '^\\d([.,]\\d+)?[eE]\\+\\d+$';

/** @param labels what the file calls its columns, by ours */
export function orderSource(lines: OrderLines, labels: EventSource['labels']): EventSource {
  return { sql: orderSql(lines), labels, expectedTime: 'a time such as 2026-01-31 10:00:00', isExport: true, isWhole: true };
}

function orderSql(lines: OrderLines): string {
  const written = 'coalesce(l.time, o.time)';
  const time = toEpochMs(written);
  const quantity = toNumber('l.quantity');
  const price = toNumber('l.price');
  const unreadable = (value: string, text: string) => `CASE WHEN (${value}) IS NULL THEN ${text} END`;
  const selected = selectColumns({
    sessionId: hashed('l."order"'),
    itemId: 'l.item_id',
    type: typeNumber('purchase'),
    visitorId: hashed('lower(o.visitor)'),
    occurredAt: time,
    occurredAtText: unreadable(time, written),
    quantity,
    quantityText: unreadable(quantity, 'l.quantity'),
    price,
    priceText: unreadable(price, 'l.price'),
    mangledId: mangled('l.item_id'),
    otherId: 'l.other_id',
    productId: 'l.product_id',
    title: 'l.name',
    fallbackId: 'n.handle',
    currency: 'upper(o.currency)',
    leftOut: leftOut(lines),
    unused: `CASE WHEN ${quantity} <= 0 THEN 'returned: a quantity of 0 or less' END`,
    row: 'l.nth::DOUBLE',
  });
  return `WITH lines AS MATERIALIZED (${lineSql(lines)}),
    orders AS (SELECT "order", max(status) AS status, max(cancelled) AS cancelled, bool_or(test) AS test, max(visitor) AS visitor,
      max(currency) AS currency, min(time) AS time FROM lines GROUP BY "order"),
    names AS (SELECT ${toHandle('l.name')} AS handle, l.name AS name FROM lines l JOIN orders o USING ("order") WHERE l.item_id IS NULL
      GROUP BY ALL HAVING count(DISTINCT coalesce(o.visitor, l."order")) >= ${LEAST_CUSTOMERS})
    SELECT ${selected} FROM lines l LEFT JOIN orders o USING ("order") LEFT JOIN names n ON n.name = l.name ORDER BY l.nth`;
}

function lineSql(lines: OrderLines): string {
  const { relation, order, status, cancelledAt = 'NULL', isTest = 'false', visitor, time, currency } = lines;
  const { itemId, otherId = 'NULL', productId = 'NULL', name, quantity, price } = lines;
  return `SELECT nth, ${order} AS "order", ${status} AS status, ${cancelledAt} AS cancelled, ${isTest} AS test, ${visitor} AS visitor, ${time} AS time,
    ${currency} AS currency, (${itemId})::VARCHAR AS item_id, (${otherId})::VARCHAR AS other_id,
    (${productId})::VARCHAR AS product_id, ${name} AS name, ${quantity} AS quantity,
    ${price} AS price FROM ${relation}`;
}

/** An id where a spreadsheet has rewritten it. */
export function mangled(id: string): string {
  return `CASE WHEN regexp_matches(${id}, ${toLiteral(E_NOTATION)}) THEN ${id} END`;
}

/** What tells one from another and no more: a number that is never written. */
export function hashed(text: string): string {
  return `CASE WHEN ${text} IS NOT NULL THEN hash(${text})::VARCHAR END`;
}

/** Why an order is left out; its status goes into the reason as the shop has it. */
function leftOut({ failed }: OrderLines): string {
  const status = `regexp_replace(lower(o.status), '^wc-', '')`;
  return `CASE WHEN o.cancelled IS NOT NULL THEN 'cancelled' WHEN o.test THEN 'test order'
    WHEN ${status} IN (${failed.map(toLiteral).join(', ')}) THEN ${status} END`;
}

/** Epoch ms of `2026-01-31 10:00:00 +0100`, ISO 8601 and what lies between; without a zone it is UTC. */
export function toEpochMs(text: string): string {
  const offset = `regexp_replace(regexp_replace(${text}, '\\s*(UTC|GMT|Z)$', ''), '\\s*([+-]\\d\\d):?(\\d\\d)$', '\\1:\\2')`;
  return `epoch_ms(TRY_CAST(CASE WHEN regexp_matches(${text}, '^\\d{4}-\\d\\d-\\d\\d[T ]\\d') THEN ${offset}
    WHEN regexp_matches(${text}, '^\\d{4}-\\d\\d-\\d\\d$') THEN ${text} END AS TIMESTAMPTZ))::DOUBLE`;
}

/** A number that may have a decimal comma, or a currency before or behind it. */
export function toNumber(text: string): string {
  const bare = `regexp_replace(${text}, '^[^\\d.,-]+|[^\\d.,]+$', '', 'g')`;
  const value = `TRY_CAST(CASE WHEN regexp_matches(${bare}, '^-?\\d+,\\d{1,2}$') THEN replace(${bare}, ',', '.')
    WHEN regexp_matches(${bare}, '^-?\\d{1,3}(,\\d{3})+(\\.\\d+)?$') THEN replace(${bare}, ',', '') ELSE ${bare} END AS DOUBLE)`;
  return `CASE WHEN isfinite(${value}) THEN ${value} END`;
}

/** The handle that a shop makes of a product's name; what a variant adds after " - " is cut. */
function toHandle(name: string): string {
  return `trim(regexp_replace(lower(strip_accents(regexp_replace(${name}, ' - .*$', ''))), '[^\\p{L}\\p{N}]+', '-', 'g'), '-')`;
}
