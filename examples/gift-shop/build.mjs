// In: the catalogue, the templates and assets/. Out: the whole shop as static files in site/. Build time, Node.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from './catalog/catalog.mjs';
import { departments } from './catalog/departments.mjs';
import { createSimilar } from './catalog/similar.mjs';
import { cartPage } from './templates/cart.mjs';
import { homePage } from './templates/home.mjs';
import { orderConfirmationPage } from './templates/order-confirmation.mjs';
import { privacyPage } from './templates/privacy.mjs';
import { productPage } from './templates/product.mjs';
import { searchPage } from './templates/search.mjs';
import { drawFaviconIco, FAVICON_SVG } from './tiles/favicon.mjs';
import { drawTile } from './tiles/tile.mjs';

const site = fileURLToPath(new URL('site/', import.meta.url));
const assets = fileURLToPath(new URL('assets/', import.meta.url));
const SIMILAR = 4;
/** Files written at a time. */
const WRITES = 64;

/**
 * Builds the gift shop, in place of what was there.
 *
 * @param {{ out?: string }} [options] `out`: the folder, default `examples/gift-shop/site`
 * @returns {Promise<{ out: string, files: number }>}
 */
export async function buildGiftShop({ out = site } = {}) {
  const products = (await loadCatalog()).sort((a, b) => b.orders - a.orders || a.itemId.localeCompare(b.itemId));
  await rm(out, { recursive: true, force: true });
  await cp(assets, join(out, 'assets'), { recursive: true });
  await Promise.all(['product', 'img'].map((folder) => mkdir(join(out, folder))));
  const files = filesOf(products);
  let written = 0;
  const write = async () => {
    for (const [path, content] of files) {
      await writeFile(join(out, path), content);
      written += 1;
    }
  };
  await Promise.all(Array.from({ length: WRITES }, write));
  return { out, files: written };
}

function* filesOf(products) {
  yield ['index.html', homePage(products)];
  yield ['search.html', searchPage()];
  yield ['cart.html', cartPage()];
  yield ['order-confirmation.html', orderConfirmationPage()];
  yield ['privacy.html', privacyPage()];
  yield ['favicon.svg', FAVICON_SVG];
  yield ['favicon.ico', drawFaviconIco()];
  yield ['assets/products.json', toProductIndex(products)];
  const similar = createSimilar(products);
  for (const product of products) {
    yield [product.url, productPage(product, similar(product, SIMILAR))];
    yield [product.imageUrl, drawTile(product)];
  }
}

/** What the shop's own scripts know of the products: most bought first, one short row each. */
function toProductIndex(products) {
  const names = departments.map(({ name }) => name);
  const rows = products.map(({ itemId, title, price, category, availability }) => [
    itemId,
    title,
    price,
    names.indexOf(category),
    availability === 'in_stock' ? 1 : 0,
  ]);
  return JSON.stringify({ departments, products: rows });
}
