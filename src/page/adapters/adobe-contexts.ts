// In: one item of an Adobe client data layer at a time. Out: what it says of the cart, the page and its products. It reads the keys named here only.
import type { CartLine } from '../../core/domain/cart.js';
import type { ItemFacts } from '../../core/domain/item.js';
import { toCurrency, toPrice } from './money.js';
import type { Aliased } from './platform-source.js';
import { factsUnder, idsOf, MAX_URL, type Node, nodesOf, textOf } from './stated-values.js';

const MAX_LINES = 500;

/** A product as its context describes it. */
export interface AdobeProduct {
  readonly itemId: string;
  readonly aliases: readonly string[];
  readonly facts: readonly ItemFacts[];
}

export interface AdobeLine extends CartLine, Aliased {
  readonly facts: readonly ItemFacts[];
}
/** one line an item */
export type AdobeCart = ReadonlyMap<string, AdobeLine>;

/** What an item, or the state that an event repeats, holds of these contexts. */
export interface AdobeContexts {
  readonly cart?: AdobeCart;
  readonly product?: AdobeProduct;
  /** what an event of the cart is about */
  readonly changed?: AdobeCart;
}

/** Reads the contexts that are set; one that is null is not. */
export function contextsOf(state: unknown): AdobeContexts {
  const [{ shoppingCartContext, productContext, changedProductsContext } = {}] = nodesOf(state);
  const cart = toCart(shoppingCartContext);
  const changed = toCart(changedProductsContext);
  const product = nodesOf(productContext).map((node) => toProduct(node))[0];
  return { ...(cart && { cart }), ...(product && { product }), ...(changed && { changed }) };
}

/** The item lines that are more or less in `after` than in `before`, with the difference in units. */
export function changesBetween(before: AdobeCart, after: AdobeCart): AdobeLine[] {
  return [...new Map([...before, ...after]).values()].flatMap((line) => {
    const quantity = (after.get(line.itemId)?.quantity ?? 0) - (before.get(line.itemId)?.quantity ?? 0);
    return quantity ? [{ ...line, quantity }] : [];
  });
}

function toCart(context: unknown): AdobeCart | undefined {
  const [{ items } = {}] = nodesOf(context) as { readonly items?: unknown }[];
  if (!Array.isArray(items)) return undefined;
  const cart = new Map<string, AdobeLine>();
  for (const line of nodesOf(items.slice(0, MAX_LINES)).flatMap((node) => toLine(node) ?? [])) {
    cart.set(line.itemId, { ...line, quantity: line.quantity + (cart.get(line.itemId)?.quantity ?? 0) });
  }
  return cart;
}

function toLine(node: Node): AdobeLine | undefined {
  const [product = {}] = nodesOf(node.product);
  const [prices = {}] = nodesOf(node.prices);
  const [paid = {}] = nodesOf(prices.price);
  const price = toPrice(paid.value);
  const currency = toCurrency(paid.currency);
  const described = toProduct(product, { price, currency }) ?? toProduct({ sku: node.id }, { price, currency });
  const quantity = Number(textOf(node.quantity ?? 1));
  if (!described || !(quantity > 0 && quantity <= 1e6)) return undefined;
  // Weighed goods have fractions.
  const line = { ...described, quantity: Math.max(1, Math.round(quantity)) };
  return { ...line, ...(price !== undefined && { price }), ...(currency && { currency }) };
}

/** @param paid what the cart says of the price, which is truer than the catalogue */
function toProduct(
  node: Node,
  paid: { readonly price?: number | undefined; readonly currency?: string | undefined } = {},
): AdobeProduct | undefined {
  const itemIds = idsOf([node.sku, node.productId]);
  const [itemId] = itemIds;
  if (!itemId) return undefined;
  const [pricing = {}] = nodesOf(node.pricing);
  const [parentId] = idsOf([node.topLevelSku]);
  const facts = factsUnder(itemIds, {
    title: textOf(node.name),
    price: paid.price ?? toPrice(pricing.specialPrice ?? pricing.regularPrice),
    currency: paid.currency ?? toCurrency(pricing.currencyCode),
    url: textOf(node.canonicalUrl, MAX_URL),
    imageUrl: textOf(node.mainImageUrl, MAX_URL),
    variantOf: parentId === itemId ? undefined : parentId,
  });
  return { itemId, aliases: idsOf([...itemIds, parentId]).slice(1), facts };
}
