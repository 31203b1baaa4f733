// The two ways into the cart: a button of the shop, and a suggestion that tillside asks the shop to add.
import { addLine, toQuantity } from './cart.js';
import { loadProducts } from './products.js';
import { showToast } from './toast.js';

/** Makes every `data-tillside-add` button of the shop work. */
export function startAddButtons() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-tillside-add]');
    if (!button || button.disabled) return;
    event.preventDefault();
    const { tillsideAdd: itemId, tillsideQuantity = '1' } = button.dataset;
    // at once: the shopper may be on the way to the cart already
    addLine(itemId, toQuantity(tillsideQuantity) || 1);
    showToast('It is in your cart.', { url: '/cart.html', text: 'See your cart' });
  });
}

/** Answers tillside: the shop does the adding, if it still has the item. */
export function answerAddRequests() {
  document.addEventListener('tillside:add', (event) => {
    event.preventDefault();
    const { itemId, quantity } = event.detail;
    event.detail.respondWith(addIfInStock(itemId, quantity));
  });
}

async function addIfInStock(itemId, quantity) {
  const product = (await loadProducts()).get(itemId);
  if (!product?.isInStock) throw new Error(`${itemId} is sold out`);
  addLine(itemId, quantity);
  showToast(`${product.title} is in your cart.`);
}
