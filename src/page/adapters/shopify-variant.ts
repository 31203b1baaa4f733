import type { CaptureContext } from '../capture/capture-context.js';
import { isWhole } from '../check-value.js';
import type { AddOrder } from './platform-source.js';
import { fetchCartJson } from './shopify-cart.js';
import { fetchVariants } from './shopify-product.js';
import { idAt, listAt, valueAt } from './value-at.js';

/**
 * Finds the variant that an order means, whatever the bundle calls its items: by the product behind the item's `url`, among its
 * variants by id, SKU or barcode, then by the url's own `?variant=`, then the first that can be bought.
 *
 * @throws {Error} when neither the url nor the id leads to one
 */
export async function findVariantId(context: CaptureContext, { itemId, item }: AddOrder): Promise<string> {
  const [, handle, query] = /\/products\/([^/?#]+)(?:[^?#]*\?([^#]*))?/.exec(item?.url ?? '') ?? [];
  const variants = handle ? await fetchVariants(context, handle) : [];
  const asked = new URLSearchParams(query).get('variant');
  const found =
    variants.find(({ variant, sku, barcode }) => [variant, sku, barcode].includes(itemId)) ??
    variants.find(({ variant }) => variant === asked) ??
    variants.find(({ isAvailable }) => isAvailable) ??
    variants[0];
  if (found) return found.variant;
  if (/^\d+$/.test(itemId)) return itemId;
  const why = handle ? `the shop has no product "${handle}"` : 'its url leads to no product';
  throw new Error(`${why}. Publish a catalogue with the products' addresses, or with variant ids`);
}

/** Finds the cart's line that holds what was just added, and what is to be left of it; what we add has no properties. */
export async function findLineLeft(context: CaptureContext, order: AddOrder) {
  const variantId = await findVariantId(context, order);
  const lines = listAt(await fetchCartJson(context), 'items').filter((item) => idAt(item, 'variant_id') === variantId);
  const line = lines.find((item) => !Object.keys(valueAt(item, 'properties') ?? {}).length) ?? lines[0];
  const id = idAt(line, 'key');
  const held = valueAt(line, 'quantity');
  return id && isWhole(held, 1) ? { id, quantity: Math.max(0, held - order.quantity) } : undefined;
}
