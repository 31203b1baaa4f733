// All that the app tells tillside, and the one thing that tillside asks of it.
import { createTillside } from 'tillside';
import 'tillside/element';
import type { Catalog } from './catalog.js';
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

/** Puts into the cart what is added from a suggestion. */
export function answerQuickAdds({ find }: Catalog): void {
  document.addEventListener('tillside:add', (event) => {
    const { itemId, quantity, respondWith } = (event as CustomEvent<QuickAdd>).detail;
    respondWith(
      (async () => {
        const product = find(itemId);
        if (!product?.isInStock) throw new Error(`The shop does not have ${itemId}`);
        shop.add(itemId, product.price, quantity);
      })(),
    );
  });
}

interface QuickAdd {
  readonly itemId: string;
  readonly quantity: number;
  respondWith(answer: Promise<unknown>): void;
}
