/** The columns of tillside's catalogue that this shop fills. */
export const CATALOG_COLUMNS = ['item_id', 'title', 'price', 'currency', 'category', 'url', 'image_url', 'availability'];

/**
 * Writes products as the catalogue CSV that `tillside train --catalog` reads.
 *
 * @param {import('./catalog.mjs').Product[]} products
 */
export function toCatalogCsv(products) {
  const rows = products.map((product) => [
    product.itemId,
    product.title,
    product.price,
    product.currency,
    product.category,
    product.url,
    product.imageUrl,
    product.availability,
  ]);
  return [CATALOG_COLUMNS, ...rows].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

function quoted(cell) {
  return `"${String(cell).replaceAll('"', '""')}"`;
}
