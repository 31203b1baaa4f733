// Builds the app into dist/ with the shop's products beside it as catalog.json.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { catalogJson } from '../gift-shop/catalog/catalog-json.mjs';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/vue/',
  // `import 'tillside/vue'` is this repository itself, by the "exports" of its package.json.
  plugins: [vue({ template: { transformAssetUrls: false } }), catalogJson()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, rolldownOptions: { checks: { pluginTimings: false } } },
});
