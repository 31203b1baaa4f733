// The gift shop's catalogue as WooCommerce products: numeric ids of WooCommerce's own, the bundle's stock codes as SKUs.
import { readFileSync } from 'node:fs';

const BUNDLE = new URL('../../../examples/gift-shop/bundle/', import.meta.url);
const FIRST_ID = 101;
const PARENT_ID = 900_000;
/** Sold as variations of one product, as a shop would: the stock code's last letter is the pattern. */
const VARIATIONS = ['85099B', '85099C', '85099F'];

/**
 * @typedef {object} Product
 * @property {number} id
 * @property {string} sku
 * @property {string} name
 * @property {string} slug
 * @property {number} price pence
 * @property {string} image
 * @property {number} parent 0 but for a variation
 * @property {'simple' | 'variable' | 'variation'} type
 * @property {boolean} isInStock
 */

/** @param {string} role */
function read(role) {
  const { files } = JSON.parse(readFileSync(new URL('manifest.json', BUNDLE), 'utf8'));
  const { path } = files.find((/** @type {{ role: string }} */ file) => file.role === role);
  return JSON.parse(readFileSync(new URL(path, BUNDLE), 'utf8'));
}

/** @returns {Product[]} */
export function readProducts() {
  /** @type {string[]} */
  const skus = read('vocabulary').items;
  const catalog = read('catalog');
  const products = skus.map((sku, index) => ({
    id: FIRST_ID + index,
    sku,
    name: catalog.title[index],
    slug: slugOf(`${catalog.title[index]} ${sku}`),
    price: Math.round(catalog.price[index] * 100),
    image: catalog.imageUrl[index],
    parent: VARIATIONS.includes(sku) ? PARENT_ID : 0,
    type: VARIATIONS.includes(sku) ? /** @type {const} */ ('variation') : /** @type {const} */ ('simple'),
    isInStock: catalog.availability[index] !== 'out_of_stock',
  }));
  const first = products[0];
  if (!first) throw new Error('The gift shop has no products');
  const bag = { ...first, id: PARENT_ID, sku: '', name: 'Jumbo Bag', slug: 'jumbo-bag', parent: 0 };
  return [...products, { ...bag, type: /** @type {const} */ ('variable') }];
}

/** @param {string} title */
function slugOf(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
