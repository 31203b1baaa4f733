import type { DuckDBConnection } from '@duckdb/node-api';
import { TillsideError } from '../../../core/errors.js';
import type { CatalogRow } from '../../event-log.js';
import { type InputTable, readOrExplain } from '../open-table.js';
import { pickColumns } from './pick-columns.js';

/** What a platform's export of products says, and what of it cannot be used. */
export interface CatalogExport {
  readonly rows: readonly CatalogRow[];
  /** rows by what became of them, in words */
  readonly remarks: ReadonlyMap<string, number>;
}

/** Collects the rows of an export; of two with one id the first stays. */
export interface CatalogCollector {
  add(row: Unsure<CatalogRow>): void;
  remark(what: string): void;
  finish(): CatalogExport;
}

/** A row of which some fields may not be known. */
export type Unsure<T extends CatalogRow> = { readonly [K in keyof T]?: T[K] | undefined } & Pick<T, 'itemId' | 'title'>;

export function createCatalogCollector(): CatalogCollector {
  const rows = new Map<string, CatalogRow>();
  const remarks = new Map<string, number>();
  const remark = (what: string) => remarks.set(what, (remarks.get(what) ?? 0) + 1);
  return {
    remark,
    add(row) {
      if (rows.has(row.itemId)) return remark('have an id that an earlier row has: left out');
      rows.set(
        row.itemId,
        Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as CatalogRow,
      );
    },
    finish: () => ({ rows: [...rows.values()], remarks }),
  };
}

/** Text of one column of a row, by the names that it may go by. */
export type FieldOf = (...names: readonly string[]) => string | undefined;

/** Reads the rows of an export of products, in the order of the file. @param groups names of each column that is needed */
export async function readFields(
  connection: DuckDBConnection,
  table: InputTable,
  groups: readonly (readonly string[])[],
): Promise<FieldOf[]> {
  const { text } = pickColumns(table);
  const sql = `SELECT ${groups.map((names) => text(...names)).join(', ')} FROM ${table.relation}`;
  const rows = await readOrExplain(table.file, async () => (await connection.run(sql)).getRows());
  const places = new Map(groups.map(([name], place) => [name, place]));
  return rows.map((row) => (name) => (row[places.get(name) as number] as string | null) ?? undefined);
}

const MONEY = /^(?:([A-Za-z]{3})\s*)?\p{Sc}?\s*(\d[\d.,\s]*?)\s*\p{Sc}?\s*([A-Za-z]{3})?$/u;

/** Reads `12.50`, `12,50`, `15,550.00 RUB`, `GBP 12.50`. @throws {TillsideError} `price-invalid` */
export function readMoney(
  text: string | undefined,
  { file, row, what }: { file: string; row: number; what: string },
): { readonly price?: number; readonly currency?: string } {
  if (text === undefined) return {};
  const [, before, digits, behind] = MONEY.exec(text) ?? [];
  const price = digits === undefined ? Number.NaN : Number(toPlain(digits));
  if (!Number.isFinite(price)) {
    throw new TillsideError(
      'price-invalid',
      `${file}, row ${row}: ${what} is ${JSON.stringify(text)}, which is no price such as 12.50. Correct it in the shop, and export again.`,
    );
  }
  const currency = (before ?? behind)?.toUpperCase();
  return { price, ...(currency !== undefined && { currency }) };
}

/** The last mark parts the decimals, unless it parts thousands: `1,299`. */
function toPlain(digits: string): string {
  const bare = digits.replaceAll(/\s/g, '');
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  const isThousands = last >= 0 && bare[last] === ',' && bare.length - last === 4;
  if (last < 0 || isThousands) return bare.replaceAll(/[.,]/g, '');
  return `${bare.slice(0, last).replaceAll(/[.,]/g, '')}.${bare.slice(last + 1)}`;
}

/** What a spreadsheet makes of a long number. */
const E_NOTATION = /^\d(?:[.,]\d+)?E\+\d+$/i;

/** An id without the apostrophe by which exports keep spreadsheets off it. @throws {TillsideError} `column-type` where one has been at it */
export function readId(
  text: string | undefined,
  { file, row, what }: { file: string; row: number; what: string },
): string | undefined {
  const id = text?.replace(/^'/, '').trim();
  if (id === undefined || id === '') return undefined;
  if (!E_NOTATION.test(id)) return id;
  throw new TillsideError(
    'column-type',
    `${file}, row ${row}: ${what} is "${id}": a spreadsheet has rewritten it. Export again, and do not open and save the file in one.`,
  );
}
