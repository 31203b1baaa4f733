// The shop's state: cart and consent, kept in localStorage and shared by its tabs.
import type { ConsentState } from 'tillside';
import { reactive } from 'vue';

const CART_KEY = 'vue.cart';
const CONSENT_KEY = 'vue.consent';

export interface Line {
  readonly itemId: string;
  readonly quantity: number;
  /** GBP, of one */
  readonly price: number;
}

interface ShopState {
  cart: readonly Line[];
  consent: ConsentState;
}

export const shop = reactive(read());

export function quantityOf(itemId: string): number {
  return shop.cart.find((line) => line.itemId === itemId)?.quantity ?? 0;
}

export function add(itemId: string, price: number, quantity = 1): void {
  setQuantity(itemId, price, quantity + quantityOf(itemId));
}

/** 0 removes the line. */
export function setQuantity(itemId: string, price: number, quantity: number): void {
  const line = { itemId, quantity, price };
  const isNew = quantityOf(itemId) === 0;
  const cart = isNew ? [...shop.cart, line] : shop.cart.map((other) => (other.itemId === itemId ? line : other));
  shop.cart = cart.filter((other) => other.quantity > 0);
  keep();
}

export function empty(): void {
  shop.cart = [];
  keep();
}

export function answerConsent(consent: 'granted' | 'denied'): void {
  shop.consent = consent;
  keep();
}

function keep(): void {
  try {
    localStorage.setItem(CART_KEY, JSON.stringify(shop.cart));
    if (shop.consent !== 'pending') localStorage.setItem(CONSENT_KEY, shop.consent);
  } catch {
    // A browser that keeps nothing still sells: the cart lasts as long as the page.
  }
}

function read(): ShopState {
  try {
    const cart: unknown = JSON.parse(localStorage.getItem(CART_KEY) ?? '[]');
    const consent = localStorage.getItem(CONSENT_KEY);
    return {
      cart: Array.isArray(cart) ? cart.filter(isLine) : [],
      consent: consent === 'granted' || consent === 'denied' ? consent : 'pending',
    };
  } catch {
    return { cart: [], consent: 'pending' }; // blocked, or not ours
  }
}

function isLine(value: unknown): value is Line {
  const { itemId, quantity, price } = (value ?? {}) as Partial<Line>;
  return typeof itemId === 'string' && Number.isInteger(quantity) && typeof price === 'number';
}

addEventListener('storage', () => Object.assign(shop, read()));
