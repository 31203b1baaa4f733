// In: WooCommerce's Store API (wc/store/v1). Out: the cart's lines and the products' ids; what else the answers hold is not even asked for.
import type { CartLine } from '../../core/domain/cart.js';
import type { ItemFacts } from '../../core/domain/item.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { isObject } from '../check-value.js';
import { documentUrl } from '../document-url.js';
import { toJson } from '../to-json.js';
import { toCurrency, toPrice } from './money.js';
import type { AddOrder } from './platform-source.js';
import { idsOf, MAX_URL, textOf } from './stated-values.js';
import { valueAt } from './value-at.js';
import { idOf, plainText, slugOf } from './woocommerce-page.js';

/** What a card can show, characters. */
const MAX_TITLE = 300;
const REST_LINK = 'link[rel="https://api.w.org/"]';

type LineFacts = { readonly [Key in keyof ItemFacts]?: ItemFacts[Key] | undefined };

/** One line of WooCommerce's cart: nothing of the shopper, only of the item. */
export interface StoreLine {
  /** names the line when it is changed */
  readonly key: string;
  /** the variation's id where the line is one */
  readonly line: CartLine;
  readonly aliases: readonly string[];
  readonly isVariation: boolean;
  readonly facts: LineFacts;
}

export interface StoreProduct {
  readonly id: string;
  /** as the shop says it, like the slug */
  readonly sku: unknown;
  readonly slug: unknown;
  readonly name: string | undefined;
  /** the slug of its permalink: a variation's is its product's */
  readonly path: string | undefined;
  /** the product of which this one is a variation */
  readonly parent: string | undefined;
}

export interface StoreApi {
  cart(signal?: AbortSignal): Promise<StoreLine[]>;
  /** Changes the cart; a stale nonce is renewed once. Rejects with a `StoreRefusal` in the shop's words. */
  change(path: 'add-item' | 'update-item' | 'remove-item' | 'extensions', body: object): Promise<void>;
  /** Reads how many units the cart holds, and what an extension says in it, as the shop says both. */
  extension(namespace: string): Promise<{ readonly units: unknown; readonly data: unknown }>;
  /** Finds products by a query, or the one of an id. */
  products(wanted: Readonly<Record<string, string>> | string): Promise<StoreProduct[]>;
}

/** What the shop answered in place of what was asked for. */
export class StoreRefusal extends Error {
  /** WooCommerce's own code, or an empty string */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface Question {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
}

/** Creates the shopper's own access: by the cookies of the page's origin, as the shop's blocks have it. */
export function createStoreApi({ window }: Pick<CaptureContext, 'window'>): StoreApi {
  let nonce = textOf(valueAt(window, 'wcBlocksMiddlewareConfig.storeApiNonce')) ?? '';
  const ask = async (path: string, { query = {}, body, signal }: Question = {}): Promise<unknown> => {
    const response = await window.fetch(urlOf(window, path, query), {
      method: body ? 'POST' : 'GET',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json', Nonce: nonce }) },
      ...(body && { body: toJson(body) }),
      ...(signal && { signal }),
    });
    nonce = response.headers.get('Nonce') ?? nonce;
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && answer) return answer;
    const { message, code } = isObject(answer) ? answer : {};
    throw new StoreRefusal(plainText(message) ?? `the shop answered ${response.status}`, textOf(code) ?? '');
  };
  // The rest of a cart is the shopper's: addresses and an e-mail.
  const query = { _fields: 'items' };
  return {
    cart: async (signal) => linesOf(await ask('cart', { query, signal })),
    async change(path, body) {
      const send = () => ask(`cart/${path}`, { query, body });
      try {
        await send();
      } catch (error) {
        if (!(error instanceof StoreRefusal && /_nonce$/.test(error.code))) throw error;
        // A cached page or a new session: every answer brings the nonce that holds now.
        await ask('cart', { query });
        await send();
      }
    },
    async extension(namespace) {
      const answer = await ask('cart', { query: { _fields: 'items_count,extensions' } });
      return { units: valueAt(answer, 'items_count'), data: valueAt(answer, `extensions.${namespace}`) };
    },
    async products(wanted) {
      const isId = typeof wanted === 'string';
      const fields = { _fields: 'id,sku,slug,name,permalink,parent' };
      const answer = await ask(isId ? `products/${wanted}` : 'products', { query: isId ? fields : { ...wanted, ...fields } });
      return [answer].flat().flatMap(toProduct);
    },
  };
}

/** Creates the finding of variations' products, each asked for once: a bundle may know only the product. */
export function createParentFinder(api: StoreApi): (lines: readonly StoreLine[]) => Promise<ReadonlyMap<string, string>> {
  const parents = new Map<string, string>();
  const asked = new Set<string>();
  return async (lines) => {
    const unknown = lines
      .filter(({ isVariation, line }) => isVariation && !asked.has(line.itemId))
      .map(({ line }) => line.itemId);
    for (const itemId of unknown) asked.add(itemId);
    const include = unknown.join(',');
    // Without an answer the cart stands by its own ids.
    const found = include ? await api.products({ type: 'variation', include }).catch(() => []) : [];
    for (const { id, parent } of found) if (parent) parents.set(id, parent);
    return parents;
  };
}

