// In: what the page's <tillside-suggestions> show and what becomes of it. Out: views, selects and adds, to the shop's analytics. Page thread.
import type { SlateItem } from '../../core/domain/slate.js';
import { openScope } from '../capture/open-scope.js';
import { isPrivacySignalled } from '../consent/privacy-signal.js';
import type { TillsideInstance } from '../tillside.js';
import type { TillsideSuggestionsElement } from '../widget/suggestions-element.js';
import type { AnalyticsHandlers, AnalyticsOption, ListedItem } from './analytics-option.js';
import { createGa4Handlers } from './ga4-handlers.js';

const ELEMENT_NAME = 'tillside-suggestions';
/** A widget counts as seen from here on, as a share of it. */
const VISIBLE_RATIO = 0.5;

/**
 * Tells the shop's analytics of the suggestions, only while there is consent; where Global Privacy Control or Do Not Track is signalled,
 * never.
 *
 * @returns the undo
 */
export function startAnalytics(instance: TillsideInstance, option: AnalyticsOption): () => void {
  if (isPrivacySignalled(navigator)) return () => {};
  const scope = openScope(instance);
  const handlers = option === 'ga4' ? createGa4Handlers(window as unknown as Readonly<Record<string, unknown>>) : option;
  const tell = scope.guard((told: () => void) => {
    if (instance.consentState === 'granted') told();
  });
  /** what was suggested, by list and item: an add names no more */
  const listed = new Map<string, ListedItem>();
  const watchView = createViewWatch(handlers, { listed, tell });
  scope.onStop(watchView.stop);
  // The element's `load` does not bubble, but it is captured.
  scope.listen(document, 'load', ({ target }) => {
    if (isSuggestions(target)) watchView.watch(target);
  });
  scope.listen(document, 'click', (event) => {
    const item = linkedItemOf(event, listed);
    if (item) tell(() => handlers.onSelect?.(item));
  });
  scope.onStop(
    instance.on('add', ({ itemId, quantity, listId = '' }) => {
      const item = listed.get(keyOf(listId, itemId));
      if (item) tell(() => handlers.onAdd?.({ ...item, quantity }));
    }),
  );
  for (const host of document.querySelectorAll<TillsideSuggestionsElement>(ELEMENT_NAME)) if (host.slate) watchView.watch(host);
  return scope.stop;
}

interface ViewTargets {
  readonly listed: Map<string, ListedItem>;
  tell(told: () => void): void;
}

/** Tells of the items of a widget once it is seen; of a newer slate, those that are new. */
function createViewWatch({ onView }: AnalyticsHandlers, { listed, tell }: ViewTargets) {
  const told = new Set<string>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting || !isSuggestions(target)) continue;
        observer.unobserve(target);
        const fresh = itemsOf(target).filter((item) => !told.has(keyOf(item.listId, item.itemId)));
        for (const item of fresh) told.add(keyOf(item.listId, item.itemId));
        if (fresh.length) tell(() => onView?.(fresh));
      }
    },
    { threshold: VISIBLE_RATIO },
  );
  return {
    watch(host: TillsideSuggestionsElement): void {
      for (const item of itemsOf(host)) listed.set(keyOf(item.listId, item.itemId), item);
      observer.unobserve(host);
      observer.observe(host);
    },
    stop: () => observer.disconnect(),
  };
}

/** The shown item whose link was followed, also through the border of its shadow root. */
function linkedItemOf(event: Event, listed: ReadonlyMap<string, ListedItem>): ListedItem | undefined {
  const path = event.composedPath();
  const host = path.find(isSuggestions);
  const card = path.find((node): node is HTMLElement => node instanceof HTMLElement && 'itemId' in node.dataset);
  const isLink = path.some((node) => node instanceof HTMLAnchorElement && card?.contains(node));
  return host && isLink ? listed.get(keyOf(host.placement, card?.dataset['itemId'] ?? '')) : undefined;
}

function itemsOf({ slate, placement, minScore }: TillsideSuggestionsElement): ListedItem[] {
  const shown = slate?.items.filter(({ score }) => score >= minScore) ?? [];
  return shown.map(({ item, position }: SlateItem) => ({ ...item, listId: placement, position }));
}

function isSuggestions(node: unknown): node is TillsideSuggestionsElement {
  return node instanceof HTMLElement && node.localName === ELEMENT_NAME;
}

function keyOf(listId: string, itemId: string): string {
  return JSON.stringify([listId, itemId]);
}
