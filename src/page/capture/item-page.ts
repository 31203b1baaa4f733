// In: the page's markup, JSON-LD or word. Out: view_item, then dwell and scroll of that item until its page ends. Page thread.
import type { CaptureContext } from './capture-context.js';
import type { Trackable } from './is-trackable.js';
import { createPageItemFinder, type OnProducts, PAGE_ITEM_ATTRIBUTE, type PageItem } from './page-item-finder.js';
import { watchDwell } from './watch-dwell.js';
import { watchMutations } from './watch-mutations.js';
import { watchNavigation } from './watch-navigation.js';
import { watchScrollDepth } from './watch-scroll-depth.js';

/** Some routers render a page before they change the address: what appeared just before belongs to the new address. */
const AHEAD_MS = 1_000;

export interface ItemPageListener {
  track(event: Trackable): void;
  readonly onProducts: OnProducts;
}

export interface ItemPage {
  /** Says which item this page is about, whatever its markup; nothing = none. It holds until the address changes. */
  page(info: { readonly itemId?: string | undefined }): void;
  stop(): void;
}

/** Watches which item the page is about and measures the shopper's time on it. */
export function watchItemPage(context: CaptureContext, { track, onProducts }: ItemPageListener): ItemPage {
  const { now } = context;
  const find = createPageItemFinder(context, onProducts);
  const visit = createItemVisit(context, track);
  let declared: PageItem | { readonly itemId?: undefined } | undefined;
  let marked: PageItem | undefined;
  let stale: PageItem | undefined;
  let appearedAt = -Infinity;
  let isOpen = false;

  const read = (at = -Infinity) => {
    marked = find();
    const { itemId } = declared ?? marked ?? {};
    const isStale = !declared && marked && marked.itemId === stale?.itemId && marked.element === stale.element;
    if (!isOpen || isStale) return;
    stale = undefined;
    if (itemId === visit.itemId()) return;
    appearedAt = at;
    visit.end();
    if (itemId) visit.begin(itemId);
  };

  const unwatchMutations = watchMutations(context, [PAGE_ITEM_ATTRIBUTE], () => read(now()));
  const unwatchNavigation = watchNavigation(context, {
    onStart: () => {
      isOpen = true;
      read();
    },
    onEnd: (cause) => {
      isOpen = false;
      if (cause === 'route') {
        declared = undefined;
        if (now() - appearedAt < AHEAD_MS) return;
        stale = marked;
      }
      visit.end();
    },
  });
  return {
    page: (info) => {
      declared = { ...info } as PageItem;
      read();
    },
    stop() {
      unwatchMutations();
      unwatchNavigation();
    },
  };
}

/** Creates the measuring of one item at a time: what is seen between `begin` and `end` is that item's. */
function createItemVisit(context: CaptureContext, track: (event: Trackable) => void) {
  let current: string | undefined;
  let stops: (() => void)[] = [];
  return {
    itemId: () => current,
    begin(itemId: string) {
      current = itemId;
      track({ type: 'view_item', itemId });
      stops = [
        watchDwell(context, (dwellMs) => track({ type: 'dwell', itemId, dwellMs })),
        watchScrollDepth(context, (scrollDepthRatio) => track({ type: 'scroll', itemId, scrollDepthRatio })),
      ];
    },
    end() {
      for (const stop of stops) stop();
      stops = [];
      current = undefined;
    },
  };
}
