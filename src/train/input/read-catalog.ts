import type { DuckDBConnection } from '@duckdb/node-api';
import type { Availability } from '../../core/domain/item.js';
import { TillsideError } from '../../core/errors.js';
import type { CatalogRow } from '../event-log.js';
import { findFiles } from './find-files.js';
import { type MatchedColumns, matchColumns } from './match-columns.js';
import { toIdentifier } from './open-duckdb.js';
import { type InputTable, openTable, readOrExplain } from './open-table.js';
import { detectCatalog } from './platforms/detect-format.js';
import type { CatalogExport } from './platforms/catalog-export.js';
import type { Platform } from './platforms/export-formats.js';
import { merchantXml } from './platforms/merchant-feed.js';

const CATALOG_COLUMNS = ['item_id', 'title', 'price'] as const;
const OPTIONAL_COLUMNS = [
  'currency', // --currency may name it
  'category',
  'brand',
  'url',
  'image_url',
  'availability',
  'margin',
  'variant_of',
  'sku',
  'gtin',
  'accessories',
  'accessory_for',
] as const;
/** Other names of a column, most of them schema.org's. */
const ALIASES: Readonly<Partial<Record<Column, readonly string[]>>> = {
  accessories: ['related', 'related_items', 'is_related_to', 'isrelatedto'],
  accessory_for: ['is_accessory_or_spare_part_for', 'isaccessoryorsparepartfor', 'is_consumable_for', 'isconsumablefor'],
};
type Column = (typeof CATALOG_COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];

const AVAILABILITY: Readonly<Record<string, Availability>> = {
  instock: 'in_stock',
  outofstock: 'out_of_stock',
  soldout: 'out_of_stock',
  discontinued: 'out_of_stock',
  preorder: 'preorder',
  backorder: 'backorder',
};

/** Where a row of a catalogue stands, 1-based below the header. */
interface Place {
  readonly file: string;
  readonly row: number;
}

/** How a catalogue is read. */
export interface CatalogContext {
  /** platforms that the files are said to be of */
  readonly asked?: readonly Platform[];
  /** is told which format was found, and what of it is not used */
  readonly note?: (text: string) => void;
}

/**
 * Reads a shop's catalogue in tillside's columns or a platform's, in the order of the file.
 *
 * @throws {TillsideError} `input-missing`, `input-empty`, `input-invalid`, `column-missing`, `column-type`, `catalog-duplicate`, `price-invalid`
 */
export async function readCatalog(
  connection: DuckDBConnection,
  pattern: string,
  { asked, note = () => {} }: CatalogContext = {},
): Promise<CatalogRow[]> {
  const files = await findFiles(connection, pattern);
  const isXml = (file: string) => /\.(?:xml|rss|atom)(?:\.gz)?$/i.test(file);
  const tables = await Promise.all(files.filter((file) => !isXml(file)).map((file) => openTable(connection, file)));
  const formats = tables.map((table) => detectCatalog(table, asked));
  const own = tables.filter((_, i) => formats[i] === undefined);
  const catalog = await readOwn(connection, own);
  for (const format of new Set(formats)) {
    // products and their variations may stand in files of their own
    const theirs = tables.filter((_, i) => format !== undefined && formats[i] === format);
    if (format === undefined) continue;
    catalog.push(
      ...noted(await format.read(connection, joinTables(theirs)), {
        title: format.title,
        files: theirs.map(({ file }) => file),
        note,
      }),
    );
  }
  for (const file of files.filter(isXml))
    catalog.push(...noted(await merchantXml(file), { title: 'a Google Merchant feed', files: [file], note }));
  if (catalog.length === 0)
    throw new TillsideError('input-empty', `${pattern} has no rows below its header. Export the catalog again.`);
  return catalog;
}

function noted(
  { rows, remarks }: CatalogExport,
  { title, files, note }: { title: string; files: readonly string[]; note: (text: string) => void },
): readonly CatalogRow[] {
  const count = (value: number) => value.toLocaleString('en');
  const lines = [...remarks].map(([what, rowCount]) => `  ${count(rowCount)} ${what}`);
  note([`${files.join(', ')}: ${title}, ${count(rows.length)} items`, ...lines].join('\n'));
  return rows;
}

/** Several files of one format as one table, whichever columns each has. */
function joinTables(tables: readonly InputTable[]): InputTable {
  const [first] = tables as readonly [InputTable, ...InputTable[]];
  if (tables.length === 1) return first;
  const columns = new Map(tables.flatMap((table) => table.columns).map((column) => [column.name, column]));
  const relation = `(${tables.map((table) => `SELECT * FROM ${table.relation}`).join(' UNION ALL BY NAME ')})`;
  return { file: tables.map(({ file }) => file).join(', '), columns: [...columns.values()], relation };
}

