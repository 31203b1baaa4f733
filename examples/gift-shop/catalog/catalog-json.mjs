import { loadCatalog } from './catalog.mjs';
import { departments } from './departments.mjs';

/**
 * Creates a Vite plugin that emits `catalog.json`, what an app shows of each product, most ordered first:
 * `[itemId, title, price, department's index, is in stock]`.
 */
export function catalogJson() {
  return {
    name: 'catalog-json',
    async generateBundle() {
      const products = (await loadCatalog()).sort((a, b) => b.orders - a.orders);
      const indexOf = new Map(departments.map(({ name }, index) => [name, index]));
      const rows = products.map(({ itemId, title, price, category, availability }) => [
        itemId,
        title,
        price,
        indexOf.get(category),
        Number(availability === 'in_stock'),
      ]);
      this.emitFile({ type: 'asset', fileName: 'catalog.json', source: JSON.stringify({ departments, products: rows }) });
    },
  };
}
