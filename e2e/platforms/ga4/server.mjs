// A shop with its cart on the server: a folder of pages, and an API that its own scripts speak. One shopper, whose cart outlives the pages.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {{ sku: string, name: string, price: number, category: string, image: string }} Product */

/**
 * @typedef {object} CartShop
 * @property {(request: Request, response: Response) => void} answer
 * @property {() => Record<string, number>} cart units by SKU
 * @property {readonly string[]} orders their numbers
 */

const PREFIX = '/shop/';
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
const STYLESHEET = 'shop.css';

/** Listed by the API; any other is found by its SKU. */
const LISTED = 12;
/** The gift shop's catalogue, by SKU. */
const PRODUCTS = readProducts();

/**
 * Opens a shop; its pages are the files of the folder.
 *
 * @param {URL} folder ends with a slash
 * @returns {CartShop}
 */
export function openCartShop(folder = new URL('site/', import.meta.url)) {
  /** @type {Map<string, number>} */
  const units = new Map();
  /** @type {string[]} */
  const orders = [];
  const lines = () =>
    [...units].flatMap(([sku, quantity]) => {
      const product = PRODUCTS.get(sku);
      return product ? [{ ...product, quantity }] : [];
    });

  /** What the API answers, by its last word. @type {Record<string, (form: URLSearchParams) => unknown>} */
  const api = {
    products(form) {
      const asked = PRODUCTS.get(form.get('sku') ?? '');
      const [...listed] = PRODUCTS.values();
      return [...(asked ? [asked] : []), ...listed.slice(0, LISTED)];
    },
    cart: () => lines(),
    add(form) {
      const sku = form.get('sku') ?? '';
      units.set(sku, (units.get(sku) ?? 0) + Number(form.get('quantity') ?? 1));
      return lines();
    },
    remove(form) {
      units.delete(form.get('sku') ?? '');
      return lines();
    },
    order() {
      const bought = lines();
      orders.push(`T${1_000 + orders.length}`);
      units.clear();
      return { id: orders.at(-1), email: 'ada@example.com', items: bought };
    },
  };

  /** @param {Request} request @param {Response} response */
  async function answer(request, response) {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
    const path = pathname.slice(PREFIX.length) || 'product.html';
    const call = /^api\/(\w+)$/.exec(path)?.[1];
    if (call) {
      const form = new URLSearchParams([...searchParams, ...new URLSearchParams(await textOf(request))]);
      const body = JSON.stringify(api[call]?.(form) ?? null);
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body);
      return;
    }
    const type = TYPES[/** @type {keyof typeof TYPES} */ (/^[\w-]+\.(html|js|css)$/.exec(path)?.[1] ?? '')];
    const file = path === STYLESHEET ? new URL(`../${path}`, import.meta.url) : new URL(path, folder);
    const bytes = type && (await readFile(fileURLToPath(file)).catch(() => undefined));
    if (bytes) response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(bytes);
    else response.writeHead(404).end();
  }

  return {
    answer: (request, response) => void answer(request, response),
    cart: () => Object.fromEntries(units),
    orders,
  };
}

/** @param {Request} request */
async function textOf(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** As the bundle has them. @returns {Map<string, Product>} */
function readProducts() {
  const bundle = new URL('../../../examples/gift-shop/bundle/', import.meta.url);
  const read = (/** @type {string} */ path) => JSON.parse(readFileSync(new URL(path, bundle), 'utf8'));
  const { files } = read('manifest.json');
  const of = (/** @type {string} */ role) => read(files.find((/** @type {{ role: string }} */ file) => file.role === role).path);
  const { title, price, category, imageUrl } = of('catalog');
  /** @type {string[]} */
  const skus = of('vocabulary').items;
  return new Map(
    skus.map((sku, i) => [sku, { sku, name: title[i], price: price[i], category: category[i], image: imageUrl[i] }]),
  );
}
