// In: a Google Merchant feed: RSS or Atom with g: elements, or a table (TSV, CSV). Out: its products as a catalogue.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Availability } from '../../../core/domain/item.js';
import { matchColumns } from '../match-columns.js';
import type { InputTable } from '../open-table.js';
import { type CatalogExport, createCatalogCollector, type FieldOf, readFields, readId, readMoney } from './catalog-export.js';
import { readXmlItems } from './xml-items.js';

const ATTRIBUTES = [
  'id',
  'title',
  'link',
  'image_link',
  'availability',
  'price',
  'sale_price',
  'item_group_id',
  'gtin',
  'mpn',
  'brand',
  'product_type',
  'google_product_category',
];
const REQUIRED = ['id', 'title', 'link', 'price'];

const AVAILABILITY: Readonly<Record<string, Availability>> = {
  instock: 'in_stock',
  outofstock: 'out_of_stock',
  preorder: 'preorder',
  backorder: 'backorder',
};

/** Reads a feed that is a table; names may have g: before them. @throws {TillsideError} `column-missing`, `column-type`, `price-invalid` */
export async function merchantTable(connection: DuckDBConnection, table: InputTable): Promise<CatalogExport> {
  const bare = { ...table, columns: table.columns.map((column) => ({ ...column, name: column.name.replace(/^g:/i, '') })) };
  matchColumns(bare, REQUIRED);
  const fields = await readFields(
    connection,
    table,
    ATTRIBUTES.map((name) => [name, `g:${name}`]),
  );
  const collector = createCatalogCollector();
  for (const [i, field] of fields.entries()) addProduct(collector, field, { file: table.file, row: i + 1 });
  return collector.finish();
}

/** Reads a feed that is XML. @throws {TillsideError} `input-invalid`, `column-type`, `price-invalid` */
export async function merchantXml(file: string): Promise<CatalogExport> {
  const collector = createCatalogCollector();
  let row = 0;
  for await (const { texts } of readXmlItems(file)) addProduct(collector, (name = '') => texts.get(name), { file, row: ++row });
  return collector.finish();
}

function addProduct(
  collector: ReturnType<typeof createCatalogCollector>,
  field: FieldOf,
  place: { file: string; row: number },
): void {
  const id = readId(field('id'), { ...place, what: 'id' });
  if (id === undefined) {
    collector.remark('have no id: left out');
    return;
  }
  // Google's channels write a Shopify product as shopify_GB_<product>_<variant>, a WooCommerce one as gla_<number>: the page says the numbers.
  const [, product, variant] = /^shopify_[a-z]{2}_(\d+)_(\d+)$/i.exec(id) ?? [];
  const itemId = variant ?? /^(?:gla|woocommerce_gpf)_(\d+)$/.exec(id)?.[1] ?? id;
  const sku = itemId === id ? field('mpn') : (field('mpn') ?? id);
  const group = product ?? field('item_group_id')?.replace(/^(?:gla|woocommerce_gpf)_/, '');
  collector.add({
    itemId,
    title: field('title') ?? itemId,
    ...readMoney(field('sale_price') ?? field('price'), { ...place, what: 'price' }),
    url: field('link'),
    imageUrl: field('image_link'),
    category: field('product_type') ?? field('google_product_category'),
    brand: field('brand'),
    availability:
      AVAILABILITY[
        field('availability')
          ?.toLowerCase()
          .replaceAll(/[^a-z]/g, '') ?? ''
      ],
    variantOf: group === itemId ? undefined : group,
    sku,
    gtin: field('gtin'),
  });
}
