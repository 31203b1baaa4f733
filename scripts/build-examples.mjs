// Builds the demo shops: the gift shop's pages and the single-page apps. `npm run build` comes first.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const example = (/** @type {string} */ path) => new URL(`../examples/${path}`, import.meta.url);

const startedAt = performance.now();
// By URL: the shop is plain JavaScript, outside what `tsc` checks here.
const { buildGiftShop } = await import(example('gift-shop/build.mjs').href);
const { files } = await buildGiftShop();
console.log(`gift-shop: ${files} files in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);

for (const app of ['spa', 'vue-spa'])
  await build({ configFile: fileURLToPath(example(`${app}/vite.config.mjs`)), logLevel: 'warn' });
