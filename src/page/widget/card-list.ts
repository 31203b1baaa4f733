import type { SlateItem } from '../../core/domain/slate.js';
import { type Card, createCard } from './card.js';
import type { WidgetContext } from './widget-context.js';

/** Fills a list with the cards of a slate: returns what shows these items in this order. A card that stays is never made anew. */
export function fillList(list: HTMLElement, context: WidgetContext): (items: readonly SlateItem[]) => void {
  /** by item id */
  let cards = new Map<string, Card>();

  const cardOf = (slateItem: SlateItem): Card => {
    const card = cards.get(slateItem.item.itemId) ?? createCard('li', context);
    card.update(slateItem);
    return card;
  };
  return (items) => {
    const next = new Map(items.map((slateItem) => [slateItem.item.itemId, cardOf(slateItem)]));
    for (const [itemId, card] of cards) if (!next.has(itemId)) card.stop();
    cards = next;
    const elements = Array.from(cards.values(), (card) => card.element);
    if (elements.length !== list.childElementCount || elements.some((card, at) => card !== list.children[at]))
      replaceCards(list, elements);
  };
}

/** Puts the cards into the list, and the keyboard's focus back, or on the card in the place of the one that had it. */
function replaceCards(list: HTMLElement, cards: readonly HTMLElement[]): void {
  const { activeElement } = list.getRootNode() as ShadowRoot;
  const at = [...list.children].findIndex((card) => card.contains(activeElement));
  // All are put in anew, where they stay too: a re-ranking is meant, and to the browser no shift of the layout.
  list.replaceChildren(...cards);
  if (at < 0) return;
  const heir = activeElement?.isConnected ? activeElement : (cards[at] ?? cards.at(-1))?.querySelector('button');
  (heir as HTMLElement | undefined)?.focus({ preventScroll: true });
}
