// The search page: the address says what is looked for, this finds and shows it.
import { formatPrice } from './price.js';
import { loadProducts } from './products.js';
import { searchProducts } from './search.js';

/** Fills two, three and five columns. */
const PAGE = 30;
const template = document.querySelector('#card');
const results = document.querySelector('[data-search-results]');
const more = document.querySelector('[data-search-more]');
const filters = document.querySelector('[data-filters]');
let found = [];

function show(products) {
  const wanted = Object.fromEntries(new URLSearchParams(location.search));
  filters.department.value = wanted.department ?? '';
  filters.sort.value = wanted.sort ?? '';
  document.querySelector('#site-search').value = wanted.q ?? '';
  found = searchProducts(products, wanted);
  const department = filters.department.selectedOptions[0];
  const title = wanted.q?.trim() ? `“${wanted.q.trim()}”` : department?.value ? department.textContent : 'All gifts';
  document.querySelector('[data-search-title]').textContent = title;
  document.querySelector('[data-search-count]').textContent =
    found.length === 0 ? 'Nothing found. Try fewer or shorter words.' : `${found.length.toLocaleString('en-GB')} gifts`;
  results.replaceChildren();
  showMore();
}

function showMore() {
  const start = results.childElementCount;
  results.append(...found.slice(start, start + PAGE).map(createCard));
  more.hidden = results.childElementCount >= found.length;
}

function createCard({ itemId, title, price, url, imageUrl, isInStock }) {
  const card = template.content.cloneNode(true).firstElementChild;
  card.querySelector('a').href = url;
  card.querySelector('img').src = imageUrl;
  card.querySelector('.card-title').textContent = title;
  card.querySelector('.card-price').textContent = formatPrice(price);
  const add = card.querySelector('.card-add');
  add.dataset.tillsideAdd = itemId;
  add.dataset.tillsidePrice = String(price);
  add.querySelector('span').textContent = ` ${title} to cart`;
  card.querySelector(isInStock ? '.badge' : '.card-add').remove();
  return card;
}

/** The filters are in the address too, so that a result can be shared and gone back to. */
function onFilter(products) {
  const wanted = new URLSearchParams(location.search);
  for (const [name, value] of new FormData(filters)) {
    if (value) wanted.set(name, value);
    else wanted.delete(name);
  }
  history.replaceState(null, '', wanted.size ? `?${wanted}` : location.pathname);
  show(products);
}

function onMore() {
  const next = results.childElementCount;
  showMore();
  results.children[next]?.querySelector('a').focus();
}

try {
  const products = [...(await loadProducts()).values()];
  show(products);
  filters.addEventListener('change', () => onFilter(products));
  filters.addEventListener('submit', (event) => event.preventDefault());
  more.addEventListener('click', onMore);
} catch {
  document.querySelector('[data-search-count]').textContent = 'The gifts could not be loaded. Please load the page again.';
}
document.querySelector('main').removeAttribute('aria-busy');
