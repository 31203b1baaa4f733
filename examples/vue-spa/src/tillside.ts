// All that the app tells tillside, and the one thing that tillside asks of it.
import { type AddHandler, createTillsidePlugin, useTillside } from 'tillside/vue';
import { watch, watchEffect } from 'vue';
import type { Catalog } from '../../gift-shop/catalog/app-catalog.js';
import { route } from './router.js';
import { add, shop } from './shop-store.js';

/** One instance for the page, however often a component mounts. */
export const tillsidePlugin = createTillsidePlugin({
  bundle: '/models/gift-shop/manifest.json',
  cart: 'manual',
  consent: shop.consent,
  onError: ({ code, message }) => console.warn(`tillside: ${code}: ${message}`),
});

/** Tells tillside the shopper's answer, the cart and which product a route is about; with consent only, again when it is given. */
export function useTelling(): void {
  const { tillside, consent } = useTillside();
  watch(
    () => shop.consent,
    (answer) => answer !== 'pending' && tillside.value?.consent(answer),
  );
  watchEffect(() => {
    if (consent.value === 'granted') tillside.value?.cart([...shop.cart]);
  });
  watchEffect(() => {
    const { value: page } = route;
    if (consent.value === 'granted') tillside.value?.page(page.name === 'product' ? { itemId: page.itemId } : {});
  });
}

/** Creates what puts a suggestion into the cart, or throws to say that it does not. */
export function createAddHandler({ find }: Catalog): AddHandler {
  return ({ itemId, quantity }) => {
    const product = find(itemId);
    if (!product?.isInStock) throw new Error(`The shop does not have ${itemId}`);
    add(itemId, product.price, quantity);
  };
}
