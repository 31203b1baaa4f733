import type { SlateItem } from '../../core/domain/slate.js';
import type { Card, CardSettings } from './card.js';
import { createCard, createGhost } from './card.js';

/** The cards of one widget, kept by item id: a card that stays is moved, never made anew. */
export interface CardList {
  /** `[part=grid]`: the list and, after it, the space of cards that are not there */
  readonly element: HTMLElement;
  readonly cards: ReadonlyMap<string, Card>;
  /** Shows these items in this order, and empty space up to `size`. The keyboard's focus survives, on the next card if its own left. */
  show(items: readonly SlateItem[], size: number): void;
}

/** Creates an empty list. `onCard` is told of each new card and returns what undoes its work when the card leaves. */
export function createCardList(settings: () => CardSettings, onCard: (card: Card, itemId: string) => () => void): CardList {
  const cards = new Map<string, Card>();
  const undos = new Map<string, () => void>();
  const indexes = new Map<string, number>();
  const grid = document.createElement('div');
  grid.className = 'grid';
  grid.setAttribute('part', 'grid');
  const list = document.createElement('ul');
  list.setAttribute('part', 'list');
  list.setAttribute('role', 'list'); // Safari forgets that a list without bullets is one
  grid.append(list);

  function remove(itemId: string): void {
    undos.get(itemId)?.();
    undos.delete(itemId);
    cards.get(itemId)?.element.remove();
    cards.delete(itemId);
    indexes.delete(itemId);
  }

  function place(slateItem: SlateItem, index: number): void {
    const { itemId } = slateItem.item;
    let card = cards.get(itemId);
    if (card) card.update(slateItem);
    else {
      card = createCard(slateItem, settings());
      cards.set(itemId, card);
      undos.set(itemId, onCard(card, itemId));
    }
    const there = list.children[index] ?? null;
    if (there !== card.element) list.insertBefore(card.element, there);
    // Put in anew where the cards before it changed: a re-ranking is meant, and to the browser no shift of the layout.
    else if (indexes.get(itemId) !== index) list.insertBefore(card.element, there.nextSibling);
    indexes.set(itemId, index);
  }

  return {
    element: grid,
    cards,
    show(items, size) {
      const focused = focusedCard(cards);
      const unique = [...new Map(items.map((slateItem) => [slateItem.item.itemId, slateItem])).values()];
      const wanted = new Set(unique.map(({ item }) => item.itemId));
      for (const itemId of [...cards.keys()]) if (!wanted.has(itemId)) remove(itemId);
      for (const [index, slateItem] of unique.entries()) place(slateItem, index);
      showGhosts(grid, size - unique.length);
      if (focused) restoreFocus(list, focused);
    },
  };
}

interface FocusedCard {
  readonly control: HTMLElement;
  readonly index: number;
}

function focusedCard(cards: ReadonlyMap<string, Card>): FocusedCard | undefined {
  for (const { element } of cards.values()) {
    const active = (element.getRootNode() as ShadowRoot).activeElement;
    if (active && element.contains(active)) {
      return { control: active as HTMLElement, index: [...(element.parentElement?.children ?? [])].indexOf(element) };
    }
  }
  return undefined;
}

/** Moving an element drops its focus, and a card that leaves takes it along: gives it back, or to the card now in its place. */
function restoreFocus(list: HTMLElement, { control, index }: FocusedCard): void {
  const heir = control.isConnected
    ? control
    : (list.children[index] ?? list.lastElementChild)?.querySelector<HTMLElement>('button');
  if (heir && (heir.getRootNode() as ShadowRoot).activeElement !== heir) heir.focus({ preventScroll: true });
}

function showGhosts(grid: HTMLElement, count: number): void {
  const wanted = Math.max(0, count);
  while (grid.childElementCount - 1 > wanted) grid.lastElementChild?.remove();
  while (grid.childElementCount - 1 < wanted) grid.append(createGhost());
}
