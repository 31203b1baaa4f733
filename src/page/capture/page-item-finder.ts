import type { ItemFacts } from '../../core/domain/item.js';
import { findJsonLd, type PageProduct, readProducts } from '../adapters/json-ld.js';
import type { CaptureContext } from './capture-context.js';

/** The attribute by which a page says which item it is about, once a page: `data-tillside-product="<item_id>"`. */
export const PAGE_ITEM_ATTRIBUTE = 'data-tillside-product';

export interface PageItem {
  readonly itemId: string;
  /** what said so: the same element with the same id on the next route is left over from the last */
  readonly element?: Element;
}

/** Told of the products described on the page, and the id of each. */
export type OnProducts = (facts: readonly ItemFacts[], itemIds: readonly string[]) => void;

/** Creates the look at the document for its one item; products described in JSON-LD are reported once a script text. */
export function createPageItemFinder({ document, onError }: CaptureContext, onProducts: OnProducts): () => PageItem | undefined {
  const parsed = new WeakMap<Element, { readonly text: string; readonly products: readonly PageProduct[] }>();
  const productsOf = (script: Element) => {
    const text = script.textContent ?? '';
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
  return () => {
    const described = findJsonLd(document).flatMap((element) => productsOf(element).map((product) => ({ ...product, element })));
    const marked = [...document.querySelectorAll(`[${PAGE_ITEM_ATTRIBUTE}]`)].map((element) => {
      const itemId = element.getAttribute(PAGE_ITEM_ATTRIBUTE)?.trim() ?? '';
      return { itemId, itemIds: [itemId], element };
    });
    const [first, ...others] = marked.length ? marked : described;
    // A page that describes several items is a list, and about none.
    const isOne = first?.itemId && others.every(({ itemIds }) => itemIds.some((itemId) => first.itemIds.includes(itemId)));
    return isOne ? first : undefined;
  };
}
