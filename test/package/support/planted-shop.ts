// A small healthy shop on servers of its own, and the ways to plant one fault in it.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { aBundle, type BundleOptions } from '../../support/tiny-bundle.js';
import { ROOT } from './install.js';

/** What differs from the healthy shop. In texts, SHOP and OTHER stand for the two origins. */
export interface Plant {
  /** changes the page */
  readonly page?: (html: string) => string;
  /** directives of the policy that every answer of the shop has: another value, or nothing for none */
  readonly policy?: Readonly<Record<string, string | undefined>>;
  /** the page's policy only; worker.js has none then */
  readonly isPolicyOfPage?: boolean;
  /** path's end → another answer, or other headers */
  readonly answers?: Readonly<Record<string, Partial<Answer>>>;
  /** `/config.js` */
  readonly config?: string;
  readonly bundle?: BundleOptions;
  /** where the bundle's files and its pictures lie */
  readonly isBundleElsewhere?: boolean;
  readonly areImagesElsewhere?: boolean;
  /** origins that the other host lets in; default: all */
  readonly cors?: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** the answer begins, and never ends */
  readonly isEndless?: boolean;
}

export interface PlantedShop {
  /** the page's address */
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.css': 'text/css',
  '.txt': 'text/plain',
};
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' data:",
  'style-src': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'tillside',
};

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cart</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/shop.css">
<script src="/config.js"></script>
<script async src="/dist/auto.js" data-bundle="BUNDLE/models/manifest.json" data-consent="granted"></script>
</head><body><h1>Cart</h1>
<ul data-tillside-cart>
<li data-tillside-item="item-1" data-tillside-quantity="1">One</li>
<li data-tillside-item="item-2" data-tillside-quantity="1">Two</li>
<li data-tillside-item="item-3" data-tillside-quantity="2">Three</li>
</ul>
<tillside-suggestions placement="cart" size="4"></tillside-suggestions>
<p>Below</p></body></html>`;

/** Opens the shop at `/cart.html`. */
export async function openPlantedShop(plant: Plant = {}): Promise<PlantedShop> {
  const other = await listen();
  const shop = await listen();
  const fill = (text: string) =>
    text
      .replaceAll('BUNDLE', plant.isBundleElsewhere ? other.url : '')
      .replaceAll('SHOP', shop.url)
      .replaceAll('OTHER', other.url);
  const { files, manifestText } = await aBundle(withPictures(plant, other.url));
  const page = plant.page?.(PAGE) ?? PAGE;
  const read = (path: string): string | Uint8Array | undefined => {
    if (path === '/cart.html') return fill(page);
    if (path === '/config.js') return fill(plant.config ?? '');
    if (path === '/shop.css') return 'tillside-suggestions:not(:defined) { display: block; min-height: 24rem; }';
    if (path.startsWith('/img/')) return PICTURE;
    if (path === '/models/manifest.json') return manifestText;
    if (path.startsWith('/models/')) return files.get(path.slice('/models/'.length));
    return readDist(path);
  };
  const policy = Object.entries({ ...POLICY, ...plant.policy }).flatMap(([name, value]) =>
    value === undefined ? [] : [fill(`${name} ${value}`)],
  );
  const answerFrom = (isShop: boolean) => (path: string) => {
    const planted = Object.entries(plant.answers ?? {}).find(([end]) => path.endsWith(end))?.[1];
    const body = planted?.body ?? read(path);
    const hasPolicy = isShop && (!plant.isPolicyOfPage || path.endsWith('.html'));
    const headers = {
      'content-type': TYPES[extname(path)] ?? (path.endsWith('.html') ? 'text/html' : 'application/octet-stream'),
      'cache-control': /-[0-9a-f]{8}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(hasPolicy && { 'content-security-policy': policy.join('; ') }),
      ...(!isShop && plant.cors !== '' && { 'access-control-allow-origin': plant.cors ?? '*' }),
      ...planted?.headers,
    };
    return {
      status: planted?.status ?? (body === undefined ? 404 : 200),
      headers,
      body: body ?? 'Not found',
      isEndless: planted?.isEndless ?? false,
    };
  };
  shop.answer(answerFrom(true));
  other.answer(answerFrom(false));
  return { url: `${shop.url}/cart.html`, close: async () => void (await Promise.all([shop.close(), other.close()])) };
}

/** The demo's cards have pictures; these lie where the plant says. */
function withPictures({ bundle = {}, areImagesElsewhere = false }: Plant, otherUrl: string): BundleOptions {
  const catalog = (bytes: Uint8Array): Uint8Array => {
    const columns = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    columns['imageUrl'] = Array.from({ length: 30 }, (_, i) => `${areImagesElsewhere ? otherUrl : ''}/img/${i + 1}.svg`);
    return new TextEncoder().encode(JSON.stringify(columns));
  };
  return { ...bundle, alter: { catalog, ...bundle.alter } };
}

function readDist(path: string): Uint8Array | undefined {
  try {
    return path.startsWith('/dist/') ? readFileSync(join(ROOT, path)) : undefined;
  } catch {
    return undefined; // a 404, then
  }
}

async function listen() {
  let answer: ((path: string) => Answer) | undefined;
  const server: Server = createServer(({ url = '/' }, response) => {
    const { status, headers, body, isEndless } = answer?.(url.split('?')[0] as string) ?? { status: 503, headers: {}, body: '' };
    response.writeHead(status, headers);
    if (isEndless) response.flushHeaders();
    else response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (next: (path: string) => Answer) => {
      answer = next;
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
