// Builds the app into dist/ with the shop's products beside it as catalog.json.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { catalogJson } from '../gift-shop/catalog/catalog-json.mjs';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/spa/',
  // `import 'tillside'` is this repository itself, by the "exports" of its package.json.
  plugins: [react(), catalogJson()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, rolldownOptions: { checks: { pluginTimings: false } } },
});
