// In: one schema.org Product or ProductGroup, whatever its syntax. Out: the facts of it and its variants.
import type { Availability, ItemFacts } from '../../core/domain/item.js';
import { toCurrency, toPrice } from './money.js';
import { factsUnder, idsOf, MAX_URL, type Node, nodesOf, textOf } from './stated-values.js';

/** Products read of one page at most, and variants of one product. */
export const MAX_PRODUCTS = 200;

/** In the order in which they name the item. */
const ID_KEYS = ['productID', 'productGroupID', 'sku', 'gtin', 'gtin13', 'gtin12', 'gtin14', 'gtin8'];

/** One product a page describes, with its variants. */
export interface PageProduct {
  /** the first of productID, productGroupID, sku and gtin */
  readonly itemId: string;
  /** every id it is known by */
  readonly itemIds: readonly string[];
  /** the product's, then its variants'; the same facts stand under every id it is known by */
  readonly facts: readonly ItemFacts[];
}

/** Whether a node's type, or one of its types, is a product. */
export function isProduct(type: unknown): boolean {
  return [type].flat().some((name) => typeof name === 'string' && /(^|[/:])Product(Group)?$/.test(name));
}

/** Reads a product's node; one without any id is none. */
export function toProduct(node: Node): PageProduct | undefined {
  const own = factsOf(node);
  const [first] = own;
  if (!first) return undefined;
  const variants = nodesOf(node.hasVariant)
    .slice(0, MAX_PRODUCTS)
    .flatMap((variant) => factsOf({ name: node.name, brand: node.brand, image: node.image, ...variant }, first.itemId));
  return { itemId: first.itemId, itemIds: own.map(({ itemId }) => itemId), facts: [...own, ...variants] };
}

function factsOf(node: Node, variantOf?: string): ItemFacts[] {
  return factsUnder(idsOf(ID_KEYS.map((key) => node[key])), {
    title: textOf(node.name),
    url: textOf(node.url, MAX_URL),
    imageUrl: textOf(node.image, MAX_URL) ?? textOf(nodesOf(node.image)[0]?.url, MAX_URL),
    category: textOf(node.category),
    brand: textOf(nodesOf(node.brand)[0]?.name ?? node.brand),
    variantOf,
    ...offerOf(nodesOf(node.offers)),
  });
}

function offerOf(offers: readonly Node[]) {
  const all = offers.flatMap((offer) => [offer, ...nodesOf(offer.offers)]).slice(0, MAX_PRODUCTS);
  const prices = all.flatMap((offer) => [offer, ...nodesOf(offer.priceSpecification)]);
  const priced = prices.find((offer) => priceOf(offer) !== undefined);
  const states = all.flatMap((offer) => availabilityOf(offer.availability) ?? []);
  return {
    price: priced && priceOf(priced),
    currency: toCurrency(textOf((priced?.priceCurrency ? priced : prices.find((offer) => offer.priceCurrency))?.priceCurrency)),
    availability: states.includes('in_stock') ? ('in_stock' as const) : states[0],
  };
}

function priceOf({ price, lowPrice }: Node): number | undefined {
  const value = price ?? lowPrice;
  return toPrice(Array.isArray(value) ? value[0] : value);
}

function availabilityOf(value: unknown): Availability | undefined {
  const name = (textOf(value) ?? '').replace(/^.*[/:]/, '');
  if (/^(InStock|OnlineOnly|InStoreOnly|LimitedAvailability)$/.test(name)) return 'in_stock';
  if (/^(OutOfStock|SoldOut|Discontinued)$/.test(name)) return 'out_of_stock';
  if (/^Pre(Order|Sale)$/.test(name)) return 'preorder';
  return name === 'BackOrder' ? 'backorder' : undefined;
}
