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
  isVisible?: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

/** Reports each card that was at least half visible for a second, once an item, list and position. */
export function watchImpressions(context: CaptureContext, onImpression: (impression: Impression) => void): Impressions {
  const scope = openScope(context);
  const cards = new Map<Element, Watched>();
  const seen = new Set<string>();

  const forget = (card: Watched, element: Element) => {
    clearTimeout(card.timer);
    if (cards.get(element) !== card) return;
    cards.delete(element);
    observer.unobserve(element);
  };
  const report = scope.guard((card: Watched, element: Element) => {
    forget(card, element);
    const { itemId, listId, position } = card.impression;
    const key = JSON.stringify([itemId, listId, position]);
    if (seen.has(key)) return;
    if (seen.size >= MAX_REMEMBERED) seen.clear();
    seen.add(key);
    onImpression(card.impression);
  });
  const update = (card: Watched, element: Element) => {
    clearTimeout(card.timer);
    if (card.isVisible && document.visibilityState !== 'hidden') card.timer = setTimeout(report, VISIBLE_MS, card, element);
  };
  const observer = new IntersectionObserver(
    scope.guard((entries: IntersectionObserverEntry[]) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        const card = cards.get(target);
        if (!card) continue;
        card.isVisible = isIntersecting && intersectionRatio >= VISIBLE_RATIO;
        update(card, target);
      }
    }),
    { threshold: VISIBLE_RATIO },
  );
  scope.listen(window, 'visibilitychange', () => cards.forEach(update));
  scope.onStop(() => {
    cards.forEach(forget);
    observer.disconnect();
  });
  return {
    observe(element, impression) {
      const card: Watched = { impression };
      cards.set(element, card);
      observer.observe(element);
      return () => forget(card, element);
    },
    stop: scope.stop,
  };
}
