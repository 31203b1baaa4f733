import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CARTS = 400;
const LINES_PER_CART = 5;
const GROUPS = 8;
const ITEMS_PER_GROUP = 6;
const HOUR_MS = 3_600_000;
const FIRST_ORDER = Date.UTC(2026, 0, 5);

const idOf = (group: number, place: number) => `SKU-${group * ITEMS_PER_GROUP + (place % ITEMS_PER_GROUP)}`;

/** Writes a small shop's `orders.csv`, `products.csv` and `carts.ndjson`: who buys from a group buys its other items too. */
export function writeOrders(folder: string): void {
  const write = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  const orders = Array.from({ length: CARTS }, (_, cart) => {
    const occurredAt = new Date(FIRST_ORDER + cart * HOUR_MS).toISOString();
    const line = (_: unknown, i: number) =>
      `cart-${cart},${idOf(cart % GROUPS, cart * 7 + i * 5)},purchase,${occurredAt},shopper-${cart},1`;
    return Array.from({ length: LINES_PER_CART }, line).join('\n');
  });
  write('orders.csv', ['session_id,item_id,type,occurred_at,visitor_id,quantity', ...orders]);
  const products = Array.from({ length: GROUPS * ITEMS_PER_GROUP }, (_, i) => `SKU-${i},Thing ${i},${4 + (i % 9)}.50,EUR`);
  write('products.csv', ['item_id,title,price,currency', ...products]);
  const cart = {
    id: 'today',
    events: [{ item_id: idOf(2, 0), type: 'add_to_cart', occurred_at: FIRST_ORDER + CARTS * HOUR_MS }],
  };
  write('carts.ndjson', [JSON.stringify(cart)]);
}
