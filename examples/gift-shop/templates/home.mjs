import { departments } from '../catalog/departments.mjs';
import { html } from './html.mjs';
import { giftIcon, homeIcon, vanIcon } from './icons.mjs';
import { layout } from './layout.mjs';
import { productCard, tile } from './product-card.mjs';

const COLLAGE_TILES = 3;
/** Both fill two and five columns. */
const BESTSELLERS = 10;
const LITTLE_THINGS = 10;
const LITTLE_PRICE = 1;
/** Chosen by eye: five that look well together. */
const HERO_IDS = ['22423', '85123A', '85099B', '22699', '47566'];

/** @param {import('../catalog/catalog.mjs').Product[]} products most bought first */
export function homePage(products) {
  const inStock = products.filter(({ availability }) => availability === 'in_stock');
  const hero = HERO_IDS.flatMap((itemId) => products.find((product) => product.itemId === itemId) ?? []);
  const shown = new Set([...hero, ...inStock.slice(0, BESTSELLERS)]);
  const littleThings = inStock.filter((product) => product.price < LITTLE_PRICE && !shown.has(product));
  return layout({
    title: 'Gifts and small pleasures',
    description: 'Gifts, tableware, bunting, bags and small pleasures for the home: 3,795 things from a real catalogue.',
    body: html`${heroSection(hero)}
${promises()}
${departmentSection(inStock)}
${row({ id: 'bestsellers', title: 'Everybody’s favourites', more: ['/search.html', 'See all gifts'], products: inStock.slice(0, BESTSELLERS) })}
${row({ id: 'little-things', title: 'Little things under a pound', more: ['/search.html?sort=price-up', 'See more little things'], products: littleThings.slice(0, LITTLE_THINGS) })}`,
  });
}

function heroSection(products) {
  return html`<section class="hero">
<div class="wrap hero-row">
<div class="hero-text">
<p class="eyebrow">Gifts &amp; small pleasures</p>
<h1>Something nice for somebody you like</h1>
<p class="lead">Bunting and teacups, lunch bags and lanterns. Things to wrap, to hang up and to keep for yourself.</p>
<p class="hero-actions"><a class="button button-primary" href="/search.html">Browse all gifts</a><a class="button" href="#bestsellers">Favourites</a></p>
</div>
<ul class="hero-tiles">
${products.map((product) => html`<li><a href="${product.url}" aria-label="${product.title}">${tile(product, { isLazy: false })}</a></li>`)}
</ul>
</div>
</section>`;
}

function promises() {
  return html`<ul class="promises wrap">
<li>${vanIcon}<span><b>Free delivery</b> from £20</span></li>
<li>${giftIcon}<span><b>3,795 gifts</b>, most under £5</span></li>
<li>${homeIcon}<span><b>Suggestions stay home</b>: <a href="/privacy.html">worked out in your browser</a></span></li>
</ul>`;
}

function departmentSection(inStock) {
  const named = departments.slice(0, -1);
  return html`<section class="wrap section" aria-labelledby="departments">
<h2 id="departments">Shop by department</h2>
<ul class="department-grid">
${named.map(({ name, slug }) => {
  const own = inStock.filter(({ category }) => category === name);
  return html`<li><a class="department" href="/search.html?department=${slug}">
<span class="collage">${pickForCollage(own).map((product) => tile(product))}</span>
<span class="department-name">${name}</span>
<span class="department-count">${own.length} gifts</span>
</a></li>`;
})}
</ul>
</section>`;
}

/** The most bought that do not begin with the same word: eight lunch bags are no collage. */
function pickForCollage(products) {
  const picked = new Map();
  for (const product of products) {
    const [word] = product.title.split(' ');
    if (!picked.has(word)) picked.set(word, product);
    if (picked.size === COLLAGE_TILES) break;
  }
  return [...picked.values()];
}

function row({ id, title, more: [url, text], products }) {
  return html`<section class="wrap section" aria-labelledby="${id}">
<div class="section-head"><h2 id="${id}">${title}</h2><a href="${url}">${text}</a></div>
<ul class="card-grid">
${products.map((product) => productCard(product))}
</ul>
</section>`;
}
