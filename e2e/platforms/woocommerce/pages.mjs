// The pages of the shop, in the markup of WooCommerce's templates; every script is a file, as a strict policy has it.
import { permalinkOf } from './store-api.mjs';

/** @typedef {import('./catalogue.mjs').Product} Product */
/** @typedef {import('./store-api.mjs').Session} Session */
/** @typedef {{ origin: string, root: string, session: Session, products: readonly Product[] }} Shop */
/** @typedef {'classic' | 'blocks' | 'mixed'} Theme */

const SUGGESTIONS = '<tillside-suggestions placement="cart" size="4"></tillside-suggestions>';
const SCRIPTS = { classic: ['jquery', 'classic'], blocks: ['blocks'], mixed: ['jquery', 'classic', 'blocks'] };

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
/** @param {number} pence */
const price = (pence) => `<span class="woocommerce-Price-amount amount"><bdi>£${(pence / 100).toFixed(2)}</bdi></span>`;

/** @param {Product} product */
const picture = ({ image }) => `<img src="${image}" alt="" width="400" height="400" />`;

/** What themes show of the cart in their header. @param {Pick<Shop, 'origin' | 'session'>} shop */
function cartContents({ origin, session }) {
  const count = [...session.lines.values()].reduce((sum, { quantity }) => sum + quantity, 0);
  return `<a class="cart-contents" href="${origin}/cart/">Basket <span class="count">${count}</span></a>`;
}

/**
 * Wraps a page's content into the theme.
 *
 * @param {Shop} shop @param {{ theme: Theme, bodyClass?: string, title: string, main: string, head?: string }} page
 */
function layout({ origin, root, session }, { theme, bodyClass = '', title, main, head = '' }) {
  const badge =
    theme === 'classic'
      ? ''
      : '<button class="wc-block-mini-cart__button">Cart <span class="wc-block-mini-cart__badge">0</span></button>';
  const mini =
    theme === 'blocks'
      ? ''
      : '<aside><div class="widget woocommerce widget_shopping_cart"><h2>Basket</h2><div class="widget_shopping_cart_content"></div></div></aside>';
  const basket = theme === 'classic' ? cartContents({ origin, session }) : `<a href="${origin}/cart/">Basket</a>`;
  return `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${origin}/assets/shop.css" />
    <title>${escaped(title)}</title>
    <link rel="https://api.w.org/" href="${root}" />
    <script async src="/tillside/auto.js" data-bundle="/models/gift-shop/manifest.json" data-consent="granted"></script>
    ${head}
  </head>
  <body class="${bodyClass} theme-storefront woocommerce-js">
    <header><a href="${origin}/">Tiny Gifts</a> ${basket} ${badge}</header>
    <main><div class="wc-block-store-notices" role="status"></div>${main}</main>
    ${mini}
    <script src="${origin}/assets/params.js"></script>
    ${SCRIPTS[theme].map((name) => `<script src="${origin}/assets/${name}.js"></script>`).join('\n    ')}
  </body>
</html>`;
}

/** @param {Shop} shop @param {Theme} theme */
export function archivePage(shop, theme) {
  const cards = shop.products.slice(0, 12).map((product) => {
    const data = `data-quantity="1" data-product_id="${product.id}" data-product_sku="${product.sku}"`;
    const href = permalinkOf(product, shop.origin);
    const button =
      theme === 'blocks'
        ? `<button class="wp-block-button__link wp-element-button wc-block-components-product-button__button add_to_cart_button ajax_add_to_cart" ${data}>Add ${product.sku}</button>`
        : `<a href="?add-to-cart=${product.id}" ${data} class="button product_type_simple add_to_cart_button ajax_add_to_cart" rel="nofollow">Add ${product.sku}</a>`;
    return `<li class="product type-product post-${product.id}"><a href="${href}" class="woocommerce-LoopProduct-link">${picture(product)}${escaped(product.name)} ${price(product.price)}</a>${button}</li>`;
  });
  const main = `<h1 class="page-title">Gifts</h1><ul class="products columns-4">${cards.join('')}</ul>`;
  return layout(shop, { theme, bodyClass: 'archive woocommerce woocommerce-page', title: 'Shop', main });
}

/** @param {Shop} shop @param {Product} product */
export function productPage(shop, product) {
  const variations = shop.products.filter(({ parent }) => parent === product.id);
  const quantity = '<input type="number" name="quantity" value="1" min="1" class="input-text qty text" />';
  const form = variations.length ? variableForm(product, variations, quantity) : simpleForm(product, quantity);
  const offers = [
    {
      '@type': 'Offer',
      price: (product.price / 100).toFixed(2),
      priceCurrency: 'GBP',
      availability: 'http://schema.org/InStock',
    },
  ];
  const url = permalinkOf(product, shop.origin);
  const sku = product.sku || product.id;
  const jsonLd = {
    '@context': 'https://schema.org/',
    '@type': 'Product',
    '@id': `${url}#product`,
    name: product.name,
    url,
    sku,
    offers,
  };
  const main = `<div id="product-${product.id}" class="product type-product">${picture(product)}<div class="summary entry-summary"><h1 class="product_title">${escaped(product.name)}</h1>
    <p class="price">${price(product.price)}</p>${form}
    <div class="product_meta"><span class="sku_wrapper">SKU: <span class="sku">${product.sku || 'N/A'}</span></span></div></div></div>`;
  const head = `<script type="application/ld+json">${JSON.stringify(jsonLd).replaceAll('<', '\\u003c')}</script>`;
  const bodyClass = `single single-product postid-${product.id} woocommerce woocommerce-page`;
  return layout(shop, { theme: 'classic', bodyClass, title: product.name, main, head });
}

