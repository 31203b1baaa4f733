// The sums of the cart page, and the way to the till.
import { keep } from './kept.js';
import { formatPrice, sumPrices } from './price.js';

const FREE_DELIVERY = 20;
const DELIVERY = 2.95;

const summary = document.querySelector('[data-cart-summary]');
const find = (selector) => summary.querySelector(selector);
let shown = { lines: [], total: 0 };

/** @param {{ product: import('./products.js').Product, quantity: number }[]} lines */
export function showCartSummary(lines) {
  const subtotal = sumPrices(lines.map(({ product, quantity }) => product.price * quantity));
  const missing = sumPrices([FREE_DELIVERY, -subtotal]);
  const delivery = missing > 0 ? DELIVERY : 0;
  const total = sumPrices([subtotal, delivery]);
  shown = { lines, total };
  summary.hidden = lines.length === 0;
  find('[data-subtotal]').textContent = formatPrice(subtotal);
  find('[data-delivery]').textContent = delivery ? formatPrice(delivery) : 'Free';
  find('[data-total]').textContent = formatPrice(total);
  find('[data-free-delivery]').textContent = missing > 0 ? `${formatPrice(missing)} more for free delivery` : 'Delivery is free';
  find('progress').value = Math.min(100, (subtotal / FREE_DELIVERY) * 100);
}

find('[data-checkout]').addEventListener('click', () => {
  const items = shown.lines.map(({ product, quantity }) => ({ itemId: product.itemId, quantity, price: product.price }));
  const titles = shown.lines.map(({ product }) => product.title);
  keep('shop.order', { number: Date.now().toString(36).toUpperCase(), items, titles, total: shown.total, isReported: false });
  location.assign('/order-confirmation.html');
});
