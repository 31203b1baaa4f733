// In: the document's JSON-LD. Out: schema.org's facts of its products. A file of its own: its bytes load only where there is JSON-LD.
import type { OnError } from '../capture/capture-context.js';
import type { OnProducts, ReadJsonLd } from '../capture/page-item-finder.js';
import { isProduct, MAX_PRODUCTS, type PageProduct, toProduct } from './schema-org-facts.js';
import { nodesOf } from './stated-values.js';

const SELECTOR = 'script[type="application/ld+json"]';
/** A script longer than this, characters, is not a product page's. */
const MAX_CHARACTERS = 500_000;
const MAX_DEPTH = 8;

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
    if (isProduct(node['@type'])) {
      const product = toProduct(node);
      if (product) products.push(product);
    } else for (const key of ['@graph', 'mainEntity', 'itemListElement', 'item']) collect(node[key], products, depth - 1);
  }
}
