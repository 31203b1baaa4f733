// In: GA4's export to BigQuery (tables events_YYYYMMDD as NDJSON or Parquet). Out: how to read what it says of items. Nothing of users is read.
import { type EventSource, type QueryColumn, selectColumns, typeNumber } from '../event-source.js';
import { matchColumns } from '../match-columns.js';
import { toIdentifier, toLiteral } from '../open-duckdb.js';
import type { InputColumn, InputTable } from '../open-table.js';
import { hashed, mangled } from './order-lines.js';
import { pickColumns } from './pick-columns.js';

const REQUIRED = ['event_name', 'event_timestamp', 'event_params', 'items', 'user_pseudo_id'];

/** GA4 events that name the items they are about; lists and carts that are merely shown say nothing of one. */
const ITEM_EVENTS = ['view_item', 'select_item', 'add_to_cart', 'remove_from_cart', 'add_to_wishlist', 'purchase'] as const;

const LABELS = {
  session_id: 'ga_session_id',
  item_id: 'item_id',
  occurred_at: 'event_timestamp',
  quantity: 'quantity',
  price: 'price',
};

/**
 * Reads item events by GA4's item_id, and the engagement time and scrolls between a product's view and the next as that product's dwell and depth.
 *
 * @throws {TillsideError} `column-missing`
 */
export function ga4Events(table: InputTable): EventSource {
  const columns = matchColumns(table, REQUIRED);
  const json = (name: string) => jsonOf(columns.get(name) as InputColumn);
  const { text } = pickColumns(table);
  const sql = `WITH raw AS (
      SELECT row_number() OVER () AS nth, ${text('event_name')} AS name, ${text('event_timestamp')} AS stamp, ${text('user_pseudo_id')} AS device,
        ${json('event_params')} AS params, CAST(json_extract(${json('items')}, '$[*]') AS VARCHAR[]) AS items FROM ${table.relation}),
    split AS (SELECT *, CAST(json_extract_string(params, '$[*].key') AS VARCHAR[]) AS keys,
      CAST(json_extract(params, '$[*].value') AS VARCHAR[]) AS vals FROM raw),
    said AS MATERIALIZED (SELECT nth, name, device, TRY_CAST(stamp AS BIGINT) AS us, stamp, items, ${PARAMS}, ${TEST} AS test FROM split),
    seen AS (SELECT *, device || '.' || visit AS session,
      last_value(CASE WHEN ${IS_VIEW} THEN nth END IGNORE NULLS) OVER visits AS view FROM said
      WINDOW visits AS (PARTITION BY device, visit ORDER BY us, nth ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)),
    refunds AS (SELECT DISTINCT "order" FROM said WHERE name = 'refund' AND "order" IS NOT NULL),
    bought AS (SELECT "order", min(nth) AS nth FROM said WHERE name = 'purchase' AND "order" IS NOT NULL GROUP BY "order")
    SELECT * FROM (${itemRows()} UNION ALL ${timeRows()} UNION ALL ${scrollRows()} UNION ALL ${otherRows()}) ORDER BY "row", place`;
  return { sql, labels: LABELS, expectedTime: 'microseconds since 1970', isExport: true, isWhole: false };
}

/** A page that shows one product: what else the event lists is a bundle or a widget. */
const IS_VIEW = `name = 'view_item' AND len(items) = 1`;

const PARAMS = [
  ['visit', 'ga_session_id'],
  ['page', 'page_location'],
  ['engaged', 'engagement_time_msec'],
  ['"order"', 'transaction_id'],
  ['scrolled', 'percent_scrolled'],
  ['currency', 'currency'],
  ['debug', 'debug_mode'],
  ['traffic', 'traffic_type'],
]
  .map(([name, key]) => `${param(key as string)} AS ${name}`)
  .join(', ');

/** A parameter's value, of whatever type it is; GA4 writes "(not set)" for none. */
function param(key: string): string {
  const value = `vals[list_position(keys, ${toLiteral(key)})]`;
  const typed = ['string_value', 'int_value', 'float_value', 'double_value'].map((type) => `${value} ->> '$.${type}'`);
  return `nullif(coalesce(${typed.join(', ')}), '(not set)')`;
}

/** Why an event is not a shopper's. */
const TEST = `CASE WHEN lower(debug) IN ('1', 'true') THEN 'a test (debug_mode)' WHEN traffic = 'internal' THEN 'internal traffic' END`;

/** Nested values as JSON: text in NDJSON, lists in Parquet, which BigQuery may wrap as `list[].element`. */
function jsonOf({ name, type }: InputColumn): string {
  const column = toIdentifier(name);
  if (type === 'VARCHAR') return `CASE WHEN json_valid(${column}) THEN ${column} END`;
  const json = `to_json(${column})::VARCHAR`;
  return !type.endsWith('[]') ? `to_json(json_extract(${json}, '$.list[*].element'))::VARCHAR` : json;
}

