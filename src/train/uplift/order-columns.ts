import { TillsideError } from '../../core/errors.js';
import { isLost } from '../lost-orders.js';
import { readNoteAttributes } from './read-values.js';

/** What the cart and the order call the arm: `ORDER_ATTRIBUTE` of the page. */
export const ARM_NAME = 'tillside_arm';

/** A row of an export, as it is written there. */
export interface OrderRecord {
  /** `row 12`, or `order 12` where there are no rows */
  readonly row: string;
  readonly orderId: unknown;
  readonly orderedAt: unknown;
  readonly total: unknown;
  readonly currency: unknown;
  readonly arm: unknown;
  /** cancelled, failed, refunded or never paid */
  readonly isLost: boolean;
  /** of this row */
  readonly units: unknown;
  /** different items of the order, where one record holds all of it */
  readonly lines?: number;
}

type Field = Exclude<keyof OrderRecord, 'row' | 'lines' | 'isLost'> | 'notes' | 'shopifyStatus' | 'status' | 'cancelledAt';

/** Where each field stands in a CSV file; absent: nowhere. */
export type Columns = Readonly<Partial<Record<Field, number>>>;

/** What exports call each field, the first that is there counts: Shopify's, WooCommerce's by its usual export plugins, and plain words. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  orderId: ['order_id', 'order_number', 'order number', 'name', 'order', 'id'],
  orderedAt: ['created at', 'order date', 'date_created_gmt', 'date_created', 'ordered_at', 'occurred_at', 'date'],
  total: ['total', 'order total', 'order total amount', 'total_price', 'order_total_amount', 'revenue', 'value'],
  currency: ['currency', 'order currency', 'currency_code'],
  arm: [ARM_NAME, `meta:${ARM_NAME}`, `meta: ${ARM_NAME}`, `_${ARM_NAME}`, 'arm', 'group'],
  notes: ['note attributes', 'note_attributes'],
  shopifyStatus: ['financial status'],
  status: ['order status', 'status'],
  cancelledAt: ['cancelled at', 'cancelled_at'],
  units: ['lineitem quantity', 'item quantity', 'quantity', 'units', 'items', 'item_quantity', 'total items', 'item count'],
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9:]/g, '');

/**
 * Finds the columns of a CSV file.
 *
 * @throws {TillsideError} `column-missing`
 */
export function csvColumns(file: string, names: readonly string[]): Columns {
  const places = new Map(names.map((name, i) => [plain(name), i]));
  const columns: Partial<Record<Field, number>> = {};
  for (const [field, known] of Object.entries(NAMES) as [Field, readonly string[]][]) {
    const found = known.map((name) => places.get(plain(name))).find((place) => place !== undefined);
    if (found !== undefined) columns[field] = found;
  }
  const needed: readonly (readonly [isThere: boolean, what: string, remedy: string])[] = [
    [columns.orderId !== undefined, 'order number', 'Name it order_id'],
    [columns.total !== undefined, 'total', 'Name it total'],
    [
      columns.arm !== undefined || columns.notes !== undefined,
      'arm',
      `Shopify's orders export has it in "Note Attributes"; with WooCommerce, add the order meta ${ARM_NAME} to the export; in a table of your own, name it arm`,
    ],
  ];
  for (const [isThere, what, remedy] of needed) {
    if (!isThere)
      throw new TillsideError(
        'column-missing',
        `${file} has no column for the ${what}. It has: ${names.slice(0, 30).join(', ')}. ${remedy}.`,
      );
  }
  return columns;
}

/** Reads what a row says. */
export function recordOf(columns: Columns, row: number, cells: readonly string[]): OrderRecord {
  const cell = (field: Field): string | undefined => {
    const place = columns[field];
    return place === undefined ? undefined : cells[place];
  };
  return {
    row: `row ${row}`,
    orderId: cell('orderId'),
    orderedAt: cell('orderedAt'),
    total: cell('total'),
    currency: cell('currency'),
    arm: cell('arm') ?? readNoteAttributes(cell('notes'), ARM_NAME),
    isLost: isLost(cell('shopifyStatus'), 'shopify') || isLost(cell('status'), 'woocommerce') || Boolean(cell('cancelledAt')),
    units: cell('units'),
  };
}
