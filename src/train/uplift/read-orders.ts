// In: files of orders as Shopify, WooCommerce or a shop's own table has them. Out: the orders, without anything of the shopper. Node.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TillsideError } from '../../core/errors.js';
import type { Order, OrderExport } from './order.js';
import { parseCsv } from './parse-csv.js';
import { jsonRecords } from './json-records.js';
import { type Columns, csvColumns, type OrderRecord, recordOf } from './order-columns.js';
import { readAmount, readArm, readDate } from './read-values.js';

const MAX_SHOWN = 60;

/**
 * Reads orders: CSV with a row an order or a row a line, or JSON as the REST APIs answer.
 *
 * @throws {TillsideError} `input-missing`, `input-empty`, `column-missing`, `input-invalid` naming file, row and remedy
 */
export async function readOrders(patterns: readonly string[]): Promise<OrderExport> {
  const merged = new Map<string, Order>();
  let cancelled = 0;
  let repeated = 0;
  for (const file of await findFiles(patterns)) {
    const orders = new OrderTable(file);
    for (const record of recordsOf(file, await readText(file))) orders.add(record);
    for (const order of orders.finish()) {
      if (merged.has(order.orderId)) repeated++;
      else merged.set(order.orderId, order);
    }
    cancelled += orders.cancelled;
  }
  return { orders: [...merged.values()], cancelled, repeated };
}

async function findFiles(patterns: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const pattern of patterns) {
    const isFile = (await stat(pattern).catch(() => undefined))?.isFile();
    const found = isFile ? [pattern] : await expand(pattern);
    if (found.length === 0)
      throw new TillsideError(
        'input-missing',
        `No file matches ${pattern}. Check the path, and quote a pattern so the shell does not expand it.`,
      );
    files.push(...found);
  }
  return [...new Set(files)];
}

/** The files of a folder whose names fit a pattern with `*` in it. */
async function expand(pattern: string): Promise<string[]> {
  const folder = dirname(pattern);
  const wanted = new RegExp(
    `^${basename(pattern)
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
  );
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && wanted.test(entry.name)).map(({ name }) => name);
  return names.sort().map((name) => join(folder, name));
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  if (bytes.length === 0) throw new TillsideError('input-empty', `${file} is empty (0 bytes). Export the orders again.`);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new TillsideError('input-invalid', `${file} is compressed. Unpack it first: gunzip ${file}.`);
  return bytes.toString('utf8');
}

function* recordsOf(file: string, text: string): Generator<OrderRecord> {
  if (/^\uFEFF?\s*[[{]/.test(text)) {
    yield* jsonRecords(file, text);
    return;
  }
  const { names, rows } = parseCsv(file, text);
  const columns: Columns = csvColumns(file, names);
  for (const { row, cells } of rows) yield recordOf(columns, row, cells);
}

/** The orders of one file, put together from their rows. */
class OrderTable {
  /** known once it is finished */
  cancelled = 0;
  readonly #file: string;
  readonly #found = new Map<string, { first: OrderRecord; rows: number; units: number | undefined }>();

  constructor(file: string) {
    this.#file = file;
  }

  add(record: OrderRecord): void {
    const orderId = String(record.orderId ?? '').trim();
    if (!orderId) throw this.#wrong(record, ['the order has no number', record.orderId, 'Export it with its order number.']);
    const units = record.units === undefined || record.units === '' ? undefined : Number(record.units);
    if (units !== undefined && !(units >= 0))
      throw this.#wrong(record, ['the quantity is no number', record.units, 'Write a number, as 2.']);
    const known = this.#found.get(orderId);
    if (known) {
      known.rows++;
      if (units !== undefined) known.units = (known.units ?? 0) + units;
      return;
    }
    this.#found.set(orderId, { first: record, rows: 1, units });
  }

  finish(): Order[] {
    if (this.#found.size === 0)
      throw new TillsideError('input-empty', `${this.#file} holds no orders. Export the orders of the whole test.`);
    const isByLine = [...this.#found.values()].some(({ rows }) => rows > 1);
    return [...this.#found].flatMap(([orderId, { first, rows, units }]): Order[] => {
      if (first.isLost) {
        this.cancelled++;
        return [];
      }
      const lines = first.lines ?? (isByLine ? rows : undefined);
      return [
        { ...this.#valuesOf(first), orderId, ...(lines !== undefined && { lines }), ...(units !== undefined && { units }) },
      ];
    });
  }

  #valuesOf(record: OrderRecord): Pick<Order, 'total' | 'currency' | 'orderedAt' | 'arm'> {
    const total = readAmount(record.total);
    if (!(total >= 0))
      throw this.#wrong(record, ['the total is no amount', record.total, 'Write amounts with a decimal point, as 12.50.']);
    const isDated = record.orderedAt !== undefined && record.orderedAt !== '';
    const orderedAt = readDate(record.orderedAt);
    if (isDated && Number.isNaN(orderedAt))
      throw this.#wrong(record, [
        'the date is none',
        record.orderedAt,
        'Write dates as 2026-05-01 or 2026-05-01 10:22:33 +0100.',
      ]);
    const arm = readArm(record.arm);
    const currency = String(record.currency ?? '')
      .trim()
      .toUpperCase();
    return { total, currency, ...(isDated && { orderedAt }), ...(arm && { arm }) };
  }

  #wrong({ row }: OrderRecord, [what, seen, remedy]: readonly [what: string, seen: unknown, remedy: string]): TillsideError {
    const shown = JSON.stringify(seen ?? '').slice(0, MAX_SHOWN);
    return new TillsideError('input-invalid', `${this.#file}, ${row}: ${what} (${shown}). ${remedy}`);
  }
}
