import type { ConsentState } from './consent-state.js';

/** Reads what the shop itself says (option, `data-consent`): only the exact words count, anything else is `pending`. */
export function readShopConsent(value: unknown): ConsentState | 'auto' {
  return value === 'granted' || value === 'denied' || value === 'auto' ? value : 'pending';
}
