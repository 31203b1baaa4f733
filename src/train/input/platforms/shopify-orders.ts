// In: Shopify's export of orders (Orders, Export, CSV): one row a line, the order's fields on its first row only. Out: how to read it.
import { LOST_STATES } from '../../lost-orders.js';
import type { EventSource } from '../event-source.js';
import { matchColumns } from '../match-columns.js';
import type { InputTable } from '../open-table.js';
import { orderSource } from './order-lines.js';
import { numbered, pickColumns } from './pick-columns.js';

const REQUIRED = ['Name', 'Created at', 'Lineitem name', 'Lineitem sku'];

/**
 * Reads lines by SKU: the export has neither variant numbers nor handles, and the page says the SKU beside both.
 *
 * @throws {TillsideError} `column-missing`
 */
export function shopifyOrders(table: InputTable): EventSource {
  matchColumns(table, REQUIRED);
  const { text } = pickColumns(table);
  return orderSource(
    {
      relation: numbered(table.relation),
      order: text('Name'),
      status: text('Financial Status'),
      cancelledAt: text('Cancelled at'),
      // Shopify's gateway for tests is called bogus; some shops tag their tests.
      isTest: `coalesce(regexp_matches(lower(${text('Payment Method')}), 'bogus') OR regexp_matches(lower(${text('Tags')}), '(^|, *)test(-order)?(,|$)'), false)`,
      visitor: text('Email', 'Phone'),
      time: text('Created at'),
      currency: text('Currency'),
      itemId: `ltrim(${text('Lineitem sku')}, '''')`,
      name: text('Lineitem name'),
      quantity: text('Lineitem quantity'),
      price: text('Lineitem price'),
      failed: LOST_STATES.shopify,
    },
    {
      session_id: 'Name',
      item_id: 'Lineitem sku',
      occurred_at: 'Created at',
      quantity: 'Lineitem quantity',
      price: 'Lineitem price',
    },
  );
}
