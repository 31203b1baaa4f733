import type { SlateItem } from '../../core/domain/slate.js';
import { type Card, createCard } from './card.js';
import { element } from './element.js';
import type { WidgetContext } from './widget-context.js';

/** The cards of a slate. */
export interface CardList {
  readonly element: HTMLElement;
  /** Shows these items in this order. A card that stays is moved, never made anew. */
  update(items: readonly SlateItem[]): void;
}

/** Creates a list without cards. */
export function createCardList(context: WidgetContext): CardList {
  // Safari forgets that a list without bullets is one.
  const list = element('ul', { part: 'list', role: 'list' });
  /** by item id */
  let cards = new Map<string, Card>();

  const cardOf = (slateItem: SlateItem): Card => {
    const card = cards.get(slateItem.item.itemId) ?? createCard('li', context);
    card.update(slateItem);
    return card;
  };
  return {
    element: list,
    update(items) {
      const next = new Map(items.map((slateItem) => [slateItem.item.itemId, cardOf(slateItem)]));
      for (const [itemId, card] of cards) if (!next.has(itemId)) card.stop();
      cards = next;
      replaceChildren(
        list,
        [...next.values()].map((card) => card.element),
      );
    },
  };
}

/** Puts the cards into the list, and the keyboard's focus back, or on the card in the place of the one that had it. */
function replaceChildren(list: HTMLElement, cards: readonly HTMLElement[]): void {
  const before = [...list.children];
  if (before.length === cards.length && before.every((card, at) => card === cards[at])) return;
  const { activeElement } = list.getRootNode() as ShadowRoot;
  const at = before.findIndex((card) => card.contains(activeElement));
  // All are put in anew, where they stay too: a re-ranking is meant, and to the browser no shift of the layout.
  list.replaceChildren(...cards);
  if (at < 0) return;
  const heir = cards.find((card) => card.contains(activeElement))
    ? activeElement
    : (cards[at] ?? cards.at(-1))?.querySelector('button');
  (heir as HTMLElement | null)?.focus({ preventScroll: true });
}
