// A drawn shop's visits as GA4 exports them to BigQuery, a row an event: integers are texts in NDJSON, as `bq extract` writes them.
import { type Line, mulberry, type Order, type Shop, titleOf } from './a-shop.js';

type Param = { readonly key: string; readonly value: Readonly<Record<string, string | number>> };

const int = (key: string, value: number): Param => ({ key, value: { int_value: String(value) } });
const string = (key: string, value: string): Param => ({ key, value: { string_value: value } });

/** Dwell on a product's page in the drawn visits, ms. */
export const DWELL_MS = 9_000;

export interface Ga4Options {
  /** how the layer names an item; default its SKU */
  readonly idOf?: (line: Line) => string;
}

/** One visit an order: session_start, page views, product views with engagement and scroll, adds, checkout, purchase. */
export function ga4Events({ orders }: Shop, { idOf = ({ variant }) => variant.sku }: Ga4Options = {}): string {
  const random = mulberry(7);
  return orders
    .flatMap((order) => visit(order, idOf, random))
    .map((event) => JSON.stringify(event))
    .join('\n');
}

function visit(order: Order, idOf: (line: Line) => string, random: () => number): object[] {
  const { customer, number, lines, fate } = order;
  const events: object[] = [];
  let at = order.at;
  const tell = (
    name: string,
    page: string,
    { items = [], params = [], after = 1_000 }: { items?: object[]; params?: Param[]; after?: number },
  ) => {
    at += after;
    events.push({
      event_date: new Date(at).toISOString().slice(0, 10).replaceAll('-', ''),
      event_timestamp: String(at * 1000 + Math.floor(random() * 900)),
      event_name: name,
      event_params: [
        string('page_location', `https://shop.example${page}`),
        int('ga_session_id', 1_700_000_000 + number),
        int('ga_session_number', 1),
        string('page_title', 'Shop'),
        ...(fate === 'test' ? [int('debug_mode', 1)] : []),
        ...params,
      ],
      event_bundle_sequence_id: String(number),
      user_pseudo_id: `1234.${customer.id}`,
      user_id: customer.email,
      user_properties: [{ key: 'name', value: { string_value: customer.name } }],
      privacy_info: { analytics_storage: 'Yes' },
      device: { category: 'mobile', language: 'en-gb' },
      geo: { city: customer.city, country: 'United Kingdom' },
      ecommerce: name === 'purchase' ? { transaction_id: `T-${number}`, total_item_quantity: String(items.length) } : {},
      items,
    });
  };
  const item = (line: Line, quantity?: number) => ({
    item_id: idOf(line),
    item_name: titleOf(line),
    item_brand: line.product.vendor,
    item_variant: line.variant.options[0] ?? '(not set)',
    item_category: line.product.type,
    price: line.variant.price,
    ...(quantity !== undefined && { quantity: String(quantity) }),
    coupon: '(not set)',
    item_params: [],
  });
  tell('session_start', '/', {});
  tell('page_view', '/', { after: 0 });
  tell('view_item_list', '/', { items: lines.map((line) => item(line)), after: 500 });
  for (const line of lines) {
    const page = `/products/${line.product.handle}`;
    tell('page_view', page, { params: [int('engagement_time_msec', 400)] });
    tell('view_item', page, { items: [item(line)], after: 100 });
    tell('scroll', page, {
      params: [int('percent_scrolled', 90), int('engagement_time_msec', DWELL_MS - 2_000)],
      after: DWELL_MS - 2_000,
    });
    tell('add_to_cart', page, { items: [item(line, line.quantity)], params: [int('engagement_time_msec', 1_500)], after: 1_500 });
    tell('user_engagement', page, { params: [int('engagement_time_msec', 500)], after: 500 });
  }
  tell('begin_checkout', '/checkout', { items: lines.map((line) => item(line, line.quantity)) });
  if (fate !== 'cancelled') {
    const purchase = {
      items: lines.map((line) => item(line, line.quantity)),
      params: [string('transaction_id', `T-${number}`), string('currency', 'GBP')],
    };
    tell('purchase', '/thanks', purchase);
    // A reloaded page tells its order again.
    if (number % 20 === 0) tell('purchase', '/thanks', purchase);
  }
  if (fate === 'refunded') tell('refund', '/', { params: [string('transaction_id', `T-${number}`)], after: 60_000 });
  return events;
}

/** The same as BigQuery's Parquet has it: the table's types, as SQL that reads NDJSON. */
export const GA4_TYPES = `{
  event_date: 'VARCHAR', event_timestamp: 'BIGINT', event_name: 'VARCHAR', user_pseudo_id: 'VARCHAR', user_id: 'VARCHAR',
  event_params: 'STRUCT("key" VARCHAR, "value" STRUCT(string_value VARCHAR, int_value BIGINT, float_value DOUBLE, double_value DOUBLE))[]',
  items: 'STRUCT(item_id VARCHAR, item_name VARCHAR, item_brand VARCHAR, item_variant VARCHAR, item_category VARCHAR, price DOUBLE, quantity BIGINT)[]'
}`;
