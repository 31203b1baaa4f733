// In: the items of a slate. Out: cards in the shadow root, and space kept so that nothing below them ever moves.
import type { Slate, SlateItem } from '../../core/domain/slate.js';
import { type Card, type CardActions, createCard, createGhost } from './card.js';
import { element } from './element.js';
import { ENGLISH } from './strings.js';
import { adoptStyles } from './styles.js';

/** How often a wiped shadow root is filled again before the widget gives up. */
const MAX_REMOUNTS = 3;

export interface ViewEvents {
  /** what a card calls; `announce` is the view's own */
  readonly actions: Omit<CardActions, 'announce'>;
  /** told of each new card; returns what undoes its work when the card leaves */
  onCard(element: Element, slateItem: SlateItem): () => void;
  /** called instead of showing when the page has wiped the shadow root too often */
  onGiveUp(): void;
}

/** What a `<tillside-suggestions>` shows: a labelled region with a heading, the grid of cards and a live region. */
export class SuggestionsView {
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #events: ViewEvents;
  /** by item id: a card that stays is moved, never made anew */
  readonly #cards = new Map<string, { readonly card: Card; readonly undo: () => void }>();
  readonly #slot = element('slot', { name: 'heading' });
  /** Safari forgets that a list without bullets is one. */
  readonly #list = element('ul', { part: 'list', role: 'list' });
  /** the list and, after it, the space of cards that are not there */
  readonly #grid = element('div', { part: 'grid' }, this.#list);
  readonly #status = element('p', { class: 'unseen', role: 'status' });
  readonly #section = element(
    'section',
    { part: 'section', 'aria-labelledby': 'heading' },
    element('h2', { part: 'heading', id: 'heading' }, this.#slot),
    this.#grid,
    this.#status,
  );
  #mounts = 0;
  #observer: IntersectionObserver | undefined;

  constructor(host: HTMLElement, events: ViewEvents) {
    this.#host = host;
    this.#root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    this.#events = events;
  }

  get isEmpty(): boolean {
    return !this.#cards.size;
  }

  setHeading(text: string): void {
    this.#slot.textContent = text || ENGLISH.heading;
  }

  /** Hides and takes no space, at once. */
  clear(): void {
    this.#fill([], 0);
    this.#setState(true, false);
  }

  /** Keeps the space of `size` cards, invisible, for a slate that is expected. */
  reserve(size: number): void {
    if (!this.#mount()) return;
    this.#fill([], size);
    this.#setState(true, true);
  }

  /** Shows the items; without any it hides, and gives its space back as soon as nobody can see that. */
  show(items: readonly SlateItem[], size: number, strategy: Slate['strategy']): void {
    if (!this.#mount()) return;
    const isEmpty = !items.length;
    const keepsSpace = isEmpty && (!this.#host.hidden || this.#host.hasAttribute('reserved'));
    this.#fill(items, isEmpty && !keepsSpace ? 0 : size);
    this.#setState(isEmpty, keepsSpace);
    this.#host.dataset['strategy'] = strategy;
    if (!keepsSpace) return;
    this.#observer = new IntersectionObserver(([entry]) => {
      // Below the window: what collapses there moves nothing that anybody sees.
      if (entry && entry.boundingClientRect.top >= window.innerHeight) this.#host.removeAttribute('reserved');
    });
    this.#observer.observe(this.#host);
  }

  #setState(isHidden: boolean, isReserved: boolean): void {
    this.#observer?.disconnect();
    this.#host.hidden = isHidden;
    this.#host.toggleAttribute('reserved', isReserved);
    delete this.#host.dataset['strategy'];
  }

  /** Puts the section into the shadow root, and back when the page has emptied that; false once it gave up. */
  #mount(): boolean {
    if (this.#section.parentNode === this.#root) return true;
    if (this.#mounts++ > MAX_REMOUNTS) {
      this.#host.hidden = true;
      this.#events.onGiveUp();
      return false;
    }
    adoptStyles(this.#root);
    this.#root.replaceChildren(this.#section);
    return true;
  }

  /** Shows these items in this order, and empty space up to `size`. */
  #fill(items: readonly SlateItem[], size: number): void {
    const { activeElement } = this.#root;
    const focused = [...this.#list.children].findIndex((card) => card.contains(activeElement));
    const wanted = new Set(items.map(({ item }) => item.itemId));
    for (const [itemId, { undo }] of this.#cards) {
      if (wanted.has(itemId)) continue;
      undo();
      this.#cards.delete(itemId);
    }
    const cards = items.map((slateItem) => this.#cardOf(slateItem));
    const isSame = cards.length === this.#list.childElementCount && cards.every((card, at) => card === this.#list.children[at]);
    // All are put in anew, where they stay too: a re-ranking is meant, and to the browser no shift of the layout.
    if (!isSame) this.#list.replaceChildren(...cards);
    const ghosts = Math.max(0, size - cards.length);
    while (this.#grid.childElementCount > 1 + ghosts) this.#grid.lastElementChild?.remove();
    while (this.#grid.childElementCount < 1 + ghosts) this.#grid.append(createGhost());
    if (focused >= 0 && this.#root.activeElement !== activeElement) this.#focus(activeElement as HTMLElement, focused);
  }

  #cardOf(slateItem: SlateItem): Element {
    const { actions, onCard } = this.#events;
    const { itemId } = slateItem.item;
    let shown = this.#cards.get(itemId);
    if (!shown) {
      const card = createCard(slateItem, {
        ...actions,
        announce: (text) => {
          this.#status.textContent = text;
        },
      });
      shown = { card, undo: onCard(card.element, slateItem) };
      this.#cards.set(itemId, shown);
    }
    shown.card.update(slateItem);
    return shown.card.element;
  }

  /** Gives the keyboard's focus back, which a moved card drops, or hands it to the card now in the place of one that left. */
  #focus(control: HTMLElement, index: number): void {
    const heir = control.isConnected
      ? control
      : (this.#list.children[index] ?? this.#list.lastElementChild)?.querySelector('button');
    heir?.focus({ preventScroll: true });
  }
}
