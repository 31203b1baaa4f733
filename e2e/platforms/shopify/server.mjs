// A Shopify shop: its pages in two themes, its Ajax API, its Storefront API, its sections. One cart a visitor, by cookie.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { randomUUID } from 'node:crypto';
import sirv from 'sirv';
import { Cart, keyOf } from './carts.mjs';
import { bundleFor, productJson, readProducts } from './catalogue.mjs';
import { renderGlobals, renderPage, renderSection } from './pages.mjs';

const HOST = '127.0.0.1';
const folder = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const serve = (/** @type {string} */ path) => sirv(folder(path), { dev: true });
const FILES = /** @type {const} */ ([
  ['/tillside/', serve('../../../dist/')],
  ['/models/shop/', serve('../../../examples/gift-shop/bundle/')],
  ['/img/', serve('../../../examples/gift-shop/site/img/')],
  ['/assets/', serve('./assets/')],
]);
const products = readProducts();
const bundle = bundleFor(products);

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/**
 * @typedef {object} Options
 * @property {'dawn' | 'standard'} [theme]
 * @property {string} [csp] of every page
 */
/** @typedef {{ note_attributes: Record<string, string>, skus: string[] }} Order */
/** @typedef {{ root: string, path: string, query: URLSearchParams, request: Request, response: Response, cart: Cart }} Visit */

/** Opens the shop: a server of its own is to answer by it. @param {Options} [options] */
export function openShopifyShop({ theme = 'dawn', csp = '' } = {}) {
  /** @type {Map<string, Cart>} */
  const carts = new Map();
  /** @type {Map<string, number>} how long answers wait, ms, by path */
  const delays = new Map();
  /** @type {string[]} */
  const asked = [];
  /** @type {Order[]} */
  const orders = [];
  const cartOf = (/** @type {Request} */ request, /** @type {Response} */ response) => {
    const known = /(?:^|; )cart=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    const token = known ?? randomUUID();
    if (!known) response.setHeader('set-cookie', `cart=${token}; path=/; SameSite=Lax`);
    const cart = carts.get(token) ?? new Cart(products, token);
    carts.set(token, cart);
    return cart;
  };
  const answerRequest = async (/** @type {Request} */ request, /** @type {Response} */ response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', `http://${HOST}`);
    const [prefix, files] = FILES.find(([start]) => pathname.startsWith(start)) ?? [];
    const altered = prefix === '/models/shop/' ? bundle.get(pathname.slice(prefix.length)) : undefined;
    if (altered) return void sendText(response, 'application/json', altered);
    if (pathname === '/assets/shopify-globals.js')
      return void sendText(response, 'text/javascript', renderGlobals(query.get('root') ?? '/', byHandle(query.get('product'))));
    if (pathname === '/assets/shop.css') return void sendText(response, 'text/css', readFileSync(folder('../shop.css'), 'utf8'));
    if (files && prefix) {
      request.url = pathname.slice(prefix.length - 1);
      return void files(request, response, () => void response.writeHead(404).end());
    }
    const [, root = '/'] = /^(\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?)/.exec(pathname) ?? [];
    const path = pathname.slice(root.length);
    asked.push(`${request.method} ${path}`);
    await new Promise((resolve) => setTimeout(resolve, delays.get(path) ?? 0));
    const cart = cartOf(request, response);
    if (path === 'checkout') {
      // The order takes the cart's attributes over, and the next cart has none.
      orders.push({ note_attributes: cart.attributes, skus: cart.lines.map(({ product }) => product.sku) });
      Object.assign(cart, { lines: [], attributes: {} });
      return void response.writeHead(302, { location: root }).end();
    }
    await answer({ root, path, query, request, response, cart }, { theme, csp });
  };
  return {
    answer: (/** @type {Request} */ request, /** @type {Response} */ response) => void answerRequest(request, response),
    products,
    delays,
    orders,
    /** the attributes of every cart that has some */
    attributes: () => [...carts.values()].map(({ attributes }) => attributes).filter((each) => Object.keys(each).length > 0),
    /** method and path, under the language's folder, of every page and request, in order */
    asked,
  };
}

