import { departments } from '../catalog/departments.mjs';
import { html, jsonLd } from './html.mjs';
import { minusIcon, plusIcon, tickIcon, vanIcon } from './icons.mjs';
import { layout } from './layout.mjs';
import { formatPrice } from './price.mjs';
import { productCard, tile } from './product-card.mjs';

/**
 * @param {import('../catalog/catalog.mjs').Product} product
 * @param {import('../catalog/catalog.mjs').Product[]} similar
 */
export function productPage(product, similar) {
  const { itemId, title, category } = product;
  return layout({
    title,
    description: `${title}, ${formatPrice(product.price)}, from ${category}.`,
    productId: itemId,
    head: jsonLd(toJsonLd(product)),
    script: 'product-page.js',
    body: html`<div class="wrap section">
${breadcrumb(product)}
<article class="product">
<div class="product-picture">${tile(product, { isLazy: false })}</div>
<div class="product-text">
<p class="eyebrow">${category}</p>
<h1>${title}</h1>
<p class="product-price">${formatPrice(product.price)}</p>
${buyForm(product)}
${facts(product)}
</div>
</article>
</div>
${similar.length > 0 && similarSection(similar)}`,
  });
}

function breadcrumb({ title, category }) {
  const slug = departments.find(({ name }) => name === category)?.slug;
  return html`<nav class="breadcrumb" aria-label="You are here"><ol>
<li><a href="/">Home</a></li>
<li><a href="/search.html?department=${slug}">${category}</a></li>
<li><span aria-current="page">${title}</span></li>
</ol></nav>`;
}

function buyForm({ itemId, price, availability }) {
  const isSoldOut = availability === 'out_of_stock';
  const disabled = isSoldOut && html` disabled`;
  return html`<p class="stock${isSoldOut && ' stock-out'}">${!isSoldOut && tickIcon}${isSoldOut ? 'Sold out at the moment' : 'In stock'}</p>
<form class="buy" data-buy>
<div class="stepper" role="group" aria-label="Quantity">
<button type="button" data-step="-1" aria-label="One less"${disabled}>${minusIcon}</button>
<input type="number" name="quantity" value="1" min="1" max="99" step="1" inputmode="numeric" aria-label="Quantity"${disabled}>
<button type="button" data-step="1" aria-label="One more"${disabled}>${plusIcon}</button>
</div>
<button type="submit" class="button button-primary" data-tillside-add="${itemId}" data-tillside-quantity="1" data-tillside-price="${price}"${disabled}>${isSoldOut ? 'Sold out' : 'Add to cart'}</button>
</form>`;
}

function facts({ itemId, orders, dataTitle }) {
  return html`<p class="product-delivery">${vanIcon}<span>Delivery £2.95, free from £20.</span></p>
<dl class="product-facts">
<div><dt>Item number</dt><dd>${itemId}</dd></div>
<div><dt>Ordered</dt><dd>${orders === 1 ? 'once' : `${orders.toLocaleString('en-GB')} times`} in the year to December 2011</dd></div>
<div><dt>In the order book</dt><dd>${dataTitle}</dd></div>
<div><dt>Picture</dt><dd>Drawn by us from the words of its name; the data has none</dd></div>
</dl>`;
}

function similarSection(similar) {
  return html`<section class="wrap section" aria-labelledby="similar">
<h2 id="similar">Much like this</h2>
<ul class="card-grid card-grid-of-four">
${similar.map((product) => productCard(product, { canAdd: false }))}
</ul>
</section>`;
}

function toJsonLd({ itemId, title, price, currency, category, url, imageUrl, availability }) {
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    productID: itemId,
    name: title,
    category,
    url,
    image: imageUrl,
    offers: {
      '@type': 'Offer',
      price: price.toFixed(2),
      priceCurrency: currency,
      availability: `https://schema.org/${availability === 'in_stock' ? 'InStock' : 'OutOfStock'}`,
    },
  };
}
