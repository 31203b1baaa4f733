import { departments } from '../catalog/departments.mjs';
import { html } from './html.mjs';
import { layout } from './layout.mjs';
import { productCardTemplate } from './product-card.mjs';

export function searchPage() {
  return layout({
    title: 'All gifts',
    description: 'Search all gifts by name, department and price.',
    script: 'search-page.js',
    isFilledByScript: true,
    body: html`<div class="wrap section">
<h1 data-search-title>All gifts</h1>
<form class="filters" data-filters>
<label>Department
<select name="department">
<option value="">All departments</option>
${departments.map(({ name, slug }) => html`<option value="${slug}">${name}</option>`)}
</select>
</label>
<label>Sort by
<select name="sort">
<option value="">Favourites first</option>
<option value="price-up">Price, low to high</option>
<option value="price-down">Price, high to low</option>
<option value="title">Name, A to Z</option>
</select>
</label>
<p class="filters-count" role="status" data-search-count></p>
</form>
<noscript><p>The search needs JavaScript. The <a href="/">home page</a> does without.</p></noscript>
<h2 class="visually-hidden">What we found</h2>
<ul class="card-grid" data-search-results></ul>
<p class="more"><button type="button" class="button" data-search-more hidden>Show more</button></p>
</div>
${productCardTemplate()}`,
  });
}
