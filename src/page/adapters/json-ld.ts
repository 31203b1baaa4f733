// In: the document's JSON-LD. Out: schema.org's facts of its products. A file of its own: its bytes load only where there is JSON-LD.
import type { Availability, ItemFacts } from '../../core/domain/item.js';
import type { OnError } from '../capture/capture-context.js';
import type { OnProducts, ReadJsonLd } from '../capture/page-item-finder.js';

const SELECTOR = 'script[type="application/ld+json"]';
/** A script longer than this, characters, is not a product page's. */
const MAX_CHARACTERS = 500_000;
const MAX_PRODUCTS = 200;
const MAX_DEPTH = 8;
const MAX_TEXT = 300;
const MAX_URL = 2_048;

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

type Node = Readonly<Record<string, unknown>>;

/** Creates the reading of the document's JSON-LD: every product described there; those of a new script text are reported once. */
export function createJsonLdReader(onProducts: OnProducts, onError: OnError): ReadJsonLd {
  const parsed = new WeakMap<Element, { readonly text: string | null; readonly products: readonly PageProduct[] }>();
  const productsOf = (script: Element): readonly PageProduct[] => {
    const text = script.textContent;
    const last = parsed.get(script);
    if (last?.text === text) return last.products;
    const products = readProducts(script, onError);
    parsed.set(script, { text, products });
    if (products.length) {
      onProducts(
        products.flatMap(({ facts }) => facts),
        products.map(({ itemId }) => itemId),
      );
    }
    return products;
  };
  return () =>
    [...document.querySelectorAll(SELECTOR)].flatMap((element) =>
      productsOf(element).map((product) => ({ ...product, element })),
    );
}

/** Reads the products of one script; a script that is no JSON is reported and describes none. */
export function readProducts(script: Element, onError: OnError): PageProduct[] {
  const text = script.textContent ?? '';
  const products: PageProduct[] = [];
  if (!text.includes('Product')) return products;
  try {
    if (text.length > MAX_CHARACTERS) throw new RangeError(`it has ${text.length} characters, more than ${MAX_CHARACTERS}`);
    collect(JSON.parse(text), products, MAX_DEPTH);
  } catch (error) {
    onError(
      'page-failed',
      `A JSON-LD script starting ${JSON.stringify(text.slice(0, 40))} was ignored: ${error}. Correct it on the page.`,
    );
  }
  return products;
}

function collect(value: unknown, products: PageProduct[], depth: number): void {
  if (depth < 0) return;
  for (const node of nodesOf(value)) {
    if (products.length >= MAX_PRODUCTS) return;
    if ([node['@type']].flat().some((type) => typeof type === 'string' && /(^|\/)Product(Group)?$/.test(type))) {
      const product = toProduct(node);
      if (product) products.push(product);
    } else for (const key of ['@graph', 'mainEntity', 'itemListElement', 'item']) collect(node[key], products, depth - 1);
  }
}

function toProduct(node: Node): PageProduct | undefined {
  const own = factsOf(node);
  const [first] = own;
  if (!first) return undefined;
  const variants = nodesOf(node.hasVariant)
    .slice(0, MAX_PRODUCTS)
    .flatMap((variant) => factsOf({ name: node.name, brand: node.brand, image: node.image, ...variant }, first.itemId));
  return { itemId: first.itemId, itemIds: own.map(({ itemId }) => itemId), facts: [...own, ...variants] };
}

function factsOf(node: Node, variantOf?: string): ItemFacts[] {
  const itemIds = new Set(ID_KEYS.flatMap((key) => textOf(node[key], 128) ?? []));
  const facts = {
    title: textOf(node.name, MAX_TEXT),
    url: textOf(node.url, MAX_URL),
    imageUrl: textOf(node.image, MAX_URL) ?? textOf(nodesOf(node.image)[0]?.url, MAX_URL),
    category: textOf(node.category, MAX_TEXT),
    brand: textOf(nodesOf(node.brand)[0]?.name ?? node.brand, MAX_TEXT),
    variantOf,
    ...offerOf(nodesOf(node.offers)),
  };
  // Leaves out what is not known.
  const known = JSON.parse(JSON.stringify(facts)) as Omit<ItemFacts, 'itemId'>;
  return [...itemIds].map((itemId) => ({ itemId, ...known }));
}

function offerOf(offers: readonly Node[]) {
  const all = offers.flatMap((offer) => [offer, ...nodesOf(offer.offers)]).slice(0, MAX_PRODUCTS);
  const prices = all.flatMap((offer) => [offer, ...nodesOf(offer.priceSpecification)]);
  const priced = prices.find((offer) => priceOf(offer) !== undefined);
  const currency = textOf((priced?.priceCurrency ? priced : prices.find((offer) => offer.priceCurrency))?.priceCurrency, 3);
  const states = all.flatMap((offer) => availabilityOf(offer.availability) ?? []);
  return {
    price: priced && priceOf(priced),
    currency: currency && /^[A-Z]{3}$/.test(currency) ? currency : undefined,
    availability: states.includes('in_stock') ? ('in_stock' as const) : states[0],
  };
}

function priceOf({ price, lowPrice }: Node): number | undefined {
  const value = price ?? lowPrice;
  // "1,299.00" and "12,50" are both seen in strings that should have neither comma.
  const text =
    typeof value === 'string'
      ? value
          .trim()
          .replace(/^(\d+),(\d\d)$/, '$1.$2')
          .replace(/,(?=\d{3})/g, '')
      : value;
  const number = typeof text === 'string' && text.length > 0 && text.length < 20 ? Number(text) : text;
  return typeof number === 'number' && number >= 0 && number < 1e9 ? number : undefined;
}

function availabilityOf(value: unknown): Availability | undefined {
  const name = (textOf(value, 100) ?? '').replace(/^.*\//, '');
  if (/^(InStock|OnlineOnly|InStoreOnly|LimitedAvailability)$/.test(name)) return 'in_stock';
  if (/^(OutOfStock|SoldOut|Discontinued)$/.test(name)) return 'out_of_stock';
  if (/^Pre(Order|Sale)$/.test(name)) return 'preorder';
  return name === 'BackOrder' ? 'backorder' : undefined;
}

/** A value, or the values of an array, as far as they are objects. */
function nodesOf(value: unknown): Node[] {
  return [value].flat().filter((node): node is Node => typeof node === 'object' && node !== null && !Array.isArray(node));
}

/** A text or number, or the first of an array, cut to a length a card can show. */
function textOf(value: unknown, maxLength: number): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first !== 'string' && typeof first !== 'number') return undefined;
  return String(first).slice(0, maxLength).trim() || undefined;
}
