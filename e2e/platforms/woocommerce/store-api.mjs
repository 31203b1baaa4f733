// WooCommerce's Store API (wc/store/v1) as a shop's server answers it: nonces of a session, cart tokens, refusals in WooCommerce's words.
import { createHash } from 'node:crypto';

/** @typedef {import('./catalogue.mjs').Product} Product */
/** `arm`: what the snippet of docs/uplift.md keeps, `''` being none; without the snippet undefined
 * @typedef {{ id: string, lines: Map<string, { product: Product, quantity: number }>, arm: string | undefined }} Session */
/** @typedef {{ status: number, body: unknown }} Reply */

/** Whose the cart is: what no analytics may ever see. */
const ADDRESS = {
  first_name: 'Ada',
  last_name: 'Lovelace',
  company: '',
  address_1: '12 St James Square',
  address_2: '',
  city: 'London',
  state: '',
  postcode: 'SW1Y 4JH',
  country: 'GB',
  phone: '020 7946 0000',
};
const CURRENCY = {
  currency_code: 'GBP',
  currency_symbol: '£',
  currency_minor_unit: 2,
  currency_decimal_separator: '.',
  currency_thousand_separator: ',',
  currency_prefix: '£',
  currency_suffix: '',
};

/** @param {string} text */
const md5 = (text) => createHash('md5').update(text).digest('hex');

/** @param {string} text as WordPress escapes a title */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll("'", '&#8217;');

/** A refusal in WooCommerce's form. @param {number} status @param {string} code @param {string} message @param {object} [more] */
const refusal = (status, code, message, more = {}) => ({ status, body: { code, message, data: { status, ...more } } });

/** @param {Product} product @param {string} origin the shop's URL */
export function permalinkOf(product, origin) {
  const pattern = product.type === 'variation' ? `?attribute_pattern=${product.sku.at(-1)?.toLowerCase()}` : '';
  const slug = product.type === 'variation' ? 'jumbo-bag' : product.slug;
  return `${origin}/product/${slug}/${pattern}`;
}

/** The hash that classic events carry. @param {Session} session */
export function cartHash(session) {
  const lines = [...session.lines.values()].map(({ product, quantity }) => `${product.id}x${quantity}`);
  return lines.length ? md5(lines.join()) : '';
}

/**
 * Adds as both the classic and the Store API do.
 *
 * @param {Session} session @param {Product | undefined} product @param {number} quantity
 * @returns {Reply | undefined} the refusal, if any
 */
export function addItem(session, product, quantity) {
  if (!product) return refusal(400, 'woocommerce_rest_cart_invalid_product', 'This product cannot be added to the cart.');
  if (product.type === 'variable')
    return refusal(400, 'woocommerce_rest_missing_variation_data', `Missing attributes for variable product.`);
  const name = `&quot;${escaped(product.name)}&quot;`;
  if (!product.isInStock)
    return refusal(
      400,
      'woocommerce_rest_product_out_of_stock',
      `You cannot add ${name} to the cart because the product is out of stock.`,
    );
  const key = md5(`line ${product.id}`);
  session.lines.set(key, { product, quantity: quantity + (session.lines.get(key)?.quantity ?? 0) });
  return undefined;
}

/** @param {Session} session @param {string} origin */
function cartOf(session, origin) {
  const items = [...session.lines].map(([key, { product, quantity }]) => ({
    key,
    id: product.id,
    type: product.type,
    quantity,
    quantity_limits: { minimum: 1, maximum: 9999, multiple_of: 1, editable: true },
    name: escaped(product.name),
    short_description: '',
    description: '',
    sku: product.sku,
    low_stock_remaining: null,
    backorders_allowed: false,
    sold_individually: false,
    permalink: permalinkOf(product, origin),
    images: [{ id: product.id, src: product.image, thumbnail: product.image, srcset: '', sizes: '', name: '', alt: '' }],
    variation: product.type === 'variation' ? [{ attribute: 'Pattern', value: product.sku.at(-1) }] : [],
    item_data: [],
    prices: {
      price: String(product.price),
      regular_price: String(product.price),
      sale_price: String(product.price),
      price_range: null,
      ...CURRENCY,
      raw_prices: { precision: 6, price: String(product.price * 1e4) },
    },
    totals: { line_subtotal: String(product.price * quantity), line_total: String(product.price * quantity), ...CURRENCY },
    catalog_visibility: 'visible',
    extensions: {},
  }));
  const total = items.reduce((sum, { totals }) => sum + Number(totals.line_total), 0);
  return {
    items,
    coupons: [],
    fees: [],
    totals: { total_items: String(total), total_price: String(total), ...CURRENCY },
    shipping_address: ADDRESS,
    billing_address: { ...ADDRESS, email: 'ada@example.org' },
    needs_payment: total > 0,
    needs_shipping: total > 0,
    shipping_rates: [],
    items_count: items.reduce((sum, { quantity }) => sum + quantity, 0),
    items_weight: 0,
    cross_sells: [],
    errors: [],
    payment_methods: ['cod'],
    extensions: session.arm === undefined ? {} : { tillside: { arm: session.arm } },
  };
}

