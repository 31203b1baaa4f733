import { TillsideError } from '../../core/errors.js';
import { isLost } from '../lost-orders.js';
import { ARM_NAME, type OrderRecord } from './order-columns.js';

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/**
 * Reads the orders of a JSON file: a list, `{"orders": […]}` or a list or an order a line, as WooCommerce's and Shopify's REST APIs answer.
 *
 * @throws {TillsideError} `input-invalid` naming file and order
 */
export function jsonRecords(file: string, text: string): OrderRecord[] {
  const parsed = parse(file, text);
  const orders = isJson(parsed) && Array.isArray(parsed['orders']) ? parsed['orders'] : [parsed].flat(2);
  return orders.map((order: unknown, i) => {
    if (isJson(order)) return toRecord(order, `order ${i + 1}`);
    throw new TillsideError(
      'input-invalid',
      `${file}: order ${i + 1} is no object. Save the answer of the orders' REST API as it is.`,
    );
  });
}

function parse(file: string, text: string): unknown {
  const body = text.replace(/^\uFEFF/, '').trim();
  try {
    return JSON.parse(body);
  } catch (cause) {
    const lines = body.split('\n');
    if (lines.length === 1)
      throw new TillsideError('input-invalid', `${file} is no JSON: ${(cause as Error).message}. Export it again.`, cause);
    return lines.flatMap((line, i) => (line.trim() ? [parseLine(file, line, i + 1)] : []));
  }
}

function parseLine(file: string, line: string, row: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new TillsideError(
      'input-invalid',
      `${file}, row ${row} is no JSON: ${(cause as Error).message}. Export it again.`,
      cause,
    );
  }
}

function toRecord(order: Json, row: string): OrderRecord {
  const items = listOf(order['line_items']);
  const noted = [...listOf(order['note_attributes']), ...listOf(order['meta_data'])];
  const note = noted.find(({ name, key }) => [ARM_NAME, `_${ARM_NAME}`].includes(String(name ?? key)));
  const units = items.reduce((sum, { quantity }) => sum + Number(quantity ?? 1), 0);
  return {
    row,
    orderId: order['number'] ?? order['name'] ?? order['order_id'] ?? order['id'],
    orderedAt: order['date_created_gmt'] ?? order['created_at'] ?? order['date_created'] ?? order['ordered_at'],
    total: order['total'] ?? order['total_price'],
    currency: order['currency'],
    arm: note?.['value'] ?? order[ARM_NAME] ?? order['arm'],
    isLost:
      isLost(order['financial_status'], 'shopify') || isLost(order['status'], 'woocommerce') || Boolean(order['cancelled_at']),
    units: items.length ? units : (order['units'] ?? order['items']),
    ...(items.length > 0 && { lines: items.length }),
  };
}
