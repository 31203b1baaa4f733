import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '../../../../src/train/event-log.js';
import { aShop, type Line } from '../../../support/exports/a-shop.js';
import { anExportFolder, type ExportFolder } from '../../../support/exports/an-export-folder.js';
import { DWELL_MS, GA4_TYPES, ga4Events } from '../../../support/exports/ga4-export.js';
import { shopifyProducts } from '../../../support/exports/shopify-exports.js';

let folder: ExportFolder;
beforeAll(async () => {
  folder = await anExportFolder();
});
afterAll(() => folder.close());

const shop = aShop({ orders: 100 });
const skuOf = ({ variant }: Line) => variant.sku;

/** What a visit leaves: for each line a view, its scroll, its add and its dwell, then what was bought. */
function visitsOf(idOf: (line: Line) => string): string[] {
  return shop.orders
    .filter(({ fate }) => fate !== 'test')
    .map(({ lines, fate }) => {
      const pages = lines.flatMap((line) =>
        ['view_item', 'scroll .9', 'add_to_cart', `dwell ${DWELL_MS}`].map((what) => `${what} ${idOf(line)}`),
      );
      const bought = fate === 'paid' ? lines.map((line) => `purchase ${idOf(line)}`) : [];
      return [...pages, ...bought].join(', ');
    });
}

async function visitsIn(path: string, catalog: Awaited<ReturnType<ExportFolder['catalog']>>['rows'] = []) {
  const { log, summary } = await folder.events(path, { catalog });
  const visits = log.sessionIds.map((_, session) =>
    eventsOf(log, session)
      .map(({ type, itemId, dwellMs, scrollDepthRatio }) => [
        type,
        dwellMs,
        scrollDepthRatio === undefined ? undefined : '.9',
        itemId,
      ])
      .map((parts) => parts.filter((part) => part !== undefined).join(' '))
      .join(', '),
  );
  return { visits, log, summary };
}

describe('GA4’s export to BigQuery', () => {
  it('is read as visits: what is seen, engagement time as dwell of the page it was spent on, scrolls, adds and purchases', async () => {
    const { visits, log, summary } = await visitsIn(await folder.write('events_20260101.ndjson', ga4Events(shop)));
    expect(log.kind).toBe('sessions');
    expect(visits).toEqual(visitsOf(skuOf));
    expect([...summary.formats.values()]).toEqual(['GA4 events from BigQuery']);
    const customers = new Set(shop.orders.filter(({ fate }) => fate !== 'test').map(({ customer }) => customer.id));
    expect(new Set(log.visitors).size).toBe(customers.size);
  });

  it('leaves out tests, refunded orders and orders told twice, and counts what tells of no item', async () => {
    const { summary } = await visitsIn(await folder.write('events_20260101.ndjson', ga4Events(shop)));
    const lines = (kept: (order: (typeof shop.orders)[number]) => boolean) =>
      shop.orders.filter(kept).reduce((sum, order) => sum + order.lines.length, 0);
    const skipped = Object.fromEntries(summary.skipped);
    expect(skipped['of an order that was refunded']).toBeGreaterThanOrEqual(lines(({ fate }) => fate === 'refunded'));
    expect(skipped['of an order that was told before']).toBe(lines(({ fate, number }) => fate === 'paid' && number % 20 === 0));
    expect(skipped['a test (debug_mode)']).toBeGreaterThan(0);
    expect(Object.keys(skipped).find((reason) => reason.includes('page_view'))).toBeDefined();
  });

  it('is the same as Parquet, in either shape of its lists', async () => {
    const ndjson = await folder.write('events.ndjson', ga4Events(shop));
    const typed = `read_json('${ndjson}', format = 'newline_delimited', columns = ${GA4_TYPES})`;
    const plain = join(folder.path, 'plain.parquet');
    const wrapped = join(folder.path, 'wrapped.parquet');
    await folder.connection.run(`COPY (SELECT * FROM ${typed}) TO '${plain}' (FORMAT parquet)`);
    const wrap = (column: string) => `{'list': list_transform(${column}, lambda x: {'element': x})} AS ${column}`;
    const others = 'event_date, event_timestamp, event_name, user_pseudo_id, user_id';
    await folder.connection.run(
      `COPY (SELECT ${others}, ${wrap('event_params')}, ${wrap('items')} FROM ${typed}) TO '${wrapped}' (FORMAT parquet)`,
    );
    for (const path of [plain, wrapped]) expect((await visitsIn(path)).visits).toEqual(visitsOf(skuOf));
  });

  it('names a Shopify item by the number of its variant, as the page does', async () => {
    const idOf = ({ product, variant }: Line) => `shopify_GB_${product.id}_${variant.id}`;
    const { visits } = await visitsIn(await folder.write('shopify.ndjson', ga4Events(shop, { idOf })));
    expect(visits).toEqual(visitsOf(({ variant }) => String(variant.id)));
  });

  it('finds items by their names where the catalogue has other ids', async () => {
    const { rows } = await folder.catalog(await folder.write('products_export.csv', shopifyProducts(shop)));
    const idOf = ({ product, variant }: Line) => `shopify_GB_${product.id}_${variant.id}`;
    const { visits, summary } = await visitsIn(await folder.write('shopify.ndjson', ga4Events(shop, { idOf })), rows);
    expect(visits).toEqual(visitsOf(skuOf));
    expect([...summary.remarks.keys()]).toEqual(['found by their name in the catalogue, for want of an id that it has']);
  });

  it('counts time on another page for no item', async () => {
    const param = (key: string, value: object) => ({ key, value });
    const event = (event_name: string, us: number, { page = '/p', items = [] as object[], ms = 0 } = {}) =>
      JSON.stringify({
        event_name,
        event_timestamp: String(1_767_225_600_000_000 + us * 1_000_000),
        user_pseudo_id: 'a',
        event_params: [
          param('ga_session_id', { int_value: '1' }),
          param('page_location', { string_value: page }),
          ...(ms > 0 ? [param('engagement_time_msec', { int_value: String(ms) })] : []),
        ],
        items,
      });
    const item = [{ item_id: 'cup', item_name: 'Cup' }];
    const rows = [
      event('user_engagement', 0, { page: '/', ms: 500 }),
      event('view_item', 1, { items: item, ms: 100 }),
      event('user_engagement', 3, { ms: 2_000 }),
      event('page_view', 4, { page: '/help', ms: 700 }),
    ];
    const { visits } = await visitsIn(await folder.write('pages.ndjson', rows.join('\n')));
    expect(visits).toEqual(['view_item cup, dwell 2100 cup']);
  });
});