/** @param {Product} product @param {string} origin */
function toProduct(product, origin) {
  const { id, sku, name, slug, parent, type, price, isInStock } = product;
  const prices = {
    ...CURRENCY,
    price: String(price),
    regular_price: String(price),
    sale_price: String(price),
    price_range: null,
  };
  return {
    id,
    name: escaped(name),
    slug,
    parent,
    type,
    variation: '',
    permalink: permalinkOf(product, origin),
    sku,
    prices,
    images: [{ id, src: product.image, thumbnail: product.image }],
    is_purchasable: true,
    is_in_stock: isInStock,
  };
}

/** `_fields`, as WordPress keeps to it. @param {unknown} body @param {string | null} fields */
function only(body, fields) {
  const names = fields?.split(',');
  /** @param {object} value */
  const pick = (value) => Object.fromEntries(Object.entries(value).filter(([name]) => names?.includes(name)));
  if (!names) return body;
  return Array.isArray(body) ? body.map(pick) : pick(/** @type {object} */ (body));
}

/** The nonce that holds now: another one for every session. @param {Session | undefined} session @param {number} tick */
export const nonceOf = (session, tick) => md5(`nonce ${session?.id ?? 'guest'} ${tick}`).slice(0, 10);

/** @param {Session} session */
export const cartTokenOf = (session) => `token.${session.id}.${md5(`token ${session.id}`)}`;

/**
 * Answers a Store API route.
 *
 * @param {{ method: string, route: string, query: URLSearchParams, body: Record<string, unknown>, isAllowed: boolean, nonce: string | undefined }} request
 * @param {{ products: readonly Product[], session: Session, origin: string }} shop
 * @returns {Reply}
 */
export function answerStoreApi({ method, route, query, body, isAllowed, nonce }, { products, session, origin }) {
  const fields = query.get('_fields');
  if (route === 'products')
    return {
      status: 200,
      body: only(
        findProducts(products, query).map((one) => toProduct(one, origin)),
        fields,
      ),
    };
  const cart = () => only(cartOf(session, origin), fields);
  if (route === 'cart' && method === 'GET') return { status: 200, body: cart() };
  if (!/^cart\/((add|update|remove)-item|extensions)$/.test(route) || method !== 'POST')
    return refusal(404, 'rest_no_route', 'No route was found matching the URL and request method.');
  if (!isAllowed && !nonce)
    return refusal(401, 'woocommerce_rest_missing_nonce', 'Missing the Nonce header. This endpoint requires a valid nonce.');
  if (!isAllowed) return refusal(403, 'woocommerce_rest_invalid_nonce', 'Nonce is invalid.');
  if (route === 'cart/add-item') {
    const product = products.find(({ id }) => id === Number(body['id']));
    return addItem(session, product, Number(body['quantity'] ?? 1)) ?? { status: 201, body: cart() };
  }
  if (route === 'cart/extensions') {
    // Only a namespace that the shop's own code has registered.
    if (body['namespace'] !== 'tillside' || session.arm === undefined)
      return refusal(
        400,
        'woocommerce_rest_cart_extensions_error',
        `There is no such namespace registered: ${body['namespace']}.`,
      );
    session.arm = String(/** @type {{ arm?: string }} */ (body['data'])?.arm ?? '');
    return { status: 200, body: cart() };
  }
  const key = String(body['key']);
  const line = session.lines.get(key);
  if (!line)
    return refusal(409, 'woocommerce_rest_cart_invalid_key', 'Cart item no longer exists or is invalid.', {
      cart: cartOf(session, origin),
    });
  if (route === 'cart/remove-item') session.lines.delete(key);
  else session.lines.set(key, { ...line, quantity: Number(body['quantity']) });
  return { status: 200, body: cart() };
}

/** @param {readonly Product[]} products @param {URLSearchParams} query */
function findProducts(products, query) {
  const listed = (/** @type {string} */ name) => query.get(name)?.split(',');
  const [skus, slugs, ids] = [listed('sku'), listed('slug'), listed('include')];
  const type = query.get('type');
  return products
    .filter(({ sku }) => !skus || skus.some((each) => each.toLowerCase() === sku.toLowerCase()))
    .filter(({ slug }) => !slugs || slugs.includes(slug))
    .filter(({ id }) => !ids || ids.includes(String(id)))
    .filter((product) => (type ? product.type === type : skus || slugs || product.type !== 'variation'))
    .slice(0, 10);
}
