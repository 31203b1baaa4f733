// In: the items of a slate. Out: cards in the shadow root, and space kept so that nothing below them ever moves.
import type { SlateItem, Strategy } from '../../core/domain/slate.js';
import type { TillsideInstance } from '../tillside.js';
import { createCard } from './card.js';
import { createCardList } from './card-list.js';
import { element } from './element.js';
import { ENGLISH } from './strings.js';
import { adoptStyles } from './styles.js';
import type { SuggestionsHost, WidgetContext } from './widget-context.js';

/** How often a wiped shadow root is filled again before the widget gives up. */
const MAX_REMOUNTS = 3;
const GIVE_UP = 'The page emptied <tillside-suggestions> more than 3 times. Leave its shadow root alone.';

/** What a `<tillside-suggestions>` shows: a labelled region with a heading, the grid of cards and a live region. */
export interface SuggestionsView {
  /** Takes the heading from the host. */
  setHeading(): void;
  /**
   * Shows the items. Without any it hides, and takes no space or keeps that of as many cards as the host wants; after a
   * slate only until nobody can see that it goes.
   */
  show(items: readonly SlateItem[], keepsSpace: boolean, strategy?: Strategy): void;
}

/** Creates what a host shows; nothing is in its shadow root yet. */
export function createSuggestionsView(host: SuggestionsHost, instance: TillsideInstance): SuggestionsView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const status = element('p', { class: 'unseen', role: 'status' });
  const context: WidgetContext = { host, instance, announce: (sentence) => status.replaceChildren(...sentence) };
  const heading = element('slot', { name: 'heading' });
  const list = createCardList(context);
  const grid = element('div', { part: 'grid' }, list.element);
  const title = element('h2', { part: 'heading', id: 'heading' }, heading);
  const section = element('section', { part: 'section', 'aria-labelledby': 'heading' }, title, grid, status);
  const observer = new IntersectionObserver((entries) => {
    // Below the window: what collapses there moves nothing that anybody sees.
    if (entries.some(({ boundingClientRect }) => boundingClientRect.top >= innerHeight)) host.removeAttribute('reserved');
  });
  let mounts = 0;

  return {
    setHeading() {
      heading.textContent = host.heading || ENGLISH.heading;
    },
    show(items, keepsSpace, strategy) {
      if (section.parentNode !== root) {
        host.hidden = true;
        if (mounts++ > MAX_REMOUNTS) return instance.onError('widget-failed', GIVE_UP);
        adoptStyles(root);
        root.replaceChildren(section);
      }
      list.update(items);
      while (list.element.nextSibling) list.element.nextSibling.remove();
      grid.append(...Array.from({ length: host.size - items.length }, () => createCard('div', context).element));
      observer.disconnect();
      host.hidden = !items.length;
      host.toggleAttribute('reserved', host.hidden && keepsSpace);
      delete host.dataset['strategy'];
      if (!strategy) return;
      host.dataset['strategy'] = strategy;
      observer.observe(host);
    },
  };
}
