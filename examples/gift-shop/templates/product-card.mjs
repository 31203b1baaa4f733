import { html } from './html.mjs';
import { formatPrice } from './price.mjs';

/**
 * A product in a grid.
 *
 * @param {import('../catalog/catalog.mjs').Product} product
 * @param {{ canAdd?: boolean }} [options] `canAdd: false` leaves the button out, where the page has one of its own
 */
export function productCard(product, { canAdd = true } = {}) {
  const { itemId, title, price, url, availability } = product;
  const isSoldOut = availability === 'out_of_stock';
  return html`<li class="card">
<a class="card-link" href="${url}">
${tile(product)}
<h3 class="card-title">${title}</h3>
</a>
<div class="card-foot">
<p class="card-price">${formatPrice(price)}</p>
${canAdd && !isSoldOut && html`<button type="button" class="card-add" data-tillside-add="${itemId}" data-tillside-price="${price}">Add<span class="visually-hidden"> ${title} to cart</span></button>`}
${isSoldOut && html`<p class="badge">Sold out</p>`}
</div>
</li>`;
}

/** The empty card that the search page's script fills. */
export function productCardTemplate() {
  return html`<template id="card">
<li class="card">
<a class="card-link" href="/"><img class="tile" alt="" width="400" height="400" loading="lazy" decoding="async"><h3 class="card-title"></h3></a>
<div class="card-foot">
<p class="card-price"></p>
<button type="button" class="card-add">Add<span class="visually-hidden"></span></button>
<p class="badge">Sold out</p>
</div>
</li>
</template>`;
}

/** A product's picture: decoration beside its title. */
export function tile({ imageUrl }, { isLazy = true } = {}) {
  return html`<img class="tile" src="${imageUrl}" alt="" width="400" height="400" decoding="async"${isLazy && html` loading="lazy"`}>`;
}
