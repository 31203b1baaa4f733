// The shops of `npm start` that are each a platform's: the stateful servers of the end-to-end tests, with tillside's files beside their pages.
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { openCartShop } from '../../e2e/platforms/ga4/server.mjs';
import { openShopifyShop } from '../../e2e/platforms/shopify/server.mjs';
import { openWooCommerce } from '../../e2e/platforms/woocommerce/server.mjs';

/** @typedef {import('node:http').RequestListener} RequestListener */
/** @typedef {{ name: string, path: string, answer: RequestListener }} PlatformShop */

const serve = (/** @type {string} */ folder) => sirv(fileURLToPath(new URL(`../../${folder}`, import.meta.url)), { dev: true });

/** Opens the shops; each wants a server of its own, `path` is where its pages begin. @returns {PlatformShop[]} */
export function openPlatformShops() {
  return [
    { name: 'shopify', path: '/', answer: openShopifyShop().answer },
    { name: 'woocommerce', path: '/shop/', answer: besideFiles(openWooCommerce().answer) },
    { name: 'ga4', path: '/shop/', answer: besideFiles(openCartShop().answer) },
  ];
}

/** Answers for a shop in `/shop/`, and what it asks for beside it. @param {RequestListener} answer @returns {RequestListener} */
function besideFiles(answer) {
  const files = /** @type {const} */ ([
    ['/tillside', serve('dist')],
    ['/models/gift-shop', serve('examples/gift-shop/bundle')],
    ['/img', serve('examples/gift-shop/site/img')],
  ]);
  return (request, response) => {
    const { url = '/' } = request;
    if (url.startsWith('/shop/')) return answer(request, response);
    const [prefix, send] = files.find(([start]) => url.startsWith(`${start}/`)) ?? [];
    if (!prefix) return void response.writeHead(url === '/' ? 302 : 404, { location: '/shop/' }).end();
    request.url = url.slice(prefix.length);
    send?.(request, response, () => void response.writeHead(404).end());
  };
}
