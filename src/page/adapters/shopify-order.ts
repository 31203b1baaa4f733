import type { CartLine } from '../../core/domain/cart.js';
import type { Trackable } from '../../core/domain/event.js';
import { isWhole } from '../check-value.js';
import type { Aliased } from './platform-source.js';
import { currencyAt } from './shopify-items.js';
import { idAt, listAt, valueAt } from './value-at.js';

/**
 * Reads the order of the old, scriptable thank-you page, once: the order status page, which is opened again later, is another address.
 * Today's thank-you and order status pages run no script of the shop's.
 *
 * @returns a `purchase` whose items carry their other ids as well
 */
export function readOrder(window: Window): (Trackable & { readonly items: readonly (CartLine & Aliased)[] }) | undefined {
  if (!/\/thank[_-]you$/.test(location.pathname) || !idAt(window, 'Shopify.checkout.order_id')) return undefined;
  const currency = currencyAt(window, 'Shopify.checkout.currency');
  const items = listAt(window, 'Shopify.checkout.line_items').flatMap((line) => {
    const itemId = idAt(line, 'variant_id');
    const quantity = valueAt(line, 'quantity');
    // Here, and here alone, prices are texts in major units.
    const price = Number.parseFloat(`${idAt(line, 'price')}`);
    const aliases = ['sku', 'product_id'].flatMap((key) => idAt(line, key) ?? []);
    if (!itemId || !isWhole(quantity, 1)) return [];
    return [{ itemId, quantity, aliases, ...(price >= 0 && { price }), ...(currency && { currency }) }];
  });
  return items.length ? { type: 'purchase', items } : undefined;
}
