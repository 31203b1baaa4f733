// A WooCommerce shop in a folder of a site: classic pages with fragments, blocks pages, the Store API, one cart a session behind all.
import { readFileSync } from 'node:fs';
import { readProducts } from './catalogue.mjs';
import { archivePage, blocksCartPage, cartPage, fragmentsOf, orderReceivedPage, productPage } from './pages.mjs';
import { addItem, answerStoreApi, cartHash, cartTokenOf, nonceOf, permalinkOf } from './store-api.mjs';

const SESSION_COOKIE = 'wp_woocommerce_session_0';
/** What a shop that takes its visitors' privacy seriously serves; images may be `data:`. */
const POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; base-uri 'none'";

/** @typedef {import('./store-api.mjs').Session} Session */
/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {{ request: Request, response: Response, url: URL, session: Session, isNew: boolean, form: URLSearchParams, text: string, origin: string }} Visit */

/**
 * @typedef {object} WooCommerce
 * @property {(request: Request, response: Response) => void} answer
 * @property {readonly string[]} requests method, path and query of each, in order
 * @property {(ms: number) => void} delay holds every answer of the Store API back
 * @property {() => void} expireNonces every nonce given so far is refused
 * @property {(sku: string) => void} sellOut
 * @property {() => string | undefined} arm what the session that changed last carries
 * @property {() => Record<string, number>} cart units by SKU, of the session that changed last
 * @property {readonly string[]} orders the numbers of the orders placed
 * @property {readonly (string | undefined)[]} arms the order meta `tillside_arm` of each
 */

/**
 * Opens the shop.
 *
 * @param {{ base?: string, permalinks?: 'pretty' | 'plain', hasSnippet?: boolean }} [options] `base`: the folder it is installed in; `plain`: its REST root is `?rest_route=`;
 *   `hasSnippet`: it has the code of docs/uplift.md, which takes an arm
 * @returns {WooCommerce}
 */