/** Starts the shop on a free port. @param {Options} [options] */
export async function startShopifyShop(options) {
  const { answer: onRequest, ...shop } = openShopifyShop(options);
  const server = createServer(onRequest);
  await new Promise((listening) => server.listen(0, HOST, () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    ...shop,
    url: `http://${HOST}:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(() => closed(undefined)));
    },
  };
}

const byHandle = (/** @type {string | null | undefined} */ handle) => products.find((product) => product.handle === handle);

/** @param {Visit} visit @param {Required<Options>} options */
async function answer(visit, { theme, csp }) {
  const { root, path, query, request, response, cart } = visit;
  const [, handle, suffix] = /^products\/([\w-]+?)(\.js)?$/.exec(path) ?? [];
  const product = byHandle(handle);
  const view = { theme, root, cart, product, products };
  const section = query.get('section_id');
  if (request.method === 'POST') return change(visit, view);
  if (section !== null) {
    const html = renderSection(section, view);
    return html ? sendText(response, 'text/html', html) : send(response, 404, {});
  }
  const sections = query.get('sections')?.split(',');
  if (sections) return send(response, sections.length > 5 ? 400 : 200, renderAll(sections, view));
  if (suffix) return product ? send(response, 200, productJson(product)) : send(response, 404, { status: 404 });
  if (/^cart\.js(on)?$/.test(path)) return send(response, 200, cart.toJson());
  const kind = path === '' ? 'index' : path === 'cart' ? 'cart' : product && 'product';
  if (csp) response.setHeader('content-security-policy', csp);
  if (kind) return sendText(response, 'text/html', renderPage(view, kind));
  return send(response, 404, {});
}

/** @param {Visit} visit @param {import('./pages.mjs').View} view */
async function change({ path, request, response, cart, root }, view) {
  const sent = await readFields(request);
  const action = /^cart\/(add|change|update|clear)(\.js)?$/.exec(path);
  if (path === 'api/2026-07/graphql.json') return send(response, 200, mutate(cart, sent));
  if (!action) return send(response, 404, {});
  const quantity = (/** @type {unknown} */ value) => Number(value ?? 1);
  const list = Array.isArray(sent['items']) ? sent['items'] : undefined;
  const { status, body } = {
    add: () =>
      cart.add(
        (list ?? [sent]).map((item) => ({ id: String(item.id), quantity: quantity(item.quantity) })),
        !!list,
      ),
    change: () => cart.change({ id: String(sent['id']), line: Number(sent['line']), quantity: quantity(sent['quantity']) }),
    update: () => cart.update(sent['updates'] ?? {}, sent['attributes']),
    clear: () => cart.clear(),
  }[/** @type {'add' | 'change' | 'update' | 'clear'} */ (action[1])]();
  // A form without a script's help is sent to the cart.
  const isPage = !action[2] && request.headers.accept?.includes('text/html');
  if (isPage) return void response.writeHead(302, { location: `${root}cart` }).end();
  const sections = String(sent['sections'] ?? '')
    .split(',')
    .filter(Boolean);
  send(response, status, status === 200 && sections.length ? { ...body, sections: renderAll(sections, view) } : body);
}

/** The Storefront API's cart mutations, as the default action makes them. @param {Cart} cart @param {Record<string, any>} sent */
function mutate(cart, { query, variables }) {
  const idOf = (/** @type {string} */ gid) =>
    String(gid)
      .replace(/^gid:\/\/shopify\/\w+\//, '')
      .replace(/\?.*/, '');
  const { status, body } = query.includes('cartLinesAdd')
    ? cart.add(
        variables.lines.map((/** @type {any} */ line) => ({ id: idOf(line.merchandiseId), quantity: line.quantity })),
        true,
      )
    : cart.change({ id: idOf(variables.lines[0].id), quantity: variables.lines[0].quantity });
  const cost = (/** @type {number} */ hundredths) => ({
    totalAmount: { amount: (hundredths / 100).toFixed(2), currencyCode: 'GBP' },
  });
  const { total_price, item_count, token } = cart.toJson();
  const nodes = cart.lines.map((line) => ({
    id: `gid://shopify/CartLine/${keyOf(line)}?cart=${token}`,
    quantity: line.quantity,
    cost: cost(line.product.price * line.quantity),
  }));
  const summary = {
    id: `gid://shopify/Cart/${token}`,
    totalQuantity: item_count,
    cost: cost(total_price),
    lines: { nodes },
    discountCodes: [],
  };
  return {
    cart: summary,
    userErrors: status === 200 ? [] : [{ code: 'INVALID', field: ['lines'], message: body['description'] }],
  };
}

/** @param {string[]} ids @param {import('./pages.mjs').View} view */
function renderAll(ids, view) {
  return Object.fromEntries(ids.map((id) => [id, renderSection(id, view) ?? null]));
}

/** JSON, or a form as `multipart/form-data` or urlencoded. @param {Request} request @returns {Promise<Record<string, any>>} */
async function readFields(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = { 'content-type': request.headers['content-type'] ?? 'application/x-www-form-urlencoded' };
  const body = new globalThis.Response(Buffer.concat(chunks), { headers });
  if (headers['content-type'].includes('json')) return /** @type {any} */ (await body.json().catch(() => ({})));
  return Object.fromEntries(await body.formData());
}

/** @param {Response} response @param {number} status @param {object} body */
function send(response, status, body) {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'private, no-store' };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** @param {Response} response @param {string} type @param {string} text */
function sendText(response, type, text) {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }).end(text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await startShopifyShop({ theme: process.argv[2] === 'standard' ? 'standard' : 'dawn' });
  console.log(`Shopify shop ${url}/`);
}
