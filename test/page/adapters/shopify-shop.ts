// A Shopify shop behind the page's own fetch, with the shapes and answers of the Ajax API, and a sink that keeps what it is told.
import type { CartLine } from '../../../src/core/domain/cart.js';
import type { ItemFacts } from '../../../src/core/domain/item.js';
import type { Aliased, CreatePlatformSource, PlatformSink } from '../../../src/page/adapters/platform-source.js';
import type { CaptureContext } from '../../../src/page/capture/capture-context.js';

export const HEART = { id: 40_000_085_123, product_id: 7_000_085_123, sku: '85123A', handle: 'hanging-heart', price: 295 };
export const CAKESTAND = { id: 40_000_022_423, product_id: 7_000_022_423, sku: '22423', handle: 'cakestand', price: 1275 };
export const SOLD_OUT = { id: 40_000_099_999, product_id: 7_000_099_999, sku: '99999', handle: 'sold-out', price: 100 };
const CATALOGUE = [HEART, CAKESTAND, SOLD_OUT];

export const idOf = ({ id }: { readonly id: number }) => String(id);
export const aliasesOf = ({ sku, product_id, handle }: typeof HEART) => [sku, String(product_id), handle];

interface Item {
  readonly id: number;
  quantity: number;
  readonly properties: Record<string, string>;
}

export interface FakeShop {
  /** method and path of every request, in order */
  readonly requests: string[];
  readonly items: Item[];
  /** answers before the shop does; nothing leaves it to the shop */
  before: (path: string, method: string) => Promise<Response | undefined> | Response | undefined;
  currency: string;
  close(): void;
}

/** Puts a shop behind `fetch` and `XMLHttpRequest` (200 answers to GET-like calls only), under `root`. */
export function openShop(root = '/'): FakeShop {
  const { fetch } = window;
  const { open } = XMLHttpRequest.prototype;
  Object.assign(window, { Shopify: { routes: { root }, currency: { active: 'GBP' } } });
  const shop: FakeShop = {
    requests: [],
    items: [],
    currency: 'GBP',
    before: () => undefined,
    close() {
      window.fetch = fetch;
      XMLHttpRequest.prototype.open = open;
      for (const name of ['Shopify', 'ShopifyAnalytics', 'meta']) Reflect.deleteProperty(window, name);
      document.body.replaceChildren();
    },
  };
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const path = pathname.startsWith(root) ? pathname.slice(root.length) : pathname.slice(1);
    shop.requests.push(`${request.method} ${pathname}`);
    return (await shop.before(path, request.method)) ?? answer(shop, path, request);
  };
  return shop;
}

async function answer(shop: FakeShop, path: string, request: Request): Promise<Response> {
  const product = CATALOGUE.find(({ handle }) => path === `products/${handle}.js`);
  if (product) return json(productJson(product));
  if (/^cart(\.js|\.json)?$/.test(path)) return json(cartJson(shop));
  const sent = request.method === 'POST' ? await readFields(request) : new Map<string, string>();
  if (/^cart\/add(\.js)?$/.test(path)) return add(shop, sent);
  if (/^cart\/(change|update|clear)(\.js)?$/.test(path)) return change(shop, path, sent);
  return new Response('Not found', { status: 404 });
}

