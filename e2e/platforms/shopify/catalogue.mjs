// The gift shop's catalogue as a Shopify shop has it, and its bundle with the addresses that such a shop would have published it with.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const BUNDLE = new URL('../../../examples/gift-shop/bundle/', import.meta.url);
const FIRST_PRODUCT = 7_000_000_000_000;
const FIRST_VARIANT = 40_000_000_000_000;

/**
 * @typedef {object} Product
 * @property {number} id the product's
 * @property {number} variantId of its one variant
 * @property {string} sku the bundle's id
 * @property {string} title
 * @property {string} handle
 * @property {number} price hundredths
 * @property {string} image
 * @property {boolean} available
 */

/** @param {string} role */
function fileOf(role) {
  const { path } = readManifest().files.find((/** @type {{ role: string }} */ file) => file.role === role);
  return { path, content: JSON.parse(readFileSync(new URL(path, BUNDLE), 'utf8')) };
}

const readManifest = () => JSON.parse(readFileSync(new URL('manifest.json', BUNDLE), 'utf8'));

/** @returns {Product[]} in the bundle's order */
export function readProducts() {
  /** @type {string[]} */
  const skus = fileOf('vocabulary').content.items;
  const { title, price, imageUrl, availability } = fileOf('catalog').content;
  return skus.map((sku, i) => ({
    id: FIRST_PRODUCT + i,
    variantId: FIRST_VARIANT + i,
    sku,
    title: title[i],
    handle: `${title[i]} ${sku}`
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
    price: Math.round(price[i] * 100),
    image: imageUrl[i],
    available: availability[i] !== 'out_of_stock',
  }));
}

/**
 * The bundle's files that differ from the committed ones: the catalogue with the shop's own addresses, and the manifest that vouches for it.
 *
 * @param {readonly Product[]} products
 * @returns {Map<string, string>} by file name
 */
export function bundleFor(products) {
  const { path, content } = fileOf('catalog');
  const text = JSON.stringify({ ...content, url: products.map(({ handle }) => `/products/${handle}`) });
  const manifest = readManifest();
  for (const file of manifest.files)
    if (file.path === path)
      Object.assign(file, { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') });
  return new Map([
    [path, text],
    ['manifest.json', JSON.stringify(manifest)],
  ]);
}

/** `products/<handle>.js` @param {Product} product */
export function productJson({ id, variantId, sku, title, handle, price, image, available }) {
  const variant = { id: variantId, title: 'Default Title', option1: 'Default Title', sku, barcode: '', price, available };
  return {
    ...{ id, title, handle, vendor: 'Tiny Gifts', type: 'Gifts', price, available, url: `/products/${handle}` },
    ...{ featured_image: image, images: [image], options: [{ name: 'Title', position: 1, values: ['Default Title'] }] },
    variants: [{ ...variant, name: title, public_title: null, featured_image: null, requires_shipping: true, taxable: true }],
  };
}
