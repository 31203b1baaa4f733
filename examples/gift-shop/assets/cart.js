// The shop's cart: lines of { itemId, quantity } in this browser, the same in every tab.
import { keep, readKept } from './kept.js';

const KEY = 'shop.cart';
const MAX_QUANTITY = 99;
const listeners = new Set();

/** @returns {{ itemId: string, quantity: number }[]} in the order in which they were added */
export function readCart() {
  const lines = readKept(KEY);
  return Array.isArray(lines) ? lines.filter(({ itemId, quantity }) => typeof itemId === 'string' && quantity > 0) : [];
}

export function addLine(itemId, quantity) {
  const held = readCart().find((line) => line.itemId === itemId)?.quantity ?? 0;
  setQuantity(itemId, held + quantity);
}

/** Sets a line's quantity, adding the line if it is new; 0 removes it. */
export function setQuantity(itemId, quantity) {
  const lines = readCart();
  const line = lines.find((other) => other.itemId === itemId);
  if (line) line.quantity = toQuantity(quantity);
  else lines.push({ itemId, quantity: toQuantity(quantity) });
  write(lines.filter((other) => other.quantity > 0));
}

export function emptyCart() {
  write([]);
}

/** Calls back when the cart changed, here or in another tab. */
export function onCartChange(listener) {
  listeners.add(listener);
}

export function toQuantity(value) {
  return Math.min(MAX_QUANTITY, Math.max(0, Math.round(Number(value)) || 0));
}

function write(lines) {
  keep(KEY, lines);
  notify();
}

function notify() {
  for (const listener of listeners) listener();
}

window.addEventListener('storage', ({ key }) => {
  if (key === KEY || key === null) notify();
});
// a page that comes back from the browser's back/forward cache has missed what happened since
window.addEventListener('pageshow', ({ persisted }) => persisted && notify());
