import type { SlateItem } from '../../core/domain/slate.js';
import { type Card, createCard } from './card.js';
import type { WidgetContext } from './widget-context.js';

/**
 * Fills a list with the cards of a slate.
 *
 * @returns shows these items in this order; a card that stays is moved, never made anew
 */
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
    const before = [...list.children];
    const after = [...next.values()].map((card) => card.element);
    if (before.length === after.length && after.every((card, at) => card === before[at])) return;
    const focused = context.host.shadowRoot?.activeElement as HTMLElement | null | undefined;
    const index = before.findIndex((card) => card.contains(focused ?? null));
    // All are put in anew, where they stay too: a re-ranking is meant, and to the browser no shift of the layout.
    list.replaceChildren(...after);
    // The keyboard's focus, which a moved card drops, comes back, or to the card in the place of one that left.
    const heir = focused?.isConnected ? focused : (after[index] ?? after.at(-1))?.querySelector('button');
    if (index >= 0) heir?.focus({ preventScroll: true });
  };
}
