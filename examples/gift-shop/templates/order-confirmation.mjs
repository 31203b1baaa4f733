import { html } from './html.mjs';
import { tickIcon } from './icons.mjs';
import { layout } from './layout.mjs';

export function orderConfirmationPage() {
  return layout({
    title: 'Thank you',
    description: 'Your order.',
    script: 'order-page.js',
    isFilledByScript: true,
    body: html`<div class="wrap section order">
<p class="order-mark">${tickIcon}</p>
<h1 data-order-title>Thank you</h1>
<p class="lead" data-order-lead></p>
<noscript><p>The order needs JavaScript, as this browser keeps it.</p></noscript>
<section class="summary" aria-labelledby="order-summary" data-order-summary hidden>
<h2 id="order-summary">What you ordered</h2>
<ul class="order-lines" data-order-lines></ul>
<dl><div class="summary-total"><dt>Total</dt><dd data-total></dd></div></dl>
</section>
<p><a class="button button-primary" href="/search.html">Keep looking around</a></p>
</div>`,
  });
}
