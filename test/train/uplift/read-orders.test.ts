import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/core/errors.js';
import { readOrders } from '../../../src/train/uplift/read-orders.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-uplift-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string, name = 'orders.csv') {
  const file = join(folder, name);
  await writeFile(file, text);
  return readOrders([file]);
}

async function refusal(text: string, name?: string): Promise<string> {
  const error = await read(text, name).then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  );
  return `${codeOf(error)}: ${error?.message.replace(`${folder}/`, '')}`;
}

const SHOPIFY_HEAD =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Notes,Note Attributes,Cancelled at,Id';

describe("Shopify's export", () => {
  it('is read by its orders, whose fields stand on the first of their lines', async () => {
    const { orders, cancelled } = await read(
      `${SHOPIFY_HEAD}
#1001,ada@example.org,paid,,,GBP,20,3.95,0,23.95,2026-05-01 10:22:33 +0100,2,"Heart, ""white""",5,HEART,Ada,,"gift: yes
tillside_arm: holdout",,551
#1001,ada@example.org,,,,,,,,,,1,Bag,10,BAG,,,,,
#1002,bob@example.org,paid,,,GBP,10,0,0,10.00,2026-05-02 00:00:00 +0100,1,Bag,10,BAG,Bob,,tillside_arm: treatment,,552
#1003,eve@example.org,paid,,,GBP,10,0,0,10.00,2026-05-02 00:00:00 +0100,1,Bag,10,BAG,Eve,,,,553
#1004,eve@example.org,voided,,,GBP,10,0,0,10.00,2026-05-02 00:00:00 +0100,1,Bag,10,BAG,Eve,,tillside_arm: holdout,,554
#1005,eve@example.org,paid,,,GBP,10,0,0,10.00,2026-05-02 00:00:00 +0100,1,Bag,10,BAG,Eve,,tillside_arm: holdout,2026-05-03 10:00:00 +0100,555
`,
    );
    const [currency, night] = ['GBP', Date.UTC(2026, 4, 1, 23)];
    expect(orders).toEqual([
      {
        orderId: '#1001',
        orderedAt: Date.UTC(2026, 4, 1, 9, 22, 33),
        total: 23.95,
        currency,
        arm: 'holdout',
        lines: 2,
        units: 3,
      },
      { orderId: '#1002', orderedAt: night, total: 10, currency, arm: 'treatment', lines: 1, units: 1 },
      { orderId: '#1003', orderedAt: night, total: 10, currency, lines: 1, units: 1 },
    ]);
    expect(cancelled).toBe(2);
    expect(JSON.stringify(orders)).not.toMatch(/example\.org|Ada|Heart/);
  });
});

it('counts an order whose payment is pending at Shopify, where it may still come', async () => {
  const csv =
    'Name,Financial Status,Total,Note Attributes\n#1,pending,5,tillside_arm: holdout\n#2,expired,5,tillside_arm: holdout\n';
  expect((await read(csv)).orders).toMatchObject([{ orderId: '#1' }]);
  const rest = [{ name: '#1', financial_status: 'pending', total_price: '5.00' }];
  expect((await read(JSON.stringify(rest), 'orders.json')).orders).toHaveLength(1);
});

describe("WooCommerce's orders", () => {
  it('are read as its REST API answers, in the meta of the order', async () => {
    const order = (id: number, key: string, value: string, more = {}) => ({
      ...{
        id,
        number: String(id),
        status: 'completed',
        currency: 'EUR',
        total: '12.50',
        date_created_gmt: '2026-05-01T10:00:00',
      },
      ...{
        billing: { email: 'ada@example.org' },
        meta_data: [
          { key: '_other', value: [] },
          { key, value },
        ],
      },
      ...{
        line_items: [
          { product_id: 1, quantity: 2 },
          { product_id: 2, quantity: 1 },
        ],
        ...more,
      },
    });
    const page = [
      order(1, 'tillside_arm', 'holdout'),
      order(2, '_tillside_arm', 'treatment'),
      order(3, 'x', 'y', { status: 'failed' }),
      order(4, 'tillside_arm', 'holdout', { status: 'pending' }),
    ];
    const { orders, cancelled } = await read(JSON.stringify(page), 'orders.json');
    expect(cancelled).toBe(2);
    expect(orders).toMatchObject([
      { orderId: '1', arm: 'holdout', total: 12.5, currency: 'EUR', units: 3, lines: 2, orderedAt: Date.UTC(2026, 4, 1, 10) },
      { orderId: '2', arm: 'treatment' },
    ]);
    expect(orders).toHaveLength(2);
    expect((await read(page.map((each) => JSON.stringify(each)).join('\n'), 'orders.ndjson')).orders).toEqual(orders);
    expect((await read(JSON.stringify({ orders: page }), 'page.json')).orders).toEqual(orders);
    // as docs/exports.md saves them: a page a line, the last one empty
    const pages = [page.slice(0, 1), page.slice(1), []].map((each) => JSON.stringify(each)).join('\n');
    expect((await read(pages, 'pages.json')).orders).toEqual(orders);
  });

  it('are read as an export plugin writes them, with a row a line', async () => {
    const { orders } = await read(
      `\uFEFFOrder Number;Order Status;Order Date;Order Total;Order Currency;Quantity;meta:tillside_arm\r
17;wc-completed;2026-05-01 10:00;1,234.50;EUR;1;holdout\r
17;wc-completed;2026-05-01 10:00;1,234.50;EUR;4;holdout\r
18;wc-cancelled;2026-05-01 10:00;5;EUR;4;holdout\r
`,
    );
    expect(orders).toEqual([
      { orderId: '17', orderedAt: Date.UTC(2026, 4, 1, 10), total: 1234.5, currency: 'EUR', arm: 'holdout', lines: 2, units: 5 },
    ]);
  });
});

