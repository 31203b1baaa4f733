// In: Shopify's export of products (Products, Export, CSV), in the columns of either generation. Out: its variants as a catalogue.
import type { DuckDBConnection } from '@duckdb/node-api';
import { matchColumns } from '../match-columns.js';
import type { InputTable } from '../open-table.js';
import {
  type CatalogCollector,
  type CatalogExport,
  createCatalogCollector,
  type FieldOf,
  readFields,
  readId,
  readMoney,
} from './catalog-export.js';
import { pickColumns } from './pick-columns.js';

const OPTIONS = ['Option1 Value', 'Option2 Value', 'Option3 Value'];
const COLUMNS = [
  ['Handle', 'URL handle'],
  ['Title'],
  ['Vendor'],
  ['Product Category'],
  ['Type'],
  ['Published', 'Published on online store'],
  ['Status'],
  ['Variant SKU', 'SKU'],
  ['Variant Barcode', 'Barcode'],
  ['Variant Price', 'Price'],
  ['Variant Inventory Tracker', 'Inventory tracker'],
  ['Variant Inventory Qty', 'Inventory quantity'],
  ['Variant Inventory Policy', 'Continue selling when out of stock'],
  ['Image Src', 'Product image URL'],
  ['Variant Image', 'Variant image URL'],
  ...OPTIONS.map((name) => [name]),
] as const;

/** What a product's first row says of all its variants. */
interface Product {
  readonly handle: string;
  readonly title: string;
  readonly brand: string | undefined;
  readonly category: string | undefined;
  readonly imageUrl: string | undefined;
  readonly isShown: boolean;
}

/**
 * Reads a variant a row: its SKU is its id, or its product's handle where it has none, as the export knows no numbers; the page says both.
 *
 * @throws {TillsideError} `column-missing`, `column-type`, `price-invalid`
 */
export async function shopifyProducts(connection: DuckDBConnection, table: InputTable): Promise<CatalogExport> {
  const { nameOf } = pickColumns(table);
  matchColumns(table, ['Title', nameOf('Handle', 'URL handle'), nameOf('Variant Price', 'Price')]);
  const fields = await readFields(connection, table, COLUMNS);
  const collector = createCatalogCollector();
  let product: Product | undefined;
  for (const [i, field] of fields.entries()) {
    const handle = field('Handle');
    const title = field('Title');
    // Rows of further variants and pictures have the handle and little else; new exports leave even that out.
    if (handle !== undefined && handle !== product?.handle)
      product = title === undefined ? undefined : toProduct(field, { handle, title });
    // A picture's row is no variant's.
    if (field('Variant Price') === undefined && field('Option1 Value') === undefined) continue;
    if (product === undefined) collector.remark('belong to no product with a title: left out');
    else addVariant(collector, product, { field, place: { file: table.file, row: i + 1 } });
  }
  return collector.finish();
}

function toProduct(field: FieldOf, { handle, title }: { handle: string; title: string }): Product {
  const isPublished = field('Published')?.toLowerCase() !== 'false';
  return {
    handle,
    title,
    brand: field('Vendor'),
    category: field('Type') ?? field('Product Category'),
    imageUrl: field('Image Src'),
    isShown: isPublished && (field('Status') ?? 'active').toLowerCase() === 'active',
  };
}

function addVariant(
  collector: CatalogCollector,
  product: Product,
  { field, place }: { field: FieldOf; place: { file: string; row: number } },
): void {
  const { handle, isShown } = product;
  const sku = readId(field('Variant SKU'), { ...place, what: 'Variant SKU' });
  const isSoldOut =
    field('Variant Inventory Tracker') !== undefined && Number(field('Variant Inventory Qty') ?? 1) <= 0 && !isSoldOn(field);
  if (!isShown) collector.remark('are drafts, archived or unpublished: never suggested');
  else if (isSoldOut) collector.remark('are out of stock: not suggested until the next training');
  if (sku === undefined) collector.remark('have no SKU: known by the handle of their product');
  collector.add({
    itemId: sku ?? handle,
    title: sku === undefined ? product.title : withOptions(product.title, field),
    price: readMoney(field('Variant Price'), { ...place, what: 'Variant Price' }).price,
    url: `/products/${handle}`,
    imageUrl: field('Variant Image') ?? product.imageUrl,
    category: product.category,
    brand: product.brand,
    availability: isShown && !isSoldOut ? 'in_stock' : 'out_of_stock',
    variantOf: sku === undefined ? undefined : handle,
    gtin: toBarcode(field('Variant Barcode')),
  });
}

/** Whether it is sold beyond its stock. */
function isSoldOn(field: FieldOf): boolean {
  return ['continue', 'true'].includes(field('Variant Inventory Policy')?.toLowerCase() ?? '');
}

/** A variant as order lines name it: "Lamp - Red / Large". */
function withOptions(title: string, field: FieldOf): string {
  const options = OPTIONS.flatMap((name) => field(name) ?? []).filter((option) => option !== 'Default Title');
  return options.length === 0 ? title : `${title} - ${options.join(' / ')}`;
}

/** A barcode that a spreadsheet has been at is none; nothing hangs on it. */
function toBarcode(text: string | undefined): string | undefined {
  const digits = text?.replace(/^'/, '');
  return digits !== undefined && /^\d{8,14}$/.test(digits) ? digits : undefined;
}
