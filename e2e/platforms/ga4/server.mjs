// A shop with its cart on the server: a folder of pages, and an API that its own scripts speak. One shopper, whose cart outlives the pages.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {{ sku: string, name: string, price: number, category: string, quantity: number }} Line */

/**
 * @typedef {object} CartShop
 * @property {(request: Request, response: Response) => void} answer
 * @property {() => Record<string, number>} cart units by SKU
 * @property {readonly string[]} orders their numbers
 */

const PREFIX = '/shop/';
const TYPES = { html: 'text/html', js: 'text/javascript' };

/** Of the gift shop's catalogue; prices as the bundle has them. */
const PRODUCTS = [
  { sku: '85123A', name: 'White Hanging Heart T-Light Holder', price: 2.95, category: 'Candles & light' },
  { sku: '22423', name: 'Regency Cakestand 3 Tier', price: 12.75, category: 'Kitchen & baking' },
  { sku: '47566', name: 'Party Bunting', price: 4.95, category: 'Party & Easter' },
  { sku: '20725', name: 'Lunch Bag Red Retrospot', price: 1.65, category: 'Bags & travel' },
];

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
    PRODUCTS.flatMap((product) => ({ ...product, quantity: units.get(product.sku) ?? 0 })).filter(({ quantity }) => quantity);

  /** What the API answers, by its last word. @type {Record<string, (form: URLSearchParams) => unknown>} */
  const api = {
    products: () => PRODUCTS,
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
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const path = pathname.slice(PREFIX.length) || 'product.html';
    const call = /^api\/(\w+)$/.exec(path)?.[1];
    if (call) {
      const body = JSON.stringify(api[call]?.(new URLSearchParams(await textOf(request))) ?? null);
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body);
      return;
    }
    const type = TYPES[/** @type {keyof typeof TYPES} */ (/^[\w-]+\.(html|js)$/.exec(path)?.[1] ?? '')];
    const bytes = type && (await readFile(fileURLToPath(new URL(path, folder))).catch(() => undefined));
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
