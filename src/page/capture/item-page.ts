// In: the page's markup, JSON-LD or word. Out: view_item, then dwell and scroll of that item until its page ends. Page thread.
import type { ItemFacts } from '../../core/domain/item.js';
import { findJsonLd, type PageProduct, readProducts } from '../adapters/json-ld.js';
import type { CaptureContext } from './capture-context.js';
import type { Trackable } from './is-trackable.js';
import { watchDwell } from './watch-dwell.js';
import { watchMutations } from './watch-mutations.js';
import { watchNavigation } from './watch-navigation.js';
import { watchScrollDepth } from './watch-scroll-depth.js';

/** The attribute by which a page says which item it is about, once a page: `data-tillside-product="<item_id>"`. */
const ATTRIBUTE = 'data-tillside-product';
/** Some routers render a page before they change the address: what appeared just before belongs to the new address. */
const AHEAD_MS = 1_000;

export interface ItemPageListener {
  track(event: Trackable): void;
  /** facts and ids of the products the page describes */
  onProducts(facts: readonly ItemFacts[], itemIds: readonly string[]): void;
}

export interface ItemPage {
  /** Says which item this page is about, whatever its markup; nothing = none. It holds until the address changes. */
  page(info: { readonly itemId?: string | undefined }): void;
  stop(): void;
}

interface Found {
  readonly itemId: string;
  /** what said so: the same element with the same id on the next route is left over from the last */
  readonly element?: Element;
}

/** Watches which item the page is about and measures the shopper's time on it. */
export function watchItemPage(context: CaptureContext, { track, onProducts }: ItemPageListener): ItemPage {
  const { now } = context;
  const find = createItemFinder(context, onProducts);
  let current: (Found & { readonly appearedAt: number }) | undefined;
  let declared: { readonly found?: Found } | undefined;
  let stale: Found | undefined;
  let isOpen = false;
  let stops: (() => void)[] = [];

  const begin = (found: Found, appearedAt: number) => {
    const { itemId } = found;
    current = { ...found, appearedAt };
    track({ type: 'view_item', itemId });
    stops = [
      watchDwell(context, (dwellMs) => track({ type: 'dwell', itemId, dwellMs })),
      watchScrollDepth(context, (scrollDepthRatio) => track({ type: 'scroll', itemId, scrollDepthRatio })),
    ];
  };
  const end = () => {
    for (const stop of stops) stop();
    stops = [];
    current = undefined;
  };
  const read = (appearedAt: number) => {
    const found = declared ? declared.found : find();
    const isStale = !declared && found && found.itemId === stale?.itemId && found.element === stale.element;
    if (!isOpen || isStale) return;
    stale = undefined;
    if (found?.itemId === current?.itemId) return;
    end();
    if (found) begin(found, appearedAt);
  };

  const unwatchMutations = watchMutations(context, [ATTRIBUTE], () => read(now()));
  const unwatchNavigation = watchNavigation(context, {
    onStart: (cause) => {
      isOpen = true;
      if (cause !== 'route') stale = undefined;
      read(-Infinity);
    },
    onEnd: (cause) => {
      isOpen = false;
      if (cause === 'route') {
        declared = undefined;
        if (current && now() - current.appearedAt < AHEAD_MS) return;
      }
      stale = current?.element && current;
      end();
    },
  });
  return {
    page: ({ itemId }) => {
      declared = itemId ? { found: { itemId } } : {};
      read(-Infinity);
    },
    stop() {
      unwatchMutations();
      unwatchNavigation();
      end();
    },
  };
}

/** Creates the look at the document for its one item; products described in JSON-LD are reported once a script text. */
function createItemFinder(
  { document, onError }: CaptureContext,
  onProducts: ItemPageListener['onProducts'],
): () => Found | undefined {
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
    const marked = [...document.querySelectorAll(`[${ATTRIBUTE}]`)].map((element) => {
      const itemId = element.getAttribute(ATTRIBUTE)?.trim() ?? '';
      return { itemId, itemIds: [itemId], element };
    });
    const [first, ...others] = marked.length ? marked : described;
    // A page that describes several items is a list, and about none.
    const isOne = first?.itemId && others.every(({ itemIds }) => itemIds.some((itemId) => first.itemIds.includes(itemId)));
    return isOne ? first : undefined;
  };
}
