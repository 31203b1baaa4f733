// The order confirmation: shows the last order; on its first showing, reports the purchase and empties the cart.
import { emptyCart } from './cart.js';
import { keep, readKept } from './kept.js';
import { formatPrice } from './price.js';

const KEY = 'shop.order';
const order = readKept(KEY);
const find = (selector) => document.querySelector(selector);

if (order) {
  show(order);
  if (!order.isReported) {
    keep(KEY, { ...order, isReported: true });
    window.tillside?.('track', { type: 'purchase', items: order.items });
    emptyCart();
  }
} else {
  find('[data-order-title]').textContent = 'No order yet';
  find('[data-order-lead]').textContent = 'When you have ordered something, it is shown here.';
}
find('main').removeAttribute('aria-busy');

function show({ number, items, titles, total }) {
  find('[data-order-lead]').textContent = `Order ${number} is on its way to nowhere: this is a demo, and nothing was charged.`;
  const lines = items.map(({ quantity, price }, index) => {
    const line = document.createElement('li');
    const name = document.createElement('span');
    const sum = document.createElement('span');
    name.textContent = `${quantity} × ${titles[index]}`;
    sum.textContent = formatPrice(price * quantity);
    line.append(name, sum);
    return line;
  });
  find('[data-order-lines]').replaceChildren(...lines);
  find('[data-total]').textContent = formatPrice(total);
  find('[data-order-summary]').hidden = false;
}
