// The shop's state: cart and consent, kept in localStorage and shared by its tabs.
import type { ConsentState } from 'tillside';
import { useSyncExternalStore } from 'react';

const CART_KEY = 'spa.cart';
const CONSENT_KEY = 'spa.consent';

export interface Line {
  readonly itemId: string;
  readonly quantity: number;
  /** GBP, of one */
  readonly price: number;
}

export interface ShopState {
  readonly cart: readonly Line[];
  readonly consent: ConsentState;
}

let state = read();
const listeners = new Set<() => void>();

export const shop = {
  get state(): ShopState {
    return state;
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  add(itemId: string, price: number, quantity = 1): void {
    shop.setQuantity(itemId, price, quantity + quantityOf(state.cart, itemId));
  },
  /** 0 removes the line. */
  setQuantity(itemId: string, price: number, quantity: number): void {
    const line = { itemId, quantity, price };
    const isNew = quantityOf(state.cart, itemId) === 0;
    const cart = isNew ? [...state.cart, line] : state.cart.map((other) => (other.itemId === itemId ? line : other));
    set({ ...state, cart: cart.filter((other) => other.quantity > 0) });
  },
  empty(): void {
    set({ ...state, cart: [] });
  },
  answerConsent(consent: 'granted' | 'denied'): void {
    set({ ...state, consent });
  },
};

export function useShop(): ShopState {
  return useSyncExternalStore(shop.subscribe, () => state);
}

export function quantityOf(cart: readonly Line[], itemId: string): number {
  return cart.find((line) => line.itemId === itemId)?.quantity ?? 0;
}

function set(next: ShopState): void {
  state = next;
  try {
    localStorage.setItem(CART_KEY, JSON.stringify(state.cart));
    if (state.consent !== 'pending') localStorage.setItem(CONSENT_KEY, state.consent);
  } catch {
    // A browser that keeps nothing still sells: the cart lasts as long as the page.
  }
  announce();
}

function announce(): void {
  for (const listener of listeners) listener();
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

addEventListener('storage', () => {
  state = read();
  announce();
});
