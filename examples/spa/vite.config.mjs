// Builds the app into dist/ with the shop's products beside it as catalog.json.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { departments } from '../gift-shop/catalog/departments.mjs';
import { loadCatalog } from '../gift-shop/catalog/catalog.mjs';

/** Emits what the app shows of each product, most ordered first: `[itemId, title, price, department's index, is in stock]`. */
function catalogJson() {
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

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/spa/',
  // `import 'tillside'` is this repository itself, by the "exports" of its package.json.
  plugins: [react(), catalogJson()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, rolldownOptions: { checks: { pluginTimings: false } } },
});
