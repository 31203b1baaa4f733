// In: what is particular to a page. Out: the page. Every page of the shop comes from here.
import { footer } from './footer.mjs';
import { header } from './header.mjs';
import { html } from './html.mjs';
import { consentBanner } from './consent-banner.mjs';

export const SHOP_NAME = 'Tansy & Twine';

/**
 * @param {object} page
 * @param {string} page.title
 * @param {string} page.description
 * @param {import('./html.mjs').Markup} page.body
 * @param {import('./html.mjs').Markup} [page.head] after the styles
 * @param {string} [page.script] the page's own module
 * @param {string} [page.productId] when the page is about one product
 * @param {boolean} [page.isFilledByScript] hidden until the page's module says it is there
 */
export function layout({ title, description, body, head, script, productId, isFilledByScript = false }) {
  const main = html`<main id="main" tabindex="-1"${productId && html` data-tillside-product="${productId}"`}${isFilledByScript && html` aria-busy="true"`}>
${body}
</main>`;
  return `${html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${SHOP_NAME}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbf6ee">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1a1714">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/shop.css">
<script src="/assets/stub.js"></script>
<script async src="/dist/auto.js" data-bundle="/models/gift-shop/manifest.json" data-reasons="session"></script>
<script type="module" src="/assets/shop.js"></script>
${script && html`<script type="module" src="/assets/${script}"></script>`}${head}
</head>
<body>
<a class="skip-link" href="#main">Skip to the content</a>
${header()}
${main}
${footer()}
<div class="notices">
<p class="toast" role="status" data-toast></p>
${consentBanner()}
</div>
</body>
</html>
`}`;
}
