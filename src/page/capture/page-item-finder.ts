import type { ItemFacts } from '../../core/domain/item.js';
import { reportError } from '../report-error.js';
import type { CaptureContext, OnError } from './capture-context.js';
import { elementsWith, textOf } from './marks.js';

/** The attribute by which a page says which item it is about, once a page: `data-tillside-product="<item_id>"`. */
export const PAGE_ITEM_ATTRIBUTE = 'data-tillside-product';
const JSON_LD = 'script[type="application/ld+json"]';

/** An item that an element says the page is about. */
export interface PageItem {
  readonly itemId: string;
  /** every id it is known by */
  readonly itemIds: readonly string[];
  /** what said so: the same element with the same id on the next route is left over from the last */
  readonly element: Element;
}

/** Told of the products described on the page, and the id of each. */
export type OnProducts = (facts: readonly ItemFacts[], itemIds: readonly string[]) => void;
/** Reads what a document describes in JSON-LD; news goes to `onProducts`. */
export type ReadJsonLd = () => readonly PageItem[];
/** Loads the reader: its bytes come only to pages that have JSON-LD. */
export type LoadJsonLd = () => Promise<{ createJsonLdReader(onProducts: OnProducts, onError: OnError): ReadJsonLd }>;

export interface PageItemFinderOptions {
  readonly onProducts: OnProducts;
  /** absent: JSON-LD is not read */
  readonly loadJsonLd?: LoadJsonLd;
  /** called when there is more to find: the reader has come */
  onLoad(): void;
}

/** Creates the look at the document for its one item. */
export function createPageItemFinder(context: CaptureContext, options: PageItemFinderOptions): () => PageItem | undefined {
  let load = options.loadJsonLd;
  let readJsonLd: ReadJsonLd = () => [];
  return () => {
    if (load && document.querySelector(JSON_LD)) {
      load()
        .then(({ createJsonLdReader }) => {
          readJsonLd = createJsonLdReader(options.onProducts, context.onError);
          options.onLoad();
        })
        .catch((error) => reportError(context.onError, error));
      load = undefined;
    }
    const described = readJsonLd();
    const marked = elementsWith(PAGE_ITEM_ATTRIBUTE).map((element) => {
      const itemId = textOf(element, PAGE_ITEM_ATTRIBUTE);
      return { itemId, itemIds: [itemId], element };
    });
    const [first, ...others] = marked.length ? marked : described;
    // A page that describes several items is a list, and about none.
    const isOne = first?.itemId && others.every(({ itemIds }) => itemIds.some((itemId) => first.itemIds.includes(itemId)));
    return isOne ? first : undefined;
  };
}
