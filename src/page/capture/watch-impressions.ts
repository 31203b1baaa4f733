import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

const VISIBLE_RATIO = 0.5;
/** Source: the MRC's viewable impression, 50 % of the pixels for one second. */
const VISIBLE_MS = 1_000;
/** Far more than a visit shows; keeps a kiosk's memory flat. */
const MAX_REMEMBERED = 1_000;

/** A card's place: the list it is on (a slate has its own id) and where. */
export interface Impression {
  readonly itemId: string;
  readonly listId: string;
  /** 1-based */
  readonly position: number;
}

export interface Impressions {
  /** Watches one card until it was seen; returns its stop. */
  observe(element: Element, impression: Impression): () => void;
  readonly stop: () => void;
}

interface Watched {
  readonly impression: Impression;
  isVisible: boolean;
  timer?: number;
}

/** Reports each card that was at least half visible for a second, once an item, list and position. */
export function watchImpressions(context: CaptureContext, onImpression: (impression: Impression) => void): Impressions {
  const { document, window } = context;
  const scope = openScope(context);
  const cards = new Map<Element, Watched>();
  const seen = new Set<string>();

  const forget = (element: Element) => {
    window.clearTimeout(cards.get(element)?.timer);
    cards.delete(element);
    observer.unobserve(element);
  };
  const report = scope.guard((element: Element, { impression }: Watched) => {
    forget(element);
    const key = JSON.stringify([impression.listId, impression.position, impression.itemId]);
    if (seen.has(key)) return;
    if (seen.size >= MAX_REMEMBERED) seen.clear();
    seen.add(key);
    onImpression(impression);
  });
  const update = (card: Watched, element: Element) => {
    window.clearTimeout(card.timer);
    if (card.isVisible && document.visibilityState === 'visible') {
      card.timer = window.setTimeout(report, VISIBLE_MS, element, card);
    }
  };
  const onIntersect = scope.guard((entries: IntersectionObserverEntry[]) => {
    for (const { target, isIntersecting, intersectionRatio } of entries) {
      const card = cards.get(target);
      if (!card) continue;
      card.isVisible = isIntersecting && intersectionRatio >= VISIBLE_RATIO;
      update(card, target);
    }
  });
  const observer = new window.IntersectionObserver(onIntersect, { threshold: VISIBLE_RATIO });
  scope.listen(document, 'visibilitychange', () => cards.forEach(update));
  scope.onStop(() => [...cards.keys()].forEach(forget));
  scope.onStop(() => observer.disconnect());
  return {
    observe(element, impression) {
      const card: Watched = { impression, isVisible: false };
      cards.set(element, card);
      observer.observe(element);
      return () => {
        if (cards.get(element) === card) forget(element);
      };
    },
    stop: scope.stop,
  };
}