export function openWooCommerce({ base = '/shop', permalinks = 'pretty', hasSnippet = false } = {}) {
  const products = readProducts();
  /** @type {Map<string, Session>} */
  const sessions = new Map();
  /** @type {string[]} */
  const requests = [];
  /** @type {string[]} */
  const orders = [];
  /** @type {(string | undefined)[]} */
  const arms = [];
  let tick = 1;
  let delayMs = 0;
  /** @type {Session | undefined} */
  let last;

  /** @param {Visit} visit */
  const shopOf = ({ origin, session }) => ({ products, session, origin, root: rootOf(origin) });
  const rootOf = (/** @type {string} */ origin) =>
    permalinks === 'pretty' ? `${origin}/wp-json/` : `${origin}/index.php?rest_route=/`;

  /** Keeps the session of a cart that holds something, as WooCommerce does. @param {Visit} visit */
  function keep({ session, isNew, response }) {
    last = session;
    if (!isNew || !session.lines.size) return;
    sessions.set(session.id, session);
    response.appendHeader('set-cookie', `${SESSION_COOKIE}=${session.id}; Path=/; HttpOnly; SameSite=Lax`);
    response.appendHeader('set-cookie', 'woocommerce_items_in_cart=1; Path=/');
  }

  /** @param {Visit} visit @param {string} route */
  async function storeApi(visit, route) {
    const { request, response, session, isNew, url, text } = visit;
    const token = request.headers['cart-token'];
    const nonce = /** @type {string | undefined} */ (request.headers['nonce']) || undefined;
    const known = isNew ? undefined : session;
    const isAllowed = token === cartTokenOf(session) || nonce === nonceOf(known, tick);
    const body = text ? JSON.parse(text) : {};
    const reply = answerStoreApi(
      { method: request.method ?? 'GET', route, query: url.searchParams, body, isAllowed, nonce },
      shopOf(visit),
    );
    keep(visit);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    // Of the session as it was when the request came: the next one has the cookie, and so another nonce.
    response.setHeader('Nonce', nonceOf(known, tick));
    response.setHeader('Cart-Token', cartTokenOf(session));
    json(response, reply.status, reply.body);
  }

  /** @param {Visit} visit @param {string} endpoint */
  function ajax(visit, endpoint) {
    const { session, form, response, origin } = visit;
    if (endpoint === 'add_to_cart') {
      const product = products.find(({ id }) => id === Number(form.get('product_id')));
      const refused = addItem(session, product, Number(form.get('quantity') ?? 1));
      if (refused) return json(response, 200, { error: true, product_url: product ? permalinkOf(product, origin) : origin });
    }
    if (endpoint === 'remove_from_cart') session.lines.delete(form.get('cart_item_key') ?? '');
    keep(visit);
    return json(response, 200, { fragments: fragmentsOf(shopOf(visit)), cart_hash: cartHash(session) });
  }

  /** @param {Visit} visit @param {string} path below the shop's folder */
  function page(visit, path) {
    const { response, session, form, request, origin } = visit;
    const shop = shopOf(visit);
    if (path === '/checkout/' && request.method === 'POST') {
      orders.push(String(4711 + orders.length));
      arms.push(session.arm || undefined);
      response.writeHead(302, { location: `${origin}/checkout/order-received/${orders.at(-1)}/?key=wc_order_Tq3xk9` }).end();
      return;
    }
    const order = /^\/checkout\/order-received\/(\d+)\/$/.exec(path)?.[1];
    if (order) {
      session.lines.clear();
      keep(visit);
      return html(response, orderReceivedPage(shop, order));
    }
    const product = products.find(({ slug }) => path === `/product/${slug}/`);
    if (product) {
      const id = Number(form.get('variation_id')) || Number(form.get('add-to-cart'));
      if (id)
        addItem(
          session,
          products.find((one) => one.id === id),
          Number(form.get('quantity') ?? 1),
        );
      keep(visit);
      return html(response, productPage(shop, product));
    }
    if (path === '/cart/') {
      for (const [name, quantity] of form) updateLine(session, /^cart\[(\w+)\]\[qty\]$/.exec(name)?.[1], Number(quantity));
      keep(visit);
      return html(response, cartPage(shop));
    }
    if (path === '/assets/shop.css') return stylesheet(response);
    if (path === '/blocks/cart/') return html(response, blocksCartPage(shop));
    if (path === '/') return html(response, archivePage(shop, 'classic'));
    if (path === '/blocks/') return html(response, archivePage(shop, 'blocks'));
    if (path === '/mixed/') return html(response, archivePage(shop, 'mixed'));
    return json(response, 404, { code: 'rest_no_route' });
  }

  /** @param {Visit} visit @param {string} name */
  function asset({ response, session, isNew, origin }, name) {
    const params = `window.wc_add_to_cart_params = window.wc_cart_fragments_params = { wc_ajax_url: '${new URL(origin).pathname}/?wc-ajax=%%endpoint%%' };
window.wcSettings = { homeUrl: '${origin}/' };
window.wcBlocksMiddlewareConfig = { storeApiNonce: '${nonceOf(isNew ? undefined : session, tick)}' };`;
    const body = name === 'params' ? params : readFileSync(new URL(`assets/${name}.js`, import.meta.url));
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }).end(body);
  }

  /** @param {Request} request @param {Response} response */
  async function answer(request, response) {
    requests.push(`${request.method} ${request.url}`);
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const path = url.pathname.slice(base.length);
    const id = new RegExp(`${SESSION_COOKIE}=(\\w+)`).exec(request.headers.cookie ?? '')?.[1];
    const known = id ? sessions.get(id) : undefined;
    const session = known ?? {
      id: `t${sessions.size + 1}${Date.now().toString(36)}`,
      lines: new Map(),
      arm: hasSnippet ? '' : undefined,
    };
    const text = await bodyOf(request);
    const visit = {
      request,
      response,
      url,
      session,
      isNew: !known,
      text,
      form: new URLSearchParams(text),
      origin: url.origin + base,
    };
    const rest =
      url.searchParams.get('rest_route') ?? (permalinks === 'pretty' ? /^\/wp-json(\/.*)$/.exec(path)?.[1] : undefined);
    const route = /^\/wc\/store\/v1\/(.*?)\/?$/.exec(rest ?? '')?.[1];
    const script = /^\/assets\/(params|jquery|classic|blocks)\.js$/.exec(path)?.[1];
    if (route) return storeApi(visit, route);
    if (url.searchParams.has('wc-ajax')) return ajax(visit, url.searchParams.get('wc-ajax') ?? '');
    return script ? asset(visit, script) : page(visit, path);
  }

  return {
    answer: (request, response) => void answer(request, response),
    requests,
    orders,
    arms,
    delay(ms) {
      delayMs = ms;
    },
    expireNonces: () => void tick++,
    sellOut: (sku) => {
      for (const product of products) if (product.sku === sku) product.isInStock = false;
    },
    arm: () => last?.arm || undefined,
    cart: () => Object.fromEntries([...(last?.lines.values() ?? [])].map(({ product, quantity }) => [product.sku, quantity])),
  };
}

/** @param {Session} session @param {string | undefined} key @param {number} quantity */
function updateLine({ lines }, key, quantity) {
  const line = key ? lines.get(key) : undefined;
  if (!key || !line) return;
  if (quantity > 0) lines.set(key, { ...line, quantity });
  else lines.delete(key);
}

/** @param {Request} request @returns {Promise<string>} */
async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {Response} response @param {number} status @param {unknown} body */
function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

/** @param {Response} response */
function stylesheet(response) {
  const body = readFileSync(new URL('../shop.css', import.meta.url));
  response.writeHead(200, { 'content-type': 'text/css', 'cache-control': 'no-cache' }).end(body);
}

/** @param {Response} response @param {string} body */
function html(response, body) {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', 'content-security-policy': POLICY };
  response.writeHead(200, headers).end(body);
}