/** @param {Product} product @param {string} quantity */
const simpleForm = (
  product,
  quantity,
) => `<form class="cart" method="post" enctype="application/x-www-form-urlencoded">${quantity}
  <button type="submit" name="add-to-cart" value="${product.id}" class="single_add_to_cart_button button alt">Add to basket</button></form>`;

/** @param {Product} product @param {readonly Product[]} variations @param {string} quantity */
function variableForm(product, variations, quantity) {
  const pattern = (/** @type {Product} */ { sku }) => sku.slice(-1).toLowerCase();
  const described = variations.map((one) => ({
    variation_id: one.id,
    sku: one.sku,
    display_price: one.price / 100,
    is_in_stock: one.isInStock,
    attributes: { attribute_pattern: pattern(one) },
  }));
  const options = variations.map((one) => `<option value="${pattern(one)}">${escaped(one.name)}</option>`).join('');
  return `<form class="variations_form cart" method="post" data-product_id="${product.id}" data-product_variations="${escaped(JSON.stringify(described))}">
    <select name="attribute_pattern" aria-label="Pattern"><option value="">Choose an option</option>${options}</select>
    ${quantity}<button type="submit" class="single_add_to_cart_button button alt" disabled>Add to basket</button>
    <input type="hidden" name="add-to-cart" value="${product.id}" /><input type="hidden" name="product_id" value="${product.id}" />
    <input type="hidden" name="variation_id" class="variation_id" value="0" /></form>`;
}

/** @param {Shop} shop */
export function cartPage(shop) {
  const rows = [...shop.session.lines].map(
    ([
      key,
      { product, quantity },
    ]) => `<tr class="woocommerce-cart-form__cart-item cart_item" data-sku="${product.sku}" data-quantity="${quantity}">
      <td class="product-thumbnail">${picture(product)}</td><td class="product-name">${escaped(product.name)}</td>
      <td class="product-quantity"><input type="number" name="cart[${key}][qty]" value="${quantity}" min="0" aria-label="Quantity of ${product.sku}" /></td>
      <td class="product-subtotal">${price(product.price * quantity)}</td></tr>`,
  );
  const main = rows.length
    ? `<div class="woocommerce"><form class="woocommerce-cart-form" action="${shop.origin}/cart/" method="post"><table class="shop_table cart woocommerce-cart-form__contents">${rows.join('')}</table>
       <button type="submit" name="update_cart" value="Update basket">Update basket</button></form>
       <form action="${shop.origin}/checkout/" method="post"><button>Place order</button></form></div>`
    : '<div class="woocommerce"><p class="cart-empty woocommerce-info">Your basket is currently empty.</p></div>';
  const bodyClass = 'woocommerce-cart woocommerce-page';
  return layout(shop, { theme: 'classic', bodyClass, title: 'Basket', main: `<h1>Basket</h1>${main}${SUGGESTIONS}` });
}

/** @param {Shop} shop */
export function blocksCartPage(shop) {
  const main = `<h1>Basket</h1><div class="wp-block-woocommerce-cart wc-block-cart"><table class="wc-block-cart-items"></table></div>${SUGGESTIONS}`;
  return layout(shop, { theme: 'blocks', bodyClass: 'woocommerce-cart woocommerce-page', title: 'Basket', main });
}

/** @param {Shop} shop @param {string} order */
export function orderReceivedPage(shop, order) {
  const main = `<div class="woocommerce"><div class="woocommerce-order"><p class="woocommerce-notice woocommerce-notice--success woocommerce-thankyou-order-received">Thank you.</p>
    <ul class="woocommerce-order-overview order_details"><li class="woocommerce-order-overview__order order">Order number: <strong>${order}</strong></li></ul></div></div>`;
  const bodyClass = 'woocommerce-checkout woocommerce-page woocommerce-order-received';
  return layout(shop, { theme: 'classic', bodyClass, title: 'Order received', main });
}

/** The mini cart and the header's count as fragments have it. @param {Shop} shop */
export function fragmentsOf({ session, origin }) {
  const items = [...session.lines].map(
    ([
      key,
      { product, quantity },
    ]) => `<li class="woocommerce-mini-cart-item mini_cart_item" data-sku="${product.sku}" data-quantity="${quantity}">
      <a href="${origin}/cart/?remove_item=${key}" class="remove remove_from_cart_button" aria-label="Remove ${product.sku}" data-product_id="${product.parent || product.id}" data-cart_item_key="${key}" data-product_sku="${product.sku}">&times;</a>
      ${escaped(product.name)} <span class="quantity">${quantity} &times; ${price(product.price)}</span></li>`,
  );
  const list = items.length
    ? `<ul class="woocommerce-mini-cart cart_list product_list_widget">${items.join('')}</ul>`
    : '<p class="woocommerce-mini-cart__empty-message">No products in the basket.</p>';
  return {
    'div.widget_shopping_cart_content': `<div class="widget_shopping_cart_content">${list}</div>`,
    'a.cart-contents': cartContents({ origin, session }),
  };
}
