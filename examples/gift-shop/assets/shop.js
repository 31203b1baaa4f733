// What every page of the shop does: the cart's count, the add buttons, the question about suggestions.
import { answerAddRequests, startAddButtons } from './add-to-cart.js';
import { onCartChange, readCart } from './cart.js';
import { startConsentBanner } from './consent.js';

const count = document.querySelector('[data-cart-count]');

function showCount() {
  const units = readCart().reduce((sum, { quantity }) => sum + quantity, 0);
  count.hidden = units === 0;
  count.textContent = units > 99 ? '99+' : String(units);
  count.closest('a').setAttribute('aria-label', `Cart, ${units} ${units === 1 ? 'thing' : 'things'}`);
}

onCartChange(showCount);
showCount();
startAddButtons();
answerAddRequests();
startConsentBanner();
