import { html } from './html.mjs';

export function footer() {
  return html`<footer class="site-footer">
<div class="wrap site-footer-columns">
<section aria-labelledby="footer-shop">
<h2 id="footer-shop">The shop</h2>
<ul>
<li><a href="/search.html">All gifts</a></li>
<li><a href="/search.html?sort=price-up">Little things first</a></li>
<li><a href="/cart.html">Your cart</a></li>
</ul>
</section>
<section aria-labelledby="footer-privacy">
<h2 id="footer-privacy">Your privacy</h2>
<ul>
<li><a href="/privacy.html">What this shop remembers</a></li>
<li><button type="button" class="link" data-consent-open>Change your mind about suggestions</button></li>
</ul>
</section>
<section class="site-footer-note" aria-labelledby="footer-about">
<h2 id="footer-about">A demo</h2>
<p>Nothing is sold here. Names, prices and orders are those of a real gift shop of 2010–11
(<a href="https://doi.org/10.24432/C5BW33">Chen, D. 2015, Online Retail</a>). Pictures, departments and stock are ours.</p>
</section>
</div>
</footer>`;
}
