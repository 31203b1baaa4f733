// A WooCommerce page under the test's hand: its Store API by a fetch that answers from a cart, its jQuery, and a sink that remembers.
import { vi } from 'vitest';
import type { PlatformSink } from '../../../src/page/adapters/platform-source.js';
import { createWooCommerceSource } from '../../../src/page/adapters/woocommerce.js';
import type { CaptureContext } from '../../../src/page/capture/capture-context.js';
import '../../../e2e/platforms/woocommerce/assets/jquery.js';

interface JQueryList {
  on(types: string, handler: (...args: unknown[]) => void): JQueryList;
  off(types: string): JQueryList;
  trigger(type: string, args?: readonly unknown[]): JQueryList;
}
type JQuery = (target: unknown) => JQueryList;

export type Page = Window & { jQuery?: unknown; wcBlocksMiddlewareConfig?: unknown; wcSettings?: unknown };
export interface Call {
  readonly kind: keyof PlatformSink;
  readonly value: unknown;
  readonly itemIds?: readonly string[];
}
/** What the Store API is asked: the route below `wc/store/v1/`, and what came with it. */
export interface Asked {
  readonly method: string;
  readonly route: string;
  readonly query: URLSearchParams;
  readonly nonce: string | null;
  readonly body: unknown;
  readonly href: string;
}

const page = window as unknown as Page;
export const jQuery = page.jQuery as JQuery;
Reflect.deleteProperty(page, 'jQuery');

/** The page's address and what was started on it, to be given back. */
const home = location.href;
const stops: (() => void)[] = [];

/** Lets jQuery arrive, as a script of the shop's does. */
export const bringJQuery = (value: unknown = jQuery) => {
  page.jQuery = value;
};
export const trigger = (type: string, ...args: unknown[]) => jQuery(document.body).trigger(type, args);

export function anItem(fields: object = {}) {
  const prices = { price: '1800', currency_code: 'USD', currency_minor_unit: 2 };
  const permalink = 'https://shop.example/product/beanie/';
  return { key: 'k38', id: 38, quantity: 1, name: 'Beanie', sku: 'woo-beanie', permalink, variation: [], prices, ...fields };
}

/** Opens the page; `answer` may be replaced to refuse or to stall, and falls through to the cart by undefined. */
export function openFakeShop() {
  const asked: Asked[] = [];
  const calls: Call[] = [];
  const errors: string[] = [];
  const shop = {
    items: [] as unknown[],
    products: [] as object[],
    nonce: 'n1',
    answer: (_asked: Asked): Response | Promise<Response> | undefined => undefined,
  };
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { Nonce: shop.nonce } });
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init = {}) => {
    const one = toAsked(String(input), init);
    asked.push(one);
    const answered = await shop.answer(one);
    init.signal?.throwIfAborted();
    return answered ?? json(one.route === 'products' ? shop.products : { items: shop.items, billing_address: {} });
  });
  const context: CaptureContext = {
    window,
    now: () => performance.now(),
    wallClock: () => Date.now(),
    onError: (code, message) => void errors.push(`${code}: ${message}`),
  };
  const of = (kind: Call['kind']) => calls.filter((call) => call.kind === kind).map(({ value }) => value);
  const source = createWooCommerceSource(context);
  return Object.assign(shop, {
    asked,
    calls,
    errors,
    source,
    json,
    of,
    refuse: (status: number, code: string, message: string) => json({ code, message, data: { status } }, status),
    start() {
      const stop = source.start(toSink(calls));
      stops.push(stop);
      return stop;
    },
    /** resolves when the sink has been told so many carts */
    snapshots: (count: number) =>
      vi.waitFor(() => {
        if (of('snapshot').length < count) throw new Error(`${of('snapshot').length} carts so far`);
        return of('snapshot').at(-1);
      }),
    routes: () => asked.map(({ method, route }) => `${method} ${route}`),
  });
}

export function closeFakeShop(): void {
  for (const stop of stops.splice(0)) stop();
  jQuery(document.body).off('.test');
  history.replaceState(null, '', home);
  vi.restoreAllMocks();
  document.body.replaceChildren();
  document.body.className = '';
  for (const link of document.querySelectorAll('link[rel="https://api.w.org/"]')) link.remove();
  for (const name of ['jQuery', 'wcBlocksMiddlewareConfig', 'wcSettings']) Reflect.deleteProperty(page, name);
}

function toSink(calls: Call[]): PlatformSink {
  return {
    mutation: (value) => void calls.push({ kind: 'mutation', value }),
    snapshot: (value) => void calls.push({ kind: 'snapshot', value }),
    products: (value, itemIds) => void calls.push({ kind: 'products', value, itemIds }),
    page: (value) => void calls.push({ kind: 'page', value }),
    event: (value) => void calls.push({ kind: 'event', value }),
  };
}

function toAsked(href: string, { method = 'GET', headers, body }: RequestInit): Asked {
  const url = new URL(href);
  const path = url.searchParams.get('rest_route') ?? url.pathname;
  return {
    method,
    href,
    route: path.replace(/^.*wc\/store\/v1\//, ''),
    query: url.searchParams,
    nonce: new Headers(headers).get('Nonce'),
    body: typeof body === 'string' ? JSON.parse(body) : undefined,
  };
}