async function readOwn(connection: DuckDBConnection, tables: readonly InputTable[]): Promise<CatalogRow[]> {
  const catalog: CatalogRow[] = [];
  const places = new Map<string, Place>();
  for (const table of tables) {
    const rows = await readTexts(connection, table);
    for (const [i, values] of rows.entries()) {
      const place = { file: table.file, row: i + 1 };
      const parsed = parseRow(values, place);
      assertUnique(places, parsed.itemId, place);
      catalog.push(parsed);
    }
  }
  return catalog;
}

type Values = Readonly<Partial<Record<Column, string>>>;

async function readTexts(connection: DuckDBConnection, table: InputTable): Promise<Values[]> {
  const matched = matchColumns(table, CATALOG_COLUMNS);
  const names: Column[] = [...CATALOG_COLUMNS, ...OPTIONAL_COLUMNS];
  const sql = `SELECT ${names.map((name) => textOf(name, matched)).join(', ')} FROM ${table.relation}`;
  const rows = await readOrExplain(table.file, async () => (await connection.run(sql)).getRows());
  return rows.map((row) => Object.fromEntries(names.flatMap((name, i) => (row[i] === null ? [] : [[name, row[i]]]))) as Values);
}

function textOf(name: Column, matched: MatchedColumns): string {
  const column = [name, ...(ALIASES[name] ?? [])].map((each) => matched.get(each)).find((each) => each !== undefined);
  return column === undefined ? 'NULL' : `nullif(trim(CAST(${toIdentifier(column.name)} AS VARCHAR)), '')`;
}

function parseRow(values: Values, place: Place): CatalogRow {
  const itemId = values.item_id;
  if (itemId === undefined)
    throw new TillsideError('input-invalid', `${toText(place)}: item_id is empty. Give every item its id.`);
  const price = toNumber(values.price, place, itemId);
  const margin = values.margin === undefined ? undefined : Number(values.margin);
  const availability = toAvailability(values.availability);
  return {
    itemId,
    title: values.title ?? itemId,
    ...(price !== undefined && { price }),
    ...(values.currency !== undefined && { currency: values.currency.toUpperCase() }),
    ...(values.category !== undefined && { category: values.category }),
    ...(values.brand !== undefined && { brand: values.brand }),
    ...(values.url !== undefined && { url: values.url }),
    ...(values.image_url !== undefined && { imageUrl: values.image_url }),
    ...(availability !== undefined && { availability }),
    ...(values.variant_of !== undefined && { variantOf: values.variant_of }),
    ...(values.sku !== undefined && { sku: values.sku }),
    ...(values.gtin !== undefined && { gtin: values.gtin }),
    ...(margin !== undefined && Number.isFinite(margin) && { margin }),
    ...(values.accessories !== undefined && { accessories: toIds(values.accessories) }),
    ...(values.accessory_for !== undefined && { accessoryFor: toIds(values.accessory_for) }),
  };
}

/** Reads `a, b`, `a|b`, `a;b`, `["a","b"]` and DuckDB's `[a, b]`. */
function toIds(text: string): string[] {
  return text
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/[,;|]/)
    .map((id) => id.trim().replace(/^["'](.*)["']$/, '$1'))
    .filter((id) => id !== '');
}

function toNumber(text: string | undefined, place: Place, itemId: string): number | undefined {
  if (text === undefined) return undefined;
  const price = Number(text);
  if (Number.isFinite(price) && price >= 0) return price;
  throw new TillsideError(
    'price-invalid',
    `${toText(place)}: the price of item ${itemId} is ${JSON.stringify(text)}. Write a plain number in major units (12.50), or leave it empty if it is unknown.`,
  );
}

/** Reads `in_stock`, `In Stock`, `https://schema.org/InStock`; what it does not know is unknown. */
function toAvailability(text: string | undefined): Availability | undefined {
  return AVAILABILITY[
    text
      ?.split('/')
      .pop()
      ?.toLowerCase()
      .replaceAll(/[^a-z]/g, '') ?? ''
  ];
}

function assertUnique(places: Map<string, Place>, itemId: string, place: Place): void {
  const earlier = places.get(itemId);
  if (earlier !== undefined) {
    throw new TillsideError(
      'catalog-duplicate',
      `${toText(place)}: item_id ${itemId} was already given in ${earlier.file === place.file ? '' : `${earlier.file}, `}row ${earlier.row}. Keep one row an item.`,
    );
  }
  places.set(itemId, place);
}

function toText({ file, row }: Place): string {
  return `${file}, row ${row}`;
}
