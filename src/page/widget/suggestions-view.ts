// In: the items of a slate. Out: cards in the shadow root, and space kept so that nothing below them ever moves.
import type { Slate } from '../../core/domain/slate.js';
import type { TillsideInstance } from '../tillside.js';
import { createCard } from './card.js';
import { fillList } from './card-list.js';
import { element } from './element.js';
import { ENGLISH } from './strings.js';
import { adoptStyles } from './styles.js';
import type { SuggestionsHost, WidgetContext } from './widget-context.js';

/** How often a wiped shadow root is filled again before the widget gives up. */
const MAX_REMOUNTS = 3;
const GIVE_UP = 'The page emptied <tillside-suggestions> more than 3 times. Leave its shadow root alone.';

/** The part of a slate that is shown. */
export type ShownSlate = Pick<Slate, 'items' | 'strategy'>;

/**
 * Creates what a `<tillside-suggestions>` shows: a labelled region with a heading, the grid of cards and a live region.
 *
 * @returns shows a slate. While there is none, or nothing good on it, the host is hidden, and keeps the space of its cards
 *   or not; that of an empty slate only until nobody can see that it goes.
 */
export function createSuggestionsView(
  host: SuggestionsHost,
  instance: TillsideInstance,
): (slate: ShownSlate | undefined, keepsSpace: boolean) => void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const heading = element('slot', { name: 'heading' });
  // Safari forgets that a list without bullets is one.
  const list = element('ul', { part: 'list', role: 'list' });
  const space = element('div', {});
  const status = element('p', { class: 'unseen', role: 'status' });
  const section = element(
    'section',
    { part: 'section', 'aria-labelledby': 'heading' },
    element('h2', { part: 'heading', id: 'heading' }, heading),
    element('div', { part: 'grid' }, list, space),
    status,
  );
  const context: WidgetContext = { host, instance, status };
  const fill = fillList(list, context);
  const observer = new IntersectionObserver((entries) => {
    // Below the window: what collapses there moves nothing that anybody sees.
    if (entries.some((entry) => entry.boundingClientRect.top >= innerHeight)) host.removeAttribute('reserved');
  });
  let mounts = 0;

  return (slate, keepsSpace) => {
    const items = slate?.items.filter(({ score }) => score >= host.minScore) ?? [];
    if (section.parentNode !== root) {
      host.hidden = true;
      if (mounts++ > MAX_REMOUNTS) return instance.onError('widget-failed', GIVE_UP);
      adoptStyles(root);
      root.replaceChildren(section);
    }
    heading.textContent = host.heading || ENGLISH.heading;
    fill(items);
    space.replaceChildren(...Array.from({ length: host.size - items.length }, () => createCard('div', context).element));
    host.hidden = !items.length;
    host.toggleAttribute('reserved', host.hidden && keepsSpace);
    observer.disconnect();
    delete host.dataset['strategy'];
    if (!slate) return;
    host.dataset['strategy'] = slate.strategy;
    observer.observe(host);
  };
}
