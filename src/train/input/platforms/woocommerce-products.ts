// In: WooCommerce's own export of products (Products, Export, CSV). Out: its products and variations as a catalogue.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Availability } from '../../../core/domain/item.js';
import type { InputTable } from '../open-table.js';
import { matchColumns } from '../match-columns.js';
import {
  type CatalogCollector,
  type CatalogExport,
  createCatalogCollector,
  type FieldOf,
  readFields,
  readId,
  readMoney,
} from './catalog-export.js';

const CSV_COLUMNS = [
  ['ID'],
  ['Type'],
  ['SKU'],
  ['GTIN, UPC, EAN, or ISBN'],
  ['Name'],
  ['Published'],
  ['Visibility in catalog'],
  ['In stock?'],
  ['Backorders allowed?'],
  ['Sale price'],
  ['Regular price'],
  ['Categories'],
  ['Images'],
  ['Parent'],
  ['Cross-sells'],
  ['Brands'],
] as const;

/** Reads WooCommerce's CSV (Products, Export). @throws {TillsideError} `column-missing`, `column-type`, `price-invalid` */
export async function woocommerceProductsCsv(connection: DuckDBConnection, table: InputTable): Promise<CatalogExport> {
  matchColumns(table, ['ID', 'Type', 'SKU', 'Name', 'Regular price']);
  const fields = await readFields(connection, table, CSV_COLUMNS);
  const collector = createCatalogCollector();
  const idOfSku = new Map(fields.map((field) => [field('SKU'), field('ID')]));
  const parents = new Map(fields.map((field) => [field('ID'), field]));
  /** `id:12`, or the SKU of another product */
  const toId = (text: string | undefined) => /^id:(\d+)$/i.exec(text ?? '')?.[1] ?? idOfSku.get(text);
  for (const [i, field] of fields.entries()) {
    const place = (what: string) => ({ file: table.file, row: i + 1, what });
    const itemId = readId(field('ID'), place('ID'));
    const parentId = toId(field('Parent'));
    const parent = parentId === undefined ? undefined : parents.get(parentId);
    const inherited: FieldOf = (name) => field(name) ?? parent?.(name);
    if (itemId === undefined || !isItem(collector, field('Type') ?? 'simple')) continue;
    const isShown =
      field('Published') === '1' && (parent?.('Published') ?? '1') === '1' && inherited('Visibility in catalog') !== 'hidden';
    if (!isShown) collector.remark('are drafts, private or hidden: never suggested');
    collector.add({
      itemId,
      title: field('Name') ?? itemId,
      ...readMoney(field('Sale price') ?? field('Regular price'), place('Regular price')),
      // WordPress leads from here to the product's own address.
      url: `/?post_type=product&p=${parentId ?? itemId}`,
      imageUrl: inherited('Images')?.split(',')[0]?.trim(),
      category: deepest(inherited('Categories')),
      brand: inherited('Brands')?.split(',')[0]?.trim(),
      availability: isShown ? stockOf(field('In stock?'), field('Backorders allowed?')) : 'out_of_stock',
      variantOf: parentId,
      sku: readId(field('SKU'), place('SKU')),
      gtin: field('GTIN, UPC, EAN, or ISBN'),
      accessories: toIds(inherited('Cross-sells'), toId),
    });
  }
  return collector.finish();
}

/** A product that is only the sum of its variations is not bought itself; nor is a group of products. */
export function isItem(collector: CatalogCollector, type: string): boolean {
  if (!/\b(variable|grouped|external)\b/.test(type)) return true;
  collector.remark('are variable, grouped or sold elsewhere: their variations and parts stand for them');
  return false;
}

/** Of `Home, Home > Lamps` the category with the most levels. */
function deepest(categories: string | undefined): string | undefined {
  const levels = (category: string) => category.split('>').length;
  return categories
    ?.split(/(?<!\\),/)
    .map((category) => category.trim())
    .reduce((best, next) => (levels(next) > levels(best) ? next : best));
}

/** `0` and `1`, or what blocks and plug-ins write. */
export function stockOf(inStock: string | undefined, backorders: string | undefined): Availability {
  if (inStock === undefined || /^(1|yes|true|instock)$/i.test(inStock)) return 'in_stock';
  return /^(1|yes|notify|backorder)$/i.test(backorders ?? '') || /backorder/i.test(inStock) ? 'backorder' : 'out_of_stock';
}

export function toIds(text: string | undefined, toId: (text: string) => string | undefined): readonly string[] | undefined {
  const ids = text?.split(',').flatMap((part) => toId(part.trim()) || []) ?? [];
  return ids.length === 0 ? undefined : ids;
}
