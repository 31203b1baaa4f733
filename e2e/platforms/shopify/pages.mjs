// The pages and sections of two themes: one made like Dawn was before standard events, one that speaks them. Scripts are files, as a CSP wants them.
import { keyOf } from './carts.mjs';

/** @typedef {import('./catalogue.mjs').Product} Product */
/** @typedef {import('./carts.mjs').Cart} Cart */
/** @typedef {'dawn' | 'standard'} Theme */
/** @typedef {{ theme: Theme, root: string, cart: Cart, product?: Product | undefined, products: readonly Product[] }} View */

const escapeHtml = (/** @type {string} */ text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
const money = (/** @type {number} */ hundredths) => `£${(hundredths / 100).toFixed(2)}`;
const price = (/** @type {Product} */ product) => `<span class="price">${money(product.price)}</span>`;
const picture = (/** @type {Product} */ { image }) => `<img src="${image}" alt="" width="400" height="400">`;
const TEMPLATE = 'template--18';

/** @type {Record<string, (view: View) => string>} what a section renders, by its id */
const SECTIONS = {
  'cart-drawer': drawer,
  'cart-icon-bubble': ({ cart }) => `Cart <b data-count>${cart.toJson().item_count}</b>`,
  [`${TEMPLATE}__cart-items`]: (view) =>
    `<cart-items class="${emptiness(view)}"><h1>Your cart</h1><div id="main-cart-items" data-id="${TEMPLATE}__cart-items">
      <div class="js-contents">${rows(view.cart)}</div></div></cart-items>`,
  [`${TEMPLATE}__cart-footer`]: (view) =>
    `<div id="main-cart-footer" class="${emptiness(view)}" data-id="${TEMPLATE}__cart-footer">
      <div class="js-contents"><p data-total>Total ${money(view.cart.toJson().total_price)}</p></div></div>`,
};

const emptiness = (/** @type {View} */ { cart }) => (cart.lines.length ? '' : 'is-empty');

/** @param {string} id @param {View} view @returns {string | undefined} */
export function renderSection(id, view) {
  const section = SECTIONS[id];
  return section && `<div id="shopify-section-${id}" class="shopify-section">${section(view)}</div>`;
}

/** @param {View} view */
function drawer(view) {
  return `<cart-drawer class="drawer ${emptiness(view)}"><div id="CartDrawer"><div id="CartDrawer-Overlay"></div>
    <div class="drawer__inner" role="dialog" aria-label="Your cart"><cart-drawer-items>${rows(view.cart)}</cart-drawer-items>
    <a class="button" href="${view.root}cart">View cart</a></div></div></cart-drawer>`;
}

/** @param {Cart} cart */
function rows(cart) {
  const list = cart.lines.map(
    (line, i) => `<li class="cart-item" data-sku="${line.product.sku}" data-key="${keyOf(line)}">
      <a href="/products/${line.product.handle}">${picture(line.product)}${escapeHtml(line.product.title)}</a>
      <input class="quantity__input" type="number" name="updates[]" min="0" value="${line.quantity}" data-index="${i + 1}" aria-label="Quantity">
      <span>${money(line.product.price * line.quantity)}</span>
      <cart-remove-button data-index="${i + 1}"><button type="button">Remove</button></cart-remove-button></li>`,
  );
  return list.length ? `<ul>${list.join('')}</ul>` : '<p>Your cart is empty</p>';
}

/** @param {View} view */
function form({ root, product }) {
  if (!product) return '';
  return `<product-form><form action="${root}cart/add" method="post" novalidate>
    <input type="hidden" name="form_type" value="product"><input type="hidden" name="utf8" value="✓">
    <input type="hidden" name="id" value="${product.variantId}"><input type="number" name="quantity" value="1" min="1" aria-label="Quantity">
    <button type="submit" name="add">Add to cart</button><p class="product-form__error-message" role="alert" hidden></p></form></product-form>`;
}

/** @param {View} view @param {'index' | 'product' | 'cart'} kind */
export function renderPage(view, kind) {
  const { theme, root, product, products } = view;
  const about = product ? `?product=${product.handle}` : '?';
  const scripts = theme === 'standard' ? ['standard-events.js', 'standard-actions.js', 'standard-theme.js'] : ['dawn.js'];
  const main = {
    index: `<h1>Gifts</h1><ul class="products">${products
      .slice(0, 12)
      .map((one) => `<li><a href="${root}products/${one.handle}">${picture(one)}${escapeHtml(one.title)} ${price(one)}</a></li>`)
      .join('')}</ul>`,
    product: product
      ? `<div class="product">${picture(product)}<div><h1>${escapeHtml(product.title)}</h1><p>${price(product)}</p>${form(view)}</div></div>`
      : '',
    cart: `${renderSection(`${TEMPLATE}__cart-items`, view)}${renderSection(`${TEMPLATE}__cart-footer`, view)}
      <tillside-suggestions placement="cart"></tillside-suggestions>`,
  }[kind];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tiny Gifts</title>
    <link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/shop.css"><script src="/assets/shopify-globals.js${about}&root=${root}"></script>
    ${scripts.map((name) => `<script type="module" src="/assets/${name}"></script>`).join('')}
    <script async src="/tillside/auto.js" data-bundle="/models/shop/manifest.json" data-consent="granted"></script>
    <body class="theme-dawn template-${kind}">
    <header id="shopify-section-header"><a href="${root}">Tiny Gifts</a> <a id="cart-icon-bubble" href="${root}cart">${SECTIONS['cart-icon-bubble']?.(view)}</a></header>
    ${drawer(view)}<main>${main}</main></html>`;
}

/** What Shopify itself puts on every page, before all scripts. @param {string} root @param {Product | undefined} product */
export function renderGlobals(root, product) {
  const variant = product && {
    id: product.variantId,
    price: product.price,
    name: product.title,
    public_title: null,
    sku: product.sku,
  };
  const page = product ? { pageType: 'product', resourceType: 'product', resourceId: product.id } : { pageType: 'home' };
  const meta = {
    ...(product && {
      product: {
        id: product.id,
        gid: `gid://shopify/Product/${product.id}`,
        vendor: 'Tiny Gifts',
        type: 'Gifts',
        variants: [variant],
      },
    }),
    ...{ page, currency: 'GBP' },
    ...(product && { selectedVariantId: String(product.variantId) }),
  };
  const shopify = { shop: 'tiny-gifts.myshopify.com', locale: 'en', currency: { active: 'GBP', rate: '1.0' }, routes: { root } };
  return `window.Shopify = Object.assign(window.Shopify || {}, ${JSON.stringify(shopify)});
window.ShopifyAnalytics = { meta: ${JSON.stringify(meta)} };`;
}
