import { html } from './html.mjs';
import { minusIcon, plusIcon } from './icons.mjs';
import { layout } from './layout.mjs';

export function cartPage() {
  return layout({
    title: 'Your cart',
    description: 'What you have chosen so far.',
    script: 'cart-page.js',
    isFilledByScript: true,
    body: html`<div class="wrap section">
<h1 tabindex="-1" data-cart-title>Your cart</h1>
<noscript><p>The cart needs JavaScript, as this browser keeps it.</p></noscript>
<div class="cart">
<div>
<ul class="cart-rows" data-tillside-cart aria-busy="true"></ul>
<div class="cart-empty" data-cart-empty hidden>
<p class="lead">There is nothing in it yet.</p>
<p><a class="button button-primary" href="/search.html">Find something nice</a></p>
</div>
</div>
${summary()}
</div>
</div>
<div class="wrap section cart-suggestions">
<tillside-suggestions placement="cart" size="4"></tillside-suggestions>
</div>
${rowTemplate()}`,
  });
}

function summary() {
  return html`<section class="summary" aria-labelledby="summary-title" data-cart-summary hidden>
<h2 id="summary-title">Summary</h2>
<div class="free-delivery">
<p id="free-delivery" data-free-delivery></p>
<progress aria-labelledby="free-delivery" max="100" value="0"></progress>
</div>
<dl>
<div><dt>Subtotal</dt><dd data-subtotal></dd></div>
<div><dt>Delivery</dt><dd data-delivery></dd></div>
<div class="summary-total"><dt>Total</dt><dd data-total></dd></div>
</dl>
<button type="button" class="button button-primary" data-checkout>Check out</button>
<p class="small">This is a demo: nothing is charged and nothing is sent.</p>
</section>`;
}

function rowTemplate() {
  return html`<template id="cart-row">
<li class="cart-row">
<a class="cart-row-picture" tabindex="-1" aria-hidden="true"><img class="tile" alt="" width="400" height="400" decoding="async"></a>
<div class="cart-row-text"><a class="cart-row-title"></a><p class="small" data-each></p></div>
<div class="stepper" role="group" aria-label="Quantity">
<button type="button" data-step="-1" aria-label="One less">${minusIcon}</button>
<input type="number" min="1" max="99" step="1" inputmode="numeric" aria-label="Quantity">
<button type="button" data-step="1" aria-label="One more">${plusIcon}</button>
</div>
<p class="cart-row-price" data-line-total></p>
<button type="button" class="link cart-row-remove">Remove<span class="visually-hidden"></span></button>
</li>
</template>`;
}
