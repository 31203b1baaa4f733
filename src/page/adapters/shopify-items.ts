// What Shopify's own texts (`/cart.js`, `cart/add.js`, `products/….js`, `meta.product`) say of an item, in our words.
import { toJson } from '../to-json.js';
import type { CartLine } from '../../core/domain/cart.js';
import type { ItemFacts } from '../../core/domain/item.js';
import { isWhole } from '../check-value.js';
import type { Aliased } from './platform-source.js';
import { idAt, listAt, textAt, valueAt } from './value-at.js';

const MAX_URL = 2_048;

export type ShopifyLine = CartLine & Aliased;

/** Shopify writes money in hundredths, also that of currencies which have none (JPY) or thousandths (KWD). */
function moneyAt(root: unknown, path: string): number | undefined {
  const hundredths = valueAt(root, path);
  return isWhole(hundredths, 0, 1e11) ? hundredths / 100 : undefined;
}

export function currencyAt(root: unknown, path: string): string | undefined {
  const code = valueAt(root, path);
  return typeof code === 'string' && /^[A-Z]{3}$/.test(code) ? code : undefined;
}

/** Reads cart items by variant id; several lines of one variant (gift wrapping, engraving) are one. */
export function toLines(items: readonly unknown[], currency?: string): ReadonlyMap<string, ShopifyLine> {
  const lines = new Map<string, ShopifyLine>();
  for (const item of items) {
    const itemId = idAt(item, 'variant_id') ?? idAt(item, 'id');
    const quantity = valueAt(item, 'quantity');
    if (!itemId || !isWhole(quantity, 1)) continue;
    const price = moneyAt(item, 'final_price') ?? moneyAt(item, 'price');
    lines.set(itemId, {
      itemId,
      quantity: quantity + (lines.get(itemId)?.quantity ?? 0),
      ...(price !== undefined && { price }),
      ...(currency && { currency }),
      aliases: aliasesOf(idsOf(item, itemId)),
    });
  }
  return lines;
}

const idsOf = (item: unknown, variant: string): ShopifyIds => ({
  variant,
  sku: idAt(item, 'sku'),
  product: idAt(item, 'product_id'),
  handle: idAt(item, 'handle'),
});

/** Reads what a cart item says of its variant. */
export function cartItemFacts(item: unknown, currency?: string): ItemFacts[] {
  const variant = idAt(item, 'variant_id');
  if (!variant) return [];
  return factsOf(idsOf(item, variant), {
    title: textAt(item, 'product_title') ?? textAt(item, 'title'),
    price: moneyAt(item, 'price'),
    currency,
    url: textAt(item, 'url', MAX_URL),
    imageUrl: textAt(item, 'image', MAX_URL),
    category: textAt(item, 'product_type'),
    brand: textAt(item, 'vendor'),
  });
}

/** Every id Shopify has for one variant and its product. */
export interface ShopifyIds {
  readonly variant: string;
  readonly sku?: string | undefined;
  readonly barcode?: string | undefined;
  readonly product?: string | undefined;
  readonly handle?: string | undefined;
}

/** The ids beside the variant's own, the most exact first. */
export function aliasesOf({ sku, barcode, product, handle }: ShopifyIds): string[] {
  return [sku, barcode, product, handle].flatMap((id) => id ?? []);
}

type Unsure<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Puts the same facts under every id of the item; the variant's own ids say whose variant it is. */
export function factsOf(ids: ShopifyIds, facts: Unsure<Omit<ItemFacts, 'itemId'>>): ItemFacts[] {
  const { product, handle } = ids;
  // Leaves out what is not known.
  const known = JSON.parse(toJson(facts)) as Omit<ItemFacts, 'itemId'>;
  return [ids.variant, ...aliasesOf(ids)].map((itemId) => {
    const isVariants = itemId !== product && itemId !== handle;
    return { itemId, ...known, ...(isVariants && product && { variantOf: product }) };
  });
}

/** Reads what `products/<handle>.js`, a theme's copy of it, or Shopify's analytics say of a product's variants. */
export function variantsOf(
  product: unknown,
  about: { readonly currency?: string | undefined; readonly handle?: string | undefined },
) {
  const handle = idAt(product, 'handle') ?? about.handle;
  return listAt(product, 'variants').flatMap((variant): ShopifyVariant[] => {
    const id = idAt(variant, 'id');
    if (!id) return [];
    const ids = {
      variant: id,
      sku: idAt(variant, 'sku'),
      barcode: idAt(variant, 'barcode'),
      product: idAt(product, 'id'),
      handle,
    };
    const isAvailable = valueAt(variant, 'available');
    const facts = factsOf(ids, {
      title: textAt(product, 'title') ?? titleOf(variant),
      price: moneyAt(variant, 'price'),
      currency: about.currency,
      url: handle && `/products/${handle}`,
      imageUrl: textAt(variant, 'featured_image.src', MAX_URL) ?? textAt(product, 'featured_image', MAX_URL),
      category: textAt(product, 'type'),
      brand: textAt(product, 'vendor'),
      availability: typeof isAvailable === 'boolean' ? (isAvailable ? 'in_stock' : 'out_of_stock') : undefined,
    });
    return [{ ...ids, facts, isAvailable: isAvailable === true }];
  });
}

export interface ShopifyVariant extends ShopifyIds {
  readonly facts: readonly ItemFacts[];
  /** false also where nothing is said of it */
  readonly isAvailable: boolean;
}

/** Analytics name a variant "Lamp - Red" where its `public_title` is "Red". */
function titleOf(variant: unknown): string | undefined {
  const name = textAt(variant, 'name');
  const option = textAt(variant, 'public_title');
  return option && name?.endsWith(` - ${option}`) ? name.slice(0, -option.length - 3) : name;
}