type Columns = { readonly [C in QueryColumn]?: string };

/** @param place orders the rows of one event */
function rows(columns: Columns, from: string, place = '0'): string {
  const time = 'us / 1000.0';
  const shared = {
    sessionId: hashed('session'),
    visitorId: hashed('device'),
    occurredAt: time,
    occurredAtText: `CASE WHEN us IS NULL OR us < 1e14 THEN stamp END`,
    row: 'nth::DOUBLE',
  };
  return `SELECT ${selectColumns({ ...shared, ...columns })}, ${place} AS place FROM ${from}`;
}

function itemRows(): string {
  const type = ITEM_EVENTS.map((name) => `WHEN ${toLiteral(name)} THEN ${typeNumber(name)}`).join(' ');
  const number = (key: string) => `TRY_CAST(item ->> '$.${key}' AS DOUBLE)`;
  const from = `(SELECT s.*, unnest(s.items) AS item, generate_subscripts(s.items, 1) AS place, r."order" IS NOT NULL AS refunded, b.nth IS NOT NULL AND b.nth <> s.nth AS repeated FROM seen s
      LEFT JOIN refunds r ON r."order" = s."order" LEFT JOIN bought b ON s.name = 'purchase' AND b."order" = s."order"
      WHERE s.name IN (${ITEM_EVENTS.map(toLiteral).join(', ')}))`;
  return rows(
    {
      ...ids(),
      type: `(CASE name ${type} END)::INTEGER`,
      quantity: number('quantity'),
      price: number('price'),
      title: itemField('item_name'),
      currency: 'upper(currency)',
      unused: `coalesce(test, CASE WHEN name = 'purchase' AND refunded THEN 'of an order that was refunded'
        WHEN repeated THEN 'of an order that was told before' END)`,
    },
    from,
    'place',
  );
}

/** The ids as `page/adapters/ga4-messages.ts` reads them: a variant that is one, and the numbers in shopify_GB_<product>_<variant>. */
function ids(): Columns {
  const [id, variant] = [itemField('item_id'), itemField('item_variant')];
  const isId = `regexp_matches(${variant}, '^\\d{6,}$') OR (length(${variant}) > length(${id}) AND starts_with(${variant}, ${id}))`;
  const part = (group: number) => `nullif(regexp_extract(${id}, '(?i)^shopify_[A-Z]{2}_(\\d+)_(\\d+)$', ${group}), '')`;
  return {
    itemId: `coalesce(${part(2)}, CASE WHEN ${id} IS NOT NULL AND (${isId}) THEN ${variant} END, ${id})`,
    otherId: id,
    productId: part(1),
    mangledId: mangled(id),
  };
}

/** Engagement time belongs to the page on which GA4 sends it. */
const ON_ITS_PAGE = `seen s JOIN said v ON v.nth = s.view WHERE v.page IS NOT DISTINCT FROM s.page`;

function timeRows(): string {
  const from = `(SELECT s.view, max(s.us) AS us, max(s.stamp) AS stamp, max(s.nth) AS nth, any_value(s.session) AS session, any_value(s.device) AS device, any_value(s.test) AS test,
      sum(TRY_CAST(s.engaged AS DOUBLE)) AS engaged, any_value(v.items[1]) AS item FROM ${ON_ITS_PAGE}
      AND TRY_CAST(s.engaged AS DOUBLE) > 0 AND s.us >= 1e14 GROUP BY s.view)`;
  return rows({ ...ids(), type: typeNumber('dwell'), dwellMs: 'engaged', title: itemField('item_name'), unused: 'test' }, from);
}

function scrollRows(): string {
  const from = `(SELECT s.* EXCLUDE (items), v.items[1] AS item, TRY_CAST(s.scrolled AS DOUBLE) / 100 AS depth FROM ${ON_ITS_PAGE}
      AND s.name = 'scroll' AND TRY_CAST(s.scrolled AS DOUBLE) BETWEEN 0 AND 100)`;
  return rows(
    { ...ids(), type: typeNumber('scroll'), scrollDepthRatio: 'depth', title: itemField('item_name'), unused: 'test' },
    from,
  );
}

/** All other events, so that they are counted. */
function otherRows(): string {
  const isItems = `name IN (${ITEM_EVENTS.map(toLiteral).join(', ')}) AND len(items) > 0`;
  return rows(
    { unused: `'of a kind that tells of no one item (page_view, session_start, view_item_list …)'` },
    `seen WHERE NOT coalesce(${isItems}, false)`,
  );
}

function itemField(key: string): string {
  return `nullif(nullif(trim(item ->> '$.${key}'), ''), '(not set)')`;
}
