import type { Slate, SlateItem } from '../../core/domain/slate.js';
import type { Card, CardSettings } from './card.js';
import type { CardList } from './card-list.js';
import { createCardList } from './card-list.js';
import type { Strings } from './strings.js';
import { adoptStyles } from './styles.js';

/** How often a wiped shadow root is filled again before the widget gives up. */
const MAX_REMOUNTS = 3;

/** What a `<tillside-suggestions>` shows, and the space it keeps so that nothing below it ever moves. */
export interface SuggestionsView {
  readonly list: CardList;
  /** Keeps the space of `size` cards, invisible, for a slate that is expected. */
  reserve(size: number): void;
  /** Shows the items; without any it hides, and gives its space back as soon as nobody can see that. */
  show(items: readonly SlateItem[], size: number, strategy: Slate['strategy']): void;
  /** Hides and takes no space, at once. */
  clear(): void;
  setHeading(text: string): void;
  /** Says it to screen readers, politely. */
  announce(text: string): void;
}

export interface SuggestionsViewOptions {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly strings: Strings;
  readonly settings: () => CardSettings;
  readonly onCard: (card: Card, itemId: string) => () => void;
  /** called instead of showing when the page has wiped the shadow root too often */
  readonly onGiveUp: () => void;
}

/** Builds the shadow tree: a labelled region with a heading, the grid of cards and a live region. */
export function createSuggestionsView(options: SuggestionsViewOptions): SuggestionsView {
  const { host, strings } = options;
  const { section, slot, status } = createFrame(strings);
  const list = createCardList(options.settings, options.onCard);
  const mount = createMount(options, section);
  section.append(list.element, status);
  let stopWatching = (): void => {};

  function setState(hidden: boolean, reserved: boolean, strategy?: string): void {
    stopWatching();
    host.hidden = hidden;
    host.toggleAttribute('reserved', reserved);
    if (strategy) host.dataset['strategy'] = strategy;
    else delete host.dataset['strategy'];
  }

  return {
    list,
    clear() {
      list.show([], 0);
      setState(true, false);
    },
    reserve(size) {
      if (!mount()) return;
      list.show([], size);
      setState(true, true);
    },
    show(items, size, strategy) {
      if (!mount()) return;
      const isEmpty = items.length === 0;
      const keepsSpace = isEmpty && (!host.hidden || host.hasAttribute('reserved'));
      list.show(items, isEmpty && !keepsSpace ? 0 : size);
      setState(isEmpty, keepsSpace, strategy);
      if (!keepsSpace) return;
      stopWatching = watchOutOfSight(host, () => {
        list.show([], 0);
        host.removeAttribute('reserved');
      });
    },
    setHeading: (text) => setText(slot, text || strings.heading),
    announce: (text) => setText(status, text),
  };
}

/** Puts the section into the shadow root, and back when the page has emptied that; false once it gave up. */
function createMount({ host, root, onGiveUp }: SuggestionsViewOptions, section: HTMLElement): () => boolean {
  let mounts = 0;
  return () => {
    if (section.parentNode === root) return true;
    if (mounts > MAX_REMOUNTS) {
      host.hidden = true;
      onGiveUp();
      return false;
    }
    mounts += 1;
    adoptStyles(root);
    root.replaceChildren(section);
    return true;
  };
}

function setText(element: Element, text: string): void {
  element.textContent = text;
}

function createFrame(strings: Strings): { section: HTMLElement; slot: HTMLSlotElement; status: HTMLElement } {
  const section = document.createElement('section');
  section.setAttribute('part', 'section');
  section.setAttribute('aria-labelledby', 'heading');
  const heading = document.createElement('h2');
  heading.id = 'heading';
  heading.className = 'heading';
  heading.setAttribute('part', 'heading');
  const slot = document.createElement('slot');
  slot.name = 'heading';
  slot.textContent = strings.heading;
  heading.append(slot);
  const status = document.createElement('p');
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  section.append(heading);
  return { section, slot, status };
}

/** Calls back once the element is below the window: what collapses there moves nothing that anybody sees. */
function watchOutOfSight(element: Element, onOutOfSight: () => void): () => void {
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (!last || last.boundingClientRect.top < (last.rootBounds?.bottom ?? window.innerHeight)) return;
    observer.disconnect();
    onOutOfSight();
  });
  observer.observe(element);
  return () => observer.disconnect();
}
