// In: products and variations as WooCommerce's REST API (wc/v3) answers them. Out: a catalogue.
import type { DuckDBConnection } from '@duckdb/node-api';
import { matchColumns } from '../match-columns.js';
import type { InputTable } from '../open-table.js';
import { type CatalogExport, createCatalogCollector, type FieldOf, readFields, readMoney } from './catalog-export.js';
import { isItem, stockOf, toIds } from './woocommerce-products.js';

const JSON_KEYS = [
  'id',
  'type',
  'sku',
  'global_unique_id',
  'name',
  'parent_id',
  'status',
  'catalog_visibility',
  'stock_status',
  'price',
  'permalink',
  'categories',
  'brands',
  'images',
  'image',
  'attributes',
  'cross_sell_ids',
  'variations',
].map((name) => [name]);

/** Reads products and variations of the REST API, in one file or in several. @throws {TillsideError} `column-missing`, `price-invalid` */
export async function woocommerceProductsJson(connection: DuckDBConnection, table: InputTable): Promise<CatalogExport> {
  matchColumns(table, ['id', 'name']);
  const fields = await readFields(connection, table, JSON_KEYS);
  const collector = createCatalogCollector();
  const parents = new Map(fields.map((field) => [field('id'), field]));
  const parentOf = new Map(fields.flatMap((field) => idsIn(field('variations')).map((id) => [id, field('id')])));
  const withVariations = new Set(fields.map((field) => field('parent_id') ?? parentOf.get(field('id') ?? '')));
  for (const [i, field] of fields.entries()) {
    const place = { file: table.file, row: i + 1, what: 'price' };
    const itemId = field('id');
    const stated = field('parent_id') ?? parentOf.get(itemId ?? '');
    const parentId = stated === '0' ? undefined : stated;
    const parent = parentId === undefined ? undefined : parents.get(parentId);
    const inherited: FieldOf = (name) => emptyAsUnknown(field(name)) ?? emptyAsUnknown(parent?.(name));
    if (itemId === undefined) continue;
    // A variable product whose variations are not here stands for them.
    const isWhole = field('type') === 'variable' && !withVariations.has(itemId);
    if (!isWhole && !isItem(collector, field('type') ?? 'simple')) continue;
    const isShown =
      (field('status') ?? 'publish') === 'publish' &&
      (parent?.('status') ?? 'publish') === 'publish' &&
      field('catalog_visibility') !== 'hidden';
    if (!isShown) collector.remark('are drafts, private or hidden: never suggested');
    collector.add({
      itemId,
      title: titleOf(field, parent),
      ...readMoney(field('price'), place),
      url: field('permalink'),
      imageUrl: textAt(field('image'), ['src']) ?? textAt(inherited('images'), [0, 'src']),
      category: textAt(inherited('categories'), [0, 'name']),
      brand: textAt(inherited('brands'), [0, 'name']),
      availability: isShown ? stockOf(field('stock_status'), undefined) : 'out_of_stock',
      variantOf: parentId,
      sku: field('sku'),
      gtin: field('global_unique_id'),
      accessories: toIds(idsIn(inherited('cross_sell_ids')).join(), (id) => id),
    });
  }
  return collector.finish();
}

/** Reads `[12, 34]`. */
function idsIn(list: string | undefined): string[] {
  return (list ?? '').match(/\d+/g) ?? [];
}

function emptyAsUnknown(text: string | undefined): string | undefined {
  return text === '[]' || text === 'null' ? undefined : text;
}

/** A variation is called by its options alone in some versions: "Red", not "Lamp - Red". */
function titleOf(field: FieldOf, parent: FieldOf | undefined): string {
  const name = field('name') ?? field('id') ?? '';
  const product = parent?.('name');
  return decode(product === undefined || name.startsWith(product) ? name : `${product} - ${name}`);
}

/** WordPress writes `&amp;` into JSON. */
function decode(text: string): string {
  return text
    .replaceAll(/&(?:amp|#0?38);/g, '&')
    .replaceAll(/&#0?39;|&#8217;/g, '’')
    .replaceAll('&quot;', '"');
}

function textAt(json: string | undefined, path: readonly (string | number)[]): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json ?? 'null');
  } catch {
    return undefined; // not JSON: a plug-in's own text
  }
  for (const key of path) value = (value as Record<string | number, unknown> | null | undefined)?.[key];
  return typeof value === 'string' && value !== '' ? decode(value) : undefined;
}
