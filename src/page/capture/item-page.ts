// In: the page's markup, JSON-LD or word. Out: view_item, then dwell and scroll of that item until its page ends. Page thread.
import type { CaptureContext } from './capture-context.js';
import type { RecommendRequest } from '../../core/engine/contract.js';
import type { Trackable } from '../../core/domain/event.js';
import { openScope } from './open-scope.js';
import { createPageItemFinder, PAGE_ITEM_ATTRIBUTE, type PageItem, type PageItemFinderOptions } from './page-item-finder.js';
import { watchDwell } from './watch-dwell.js';
import { watchMutations } from './watch-mutations.js';
import { watchNavigation } from './watch-navigation.js';
import { watchScrollDepth } from './watch-scroll-depth.js';

/** Some routers render a page before they change the address: what appeared just before belongs to the new address. */
const AHEAD_MS = 1_000;

export interface ItemPageOptions extends Pick<PageItemFinderOptions, 'onProducts' | 'loadJsonLd'> {
  track(event: Trackable): void;
}

export interface ItemPage {
  /** Says which item this page is about, whatever its markup; nothing = none. It holds until the address changes. */
  page(info: { readonly itemId?: string | undefined }): void;
  /** The item whose page this is now, for a request. */
  about(): Pick<RecommendRequest, 'aboutItemIds'>;
  readonly stop: () => void;
}

/** Watches which item the page is about and measures the shopper's time on it. */
export function watchItemPage(context: CaptureContext, options: ItemPageOptions): ItemPage {
  const scope = openScope(context);
  const { visit, about } = createItemVisit(context, options.track);
  let declared: { readonly itemId?: string | undefined } | undefined;
  let marked: PageItem | undefined;
  let stale: PageItem | undefined;
  let appearedAt = -Infinity;
  /** when an address came whose item is still to appear */
  let routedAt = -Infinity;
  let isOpen = false;

  const read = (at = -Infinity) => {
    marked = find();
    if (!isOpen || (!declared && isLeftOver(marked, stale))) return;
    stale = undefined;
    if (!visit((declared ?? marked)?.itemId)) return;
    appearedAt = at - routedAt < AHEAD_MS ? -Infinity : at;
    routedAt = -Infinity;
  };
  const readNow = scope.guard(() => read(context.now()));
  const find = createPageItemFinder(context, { ...options, onLoad: readNow });
  scope.onStop(watchMutations(context, [PAGE_ITEM_ATTRIBUTE], readNow));
  scope.onStop(
    watchNavigation(context, {
      onStart() {
        isOpen = true;
        read();
      },
      onEnd(isRoute) {
        isOpen = false;
        if (isRoute) {
          declared = undefined;
          const isAhead = context.now() - appearedAt < AHEAD_MS;
          appearedAt = -Infinity;
          routedAt = isAhead ? -Infinity : context.now();
          if (isAhead) return;
          stale = marked;
        }
        visit();
      },
    }),
  );
  return {
    page(info) {
      declared = { ...info };
      read();
    },
    about,
    stop: scope.stop,
  };
}

/** Whether the last route's element still says what it said. */
function isLeftOver(marked: PageItem | undefined, stale: PageItem | undefined): boolean {
  return !!marked && marked.itemId === stale?.itemId && marked.element === stale.element;
}

/**
 * Creates the measuring of one item at a time: what is seen until the next call is that item's.
 *
 * @returns `visit` is called with the item that is visited from now on, if any, and says whether it is another than before
 */
function createItemVisit(context: CaptureContext, track: (event: Trackable) => void) {
  let current: string | undefined;
  const stops: (() => void)[] = [];
  const visit = (itemId?: string): boolean => {
    if (itemId === current) return false;
    current = itemId;
    for (const stop of stops.splice(0)) stop();
    if (itemId) {
      track({ type: 'view_item', itemId });
      stops.push(
        watchDwell(context, (dwellMs) => track({ type: 'dwell', itemId, dwellMs })),
        watchScrollDepth(context, (scrollDepthRatio) => track({ type: 'scroll', itemId, scrollDepthRatio })),
      );
    }
    return true;
  };
  return { visit, about: () => (current ? { aboutItemIds: [current] } : {}) };
}