describe('a table of the shop’s own', () => {
  it('needs order_id, arm and total', async () => {
    const { orders } = await read('order_id,arm,total\n1,Treatment,£12.50\n2,holdout,0\n3,,5\n4,<b>both</b>,5\n');
    expect(orders).toEqual([
      { orderId: '1', total: 12.5, currency: '', arm: 'treatment' },
      { orderId: '2', total: 0, currency: '', arm: 'holdout' },
      { orderId: '3', total: 5, currency: '' },
      { orderId: '4', total: 5, currency: '' },
    ]);
  });

  it('tells units by items, and dates in ISO or epoch', async () => {
    const { orders } = await read(
      'order_id,arm,total,items,date\n1,holdout,5,3,2026-05-01\n2,holdout,5,1,1777593600\n3,holdout,5,1,1777593600000\n',
    );
    const orderedAt = Date.UTC(2026, 4, 1);
    expect(orders.map(({ units, orderedAt: at }) => [units, at])).toEqual([
      [3, orderedAt],
      [1, orderedAt],
      [1, orderedAt],
    ]);
  });

  it('may come in several files, and counts an order in two of them once', async () => {
    await writeFile(join(folder, 'a.csv'), 'order_id,arm,total\n1,holdout,5\n2,holdout,5\n');
    await writeFile(join(folder, 'b.csv'), 'order_id,arm,total\n2,holdout,5\n3,holdout,5\n');
    const { orders, repeated } = await readOrders([join(folder, '*.csv')]);
    expect([orders.map(({ orderId }) => orderId), repeated]).toEqual([['1', '2', '3'], 1]);
  });
});

describe('a malformed export names file, row and remedy', () => {
  it.each([
    [
      'order_id,arm,total\n1,holdout,"12,50"\n',
      'input-invalid: orders.csv, row 2: the total is no amount ("12,50"). Write amounts with a decimal point, as 12.50.',
    ],
    [
      'order_id,arm,total\n1,holdout,5\n2,holdout,-3\n',
      'input-invalid: orders.csv, row 3: the total is no amount ("-3"). Write amounts with a decimal point, as 12.50.',
    ],
    [
      'order_id,arm,total,date\n1,holdout,5,01/05/2026\n',
      'input-invalid: orders.csv, row 2: the date is none ("01/05/2026"). Write dates as 2026-05-01 or 2026-05-01 10:22:33 +0100.',
    ],
    [
      'order_id,arm,total,items\n1,holdout,5,two\n',
      'input-invalid: orders.csv, row 2: the quantity is no number ("two"). Write a number, as 2.',
    ],
    [
      'order_id,arm,total\n,holdout,5\n',
      'input-invalid: orders.csv, row 2: the order has no number (""). Export it with its order number.',
    ],
    ['order_id,arm,total\n1,"holdout,5\n', 'input-invalid: orders.csv, row 2: a quote is opened or closed in the wrong place'],
    ['order_id,arm,total\n1,holdout,5,6\n', 'input-invalid: orders.csv, row 2 has 4 cells and the header 3.'],
    ['order_id,arm,total\n', 'input-empty: orders.csv holds no orders.'],
    ['', 'input-empty: orders.csv is empty (0 bytes).'],
    [
      'order_id,arm\n1,holdout\n',
      'column-missing: orders.csv has no column for the total. It has: order_id, arm. Name it total.',
    ],
    [
      'order_id,total\n1,5\n',
      'column-missing: orders.csv has no column for the arm. It has: order_id, total. Shopify\'s orders export has it in "Note Attributes"',
    ],
    ['[{"id": 1, "total": "x"}]', 'input-invalid: orders.csv, order 1: the total is no amount ("x").'],
    ['[1]', 'input-invalid: orders.csv: order 1 is no object.'],
    ['{"id": 1,', 'input-invalid: orders.csv is no JSON:'],
    ['{"id": 1, "total": 5}\n{', 'input-invalid: orders.csv, row 2 is no JSON:'],
  ])('%j', async (text, message) => expect(await refusal(text)).toContain(message));

  it('a file that is not there', async () => {
    await expect(readOrders([join(folder, 'none.csv')])).rejects.toMatchObject({ code: 'input-missing' });
  });
});
