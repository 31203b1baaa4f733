import { toQuantity } from './cart.js';

/** Makes a −/+ stepper work; `onChange` is told the quantity, 1–99. */
export function startStepper(stepper, onChange) {
  const input = stepper.querySelector('input');
  const change = (value) => {
    const quantity = toQuantity(value) || 1;
    input.value = String(quantity);
    onChange(quantity);
  };
  input.addEventListener('change', () => change(input.value));
  stepper.addEventListener('click', (event) => {
    const button = event.target.closest('[data-step]');
    if (button) change(Number(input.value) + Number(button.dataset.step));
  });
}
