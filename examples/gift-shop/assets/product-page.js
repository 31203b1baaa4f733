// The quantity of the product page: the add button carries it.
import { startStepper } from './stepper.js';

const form = document.querySelector('[data-buy]');
const button = form.querySelector('[data-tillside-add]');

startStepper(form, (quantity) => {
  button.dataset.tillsideQuantity = String(quantity);
});
// the click on the button adds; a form without an address goes nowhere
form.addEventListener('submit', (event) => event.preventDefault());
