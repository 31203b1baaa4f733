import { type AddHandler, TillsideSuggestions } from 'tillside/react';
import { useCatalog } from './use-catalog.js';
import { shop } from './shop-store.js';

/** What goes with the cart; what is added from it goes into the shop's cart, or throws to say that it does not. */
export function Suggestions() {
  const { find } = useCatalog();
  const add: AddHandler = ({ itemId, quantity }) => {
    const product = find(itemId);
    if (!product?.isInStock) throw new Error(`The shop does not have ${itemId}`);
    shop.add(itemId, product.price, quantity);
  };
  return <TillsideSuggestions placement="cart" size={4} onAdd={add} />;
}