/** Creates the finding of the product that a bundle's id stands for: a SKU, a slug, or WooCommerce's own id. */
export function createProductFinder(api: StoreApi): (order: AddOrder) => Promise<string> {
  const found = new Map<string, string>();
  return async ({ itemId, item }) => {
    const known = found.get(itemId);
    if (known) return known;
    const id = idOf(itemId);
    const slug = item?.url && slugOf(item.url, documentUrl());
    const isSame = (one: StoreProduct) => (!!slug && slug === one.path) || (!!one.name && one.name === item?.title);
    const skuAnswer = api.products({ sku: itemId });
    // A shop that hides its products still adds by its own ids.
    const listed = await (id ? skuAnswer.catch(() => []) : skuAnswer);
    const bySku = listed.filter(({ sku }) => `${sku}`.toLowerCase() === itemId.toLowerCase());
    // A number may be a SKU and the id of another product: what the slate says of the item decides.
    let product = bySku.find(isSame) ?? bySku[0];
    if (product && id && !isSame(product)) product = (await api.products(id).catch(() => [])).find(isSame) ?? product;
    if (!product && !id) product = (await api.products({ slug: itemId })).find((one) => one.slug === itemId);
    const productId = product?.id ?? id;
    if (!productId) throw new Error('WooCommerce has no product with this SKU or slug');
    found.set(itemId, productId);
    return productId;
  };
}

/** The REST root as WordPress tells it; `?rest_route=` works on every site, whatever its permalinks. */
function urlOf(window: Window, path: string, query: Readonly<Record<string, string>>): string {
  const base = documentUrl();
  const ajaxUrl = valueAt(window, 'wc_cart_fragments_params.wc_ajax_url') ?? valueAt(window, 'wc_add_to_cart_params.wc_ajax_url');
  const roots: readonly (readonly [url: unknown, isHome?: boolean])[] = [
    [document.querySelector(REST_LINK)?.getAttribute('href')],
    [valueAt(window, 'wcSettings.homeUrl'), true],
    [ajaxUrl, true],
    ['/', true],
  ];
  for (const [root, isHome] of roots) {
    const url = typeof root === 'string' && root ? parse(root, base) : undefined;
    if (url?.origin !== window.location.origin) continue;
    const join = (start: string, rest: string) => start.replace(/\/?$/, '/') + rest;
    if (isHome) {
      url.pathname = join(url.pathname, '');
      url.search = '?rest_route=/';
    }
    const route = url.searchParams.get('rest_route');
    if (route === null) url.pathname = join(url.pathname, `wc/store/v1/${path}`);
    else url.searchParams.set('rest_route', join(route, `wc/store/v1/${path}`));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }
  throw new Error('the page has no origin');
}

function parse(url: string, base: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined; // not a URL
  }
}

function linesOf(answer: unknown): StoreLine[] {
  const items = isObject(answer) ? answer['items'] : undefined;
  if (!Array.isArray(items)) throw new StoreRefusal('the answer is no cart', '');
  return items.flatMap((item) => (isObject(item) ? (toLine(item) ?? []) : []));
}

function toLine(item: Readonly<Record<string, unknown>>): StoreLine | undefined {
  const itemId = idOf(item['id']);
  const quantity = Math.ceil(Number(textOf(item['quantity'])));
  if (!itemId || !(quantity > 0 && quantity <= 1e6)) return undefined;
  const permalink = textOf(item['permalink'], MAX_URL);
  const image: unknown = Array.isArray(item['images']) ? item['images'][0] : undefined;
  const priced = priceOf(item['prices']);
  return {
    key: textOf(item['key']) ?? '',
    line: { itemId, quantity, ...priced },
    aliases: idsOf([item['sku'], slugOf(permalink)]),
    isVariation: item['type'] === 'variation' || (Array.isArray(item['variation']) && item['variation'].length > 0),
    facts: {
      title: plainText(item['name'])?.slice(0, MAX_TITLE),
      url: permalink,
      imageUrl: isObject(image) ? (textOf(image['thumbnail'], MAX_URL) ?? textOf(image['src'], MAX_URL)) : undefined,
      ...priced,
    },
  };
}

/** "1800" with a minor unit of 2 is 18. */
function priceOf(prices: unknown): Pick<CartLine, 'price' | 'currency'> {
  if (!isObject(prices)) return {};
  const minorUnit = Number(textOf(prices['currency_minor_unit']));
  const amount = textOf(prices['price']) ?? '';
  const isAmount = /^\d{1,12}$/.test(amount) && minorUnit >= 0 && minorUnit <= 6;
  const price = isAmount ? toPrice(Number(amount) / 10 ** minorUnit) : undefined;
  const currency = toCurrency(prices['currency_code']);
  return { ...(price !== undefined && { price }), ...(currency && { currency }) };
}

function toProduct(product: unknown): StoreProduct[] {
  const id = isObject(product) && idOf(product['id']);
  if (!id) return [];
  const { sku, slug, name, permalink, parent } = product;
  return [{ id, sku, slug, name: plainText(name), path: slugOf(textOf(permalink, MAX_URL)), parent: idOf(parent) }];
}
