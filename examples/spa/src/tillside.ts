// All that the app tells tillside of its cart and its shopper's consent.
import { createTillside } from 'tillside';
import { shop } from './shop-store.js';

/** Outside of React: one instance, however often a component mounts. */
export const tillside = createTillside({
  bundle: '/models/gift-shop/manifest.json',
  cart: 'manual',
  consent: shop.state.consent,
  onError: ({ code, message }) => console.warn(`tillside: ${code}: ${message}`),
});

let toldConsent = shop.state.consent;

function tellState(): void {
  const { cart, consent } = shop.state;
  if (consent !== toldConsent && consent !== 'pending') tillside.consent(consent);
  toldConsent = consent;
  tillside.cart(cart); // what was told before consent is not known
}
tellState();
shop.subscribe(tellState);