async function readFields(request: Request): Promise<Map<string, string>> {
  if (!request.headers.get('content-type')?.includes('json'))
    return new Map([...(await request.formData())].map(([name, value]) => [name, String(value)]));
  const sent = (await request.json()) as Record<string, unknown> & { items?: Record<string, unknown>[] };
  return new Map(
    [
      ...Object.entries(sent),
      ...(sent.items ?? []).flatMap((item, i) => Object.entries(item).map(([k, v]) => [`items[${i}][${k}]`, v])),
    ].map(([name, value]) => [String(name), typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

function add(shop: FakeShop, sent: Map<string, string>): Response {
  const asked = [...sent.keys()].filter((name) => /^(items\[\d+\]\[id\]|id)$/.test(name));
  const wanted = asked.map((name) => ({
    id: Number(sent.get(name)),
    quantity: Number(sent.get(name.replace(/id(\]?)$/, 'quantity$1')) ?? 1),
  }));
  if (wanted.some(({ id }) => id === SOLD_OUT.id)) return refuse("The product 'Sold out' is already sold out.");
  if (!wanted.length || wanted.some(({ id }) => !CATALOGUE.some((one) => one.id === id))) return refuse('Cannot find variant');
  const lines = wanted.map(({ id, quantity }) => {
    const held = shop.items.find((item) => item.id === id && !Object.keys(item.properties).length);
    const line = held ?? { id, quantity: 0, properties: {} };
    line.quantity += quantity;
    if (!held) shop.items.unshift(line);
    return lineJson(line);
  });
  return json(sent.has('items[0][id]') ? { items: lines } : lines[0]);
}

function change(shop: FakeShop, path: string, sent: Map<string, string>): Response {
  if (path.includes('clear')) shop.items.splice(0);
  else if (path.includes('update')) {
    const updates = JSON.parse(sent.get('updates') ?? '{}') as Record<string, number>;
    for (const item of shop.items) item.quantity = updates[item.id] ?? item.quantity;
  } else {
    const id = sent.get('id') ?? '';
    const item = shop.items.find((one, i) => String(one.id) === id.split(':')[0] || String(i + 1) === sent.get('line'));
    if (!item) return refuse('Cannot find variant');
    item.quantity = Number(sent.get('quantity'));
  }
  shop.items.splice(0, shop.items.length, ...shop.items.filter(({ quantity }) => quantity > 0));
  return json(cartJson(shop));
}

const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
const refuse = (description: string) => json({ status: 422, message: 'Cart Error', description }, 422);

export function cartJson({ items, currency }: Pick<FakeShop, 'items' | 'currency'>) {
  const lines = items.map(lineJson);
  const total = lines.reduce((sum, line) => sum + line.line_price, 0);
  const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return { token: 'c1', note: '', item_count: count, total_price: total, items: lines, currency };
}

function lineJson({ id, quantity, properties }: Item) {
  const { product_id, sku, handle, price } = CATALOGUE.find((one) => one.id === id) ?? HEART;
  return {
    ...{ id, variant_id: id, product_id, key: `${id}:0123abcd`, quantity, sku, handle, properties, price, original_price: price },
    ...{ final_price: price, line_price: price * quantity, title: handle, product_title: handle, vendor: 'Tiny Gifts' },
    ...{ url: `/products/${handle}?variant=${id}`, image: `https://cdn.example/${handle}.jpg`, product_type: 'Gifts' },
  };
}

function productJson({ id, product_id, sku, handle, price }: typeof HEART) {
  const available = id !== SOLD_OUT.id;
  const variants = [{ id, title: 'Default Title', sku, barcode: null, price, available, featured_image: null }];
  return { id: product_id, title: handle, handle, vendor: 'Tiny Gifts', type: 'Gifts', price, available, variants };
}

/** A promise that the test settles. */
export function aDelay<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    [resolve, reject] = [onResolve, onReject];
  });
  return { promise, resolve, reject };
}

/** What a sink was told, in order: the method and its argument. */
export function aSink() {
  const told: (readonly [string, unknown])[] = [];
  const keep =
    (name: string) =>
    (...args: readonly unknown[]) =>
      void told.push([name, args[0]]);
  const sink = Object.fromEntries(['mutation', 'snapshot', 'products', 'page', 'event'].map((name) => [name, keep(name)]));
  const of = <T>(name: string) => told.filter(([method]) => method === name).map(([, argument]) => argument as T);
  return {
    sink: sink as unknown as PlatformSink,
    told,
    mutations: () => of<{ type: string; itemId: string; quantity?: number } & Aliased>('mutation'),
    snapshots: () => of<readonly (CartLine & Aliased)[]>('snapshot'),
    facts: () => of<readonly ItemFacts[]>('products').flat(),
    pages: () => of<{ itemId: string } & Aliased>('page'),
    events: () => of<Record<string, unknown>>('event'),
  };
}

export function aContext() {
  const errors: string[] = [];
  const context: CaptureContext = {
    window,
    now: () => performance.now(),
    wallClock: () => Date.now(),
    onError: (code, message) => void errors.push(`${code} ${message}`),
  };
  return { context, errors };
}

/** Starts a source on the page; every error it reports is kept. */
export function startSource(create: CreatePlatformSource) {
  const { context, errors } = aContext();
  const source = create(context);
  const told = aSink();
  return { source, errors, ...told, stop: source.start(told.sink) };
}
