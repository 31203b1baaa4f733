import { departments } from '../catalog/departments.mjs';
import { html } from './html.mjs';
import { cartIcon, searchIcon, sprig } from './icons.mjs';

/** As many as stand beside each other on a desktop. */
const NAMED_DEPARTMENTS = 8;

export function header() {
  return html`<header class="site-header">
<div class="wrap site-header-row">
<a class="brand" href="/" aria-label="Tansy &amp; Twine, home">${sprig}<span>Tansy <i>&amp;</i> Twine</span></a>
<form class="site-search" role="search" action="/search.html">
<label class="visually-hidden" for="site-search">Search the shop</label>
<input id="site-search" type="search" name="q" placeholder="Search 3,795 gifts" autocomplete="off" enterkeyhint="search">
<button type="submit" aria-label="Search">${searchIcon}</button>
</form>
<a class="cart-link" href="/cart.html">${cartIcon}<span>Cart</span><span class="cart-count" data-cart-count hidden></span></a>
</div>
</header>
<nav class="departments-nav" aria-label="Departments">
<ul class="wrap">
${departments.slice(0, NAMED_DEPARTMENTS).map(({ name, slug }) => html`<li><a href="/search.html?department=${slug}">${name}</a></li>`)}
<li><a href="/#departments">All departments</a></li>
</ul>
</nav>`;
}
