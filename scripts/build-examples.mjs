// Builds both demo shops: the gift shop's pages and the single-page app. `npm run build` comes first.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildGiftShop } from '../examples/gift-shop/build.mjs';

const startedAt = performance.now();
const { files } = await buildGiftShop();
console.log(`gift-shop: ${files} files in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);

const spaConfig = fileURLToPath(new URL('../examples/spa/vite.config.mjs', import.meta.url));
if (existsSync(spaConfig)) await build({ configFile: spaConfig, logLevel: 'warn' });
