// The cart page: one row a line, kept in step with the cart.
import { onCartChange, readCart, setQuantity } from './cart.js';
import { showCartSummary } from './cart-summary.js';
import { formatPrice } from './price.js';
import { loadProducts } from './products.js';
import { startStepper } from './stepper.js';

const list = document.querySelector('[data-tillside-cart]');
const template = document.querySelector('#cart-row');
const suggestions = document.querySelector('tillside-suggestions');

async function show() {
  const lines = await readLines();
  const isEmpty = lines.length === 0;
  const wanted = new Set(lines.map(({ product }) => product.itemId));
  for (const row of [...list.children]) if (!wanted.has(row.dataset.tillsideItem)) row.remove();
  for (const line of lines) showRow(rowOf(line.product.itemId) ?? createRow(line.product), line);
  document.querySelector('[data-cart-empty]').hidden = !isEmpty;
  showCartSummary(lines);
  suggestions.setAttribute('heading', isEmpty ? 'You may like' : 'Goes well with your cart');
  list.removeAttribute('aria-busy');
}

/** Lines of products that the shop no longer has are not shown. */
async function readLines() {
  const lines = readCart();
  if (lines.length === 0) return [];
  const products = await loadProducts();
  // read anew: the cart may have changed meanwhile
  return readCart().flatMap(({ itemId, quantity }) => {
    const product = products.get(itemId);
    return product ? [{ product, quantity }] : [];
  });
}

function rowOf(itemId) {
  return [...list.children].find((row) => row.dataset.tillsideItem === itemId);
}

function createRow({ itemId, title, price, url, imageUrl }) {
  const row = template.content.cloneNode(true).firstElementChild;
  const find = (selector) => row.querySelector(selector);
  row.dataset.tillsideItem = itemId;
  row.dataset.tillsidePrice = String(price);
  for (const link of row.querySelectorAll('a')) link.href = url;
  find('img').src = imageUrl;
  find('.cart-row-title').textContent = title;
  find('[data-each]').textContent = `${formatPrice(price)} each`;
  find('.stepper').setAttribute('aria-label', `Quantity of ${title}`);
  startStepper(find('.stepper'), (quantity) => setQuantity(itemId, quantity));
  const remove = find('.cart-row-remove');
  remove.dataset.tillsideRemove = itemId;
  remove.querySelector('span').textContent = ` ${title}`;
  remove.addEventListener('click', () => removeRow(row, itemId));
  list.append(row);
  return row;
}

function showRow(row, { product, quantity }) {
  row.dataset.tillsideQuantity = String(quantity);
  row.querySelector('input').value = String(quantity);
  row.querySelector('[data-line-total]').textContent = formatPrice(product.price * quantity);
}

/** The keyboard goes on at the row in its place, or at the top. */
function removeRow(row, itemId) {
  const heir = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector('.cart-row-remove');
  setQuantity(itemId, 0);
  (heir ?? document.querySelector('[data-cart-title]')).focus();
}

async function start() {
  try {
    await show();
  } catch {
    document.querySelector('[data-cart-title]').textContent = 'Your cart could not be shown. Please load the page again.';
  }
  document.querySelector('main').removeAttribute('aria-busy');
}

onCartChange(() => void start());
void start();
