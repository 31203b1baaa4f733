// In: the items of a slate. Out: cards in the shadow root, and space kept so that nothing below them ever moves.
import type { Slate } from '../../core/domain/slate.js';
import type { TillsideInstance } from '../tillside.js';
import { adoptStyles } from './adopt-styles.js';
import { createCard } from './card.js';
import { fillList } from './card-list.js';
import { createParts } from './card-parts.js';
import { element } from './element.js';
import { showImage } from './show-image.js';
import { ENGLISH } from './strings.js';
import { CARD_STYLES } from './styles.js';
import { CARD_TEMPLATE, type SuggestionsHost, type WidgetContext } from './widget-context.js';

/** How often a wiped shadow root is filled again before the widget gives up. */
const MAX_REMOUNTS = 3;
/** How soon it is seen that a button was let go. */
const HOLD_MS = 150;
const GIVE_UP = 'The page empties the widget. Leave its root alone.';

/** The part of a slate that is shown. */
export type ShownSlate = Pick<Slate, 'items' | 'strategy'>;
type Show = (slate: ShownSlate | undefined, keepsSpace: boolean) => void;

/**
 * Creates what a `<tillside-suggestions>` shows: a labelled region with a heading, the grid of cards and a live region.
 *
 * @returns shows a slate. While there is none, or nothing good on it, the host is hidden, and keeps the space of its cards
 *   or not; that of an empty slate only until nobody can see that it goes.
 */
export function createSuggestionsView(host: SuggestionsHost, instance: TillsideInstance): Show {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [];
  adoptStyles(root, CARD_STYLES);
  const { section, heading, list, space, status } = createSection();
  const context: WidgetContext = { host, instance, root, section, list, status, strings: ENGLISH, toParts: createParts };
  if (instance.images === 'all') context.showPicture = (parts, { imageUrl }) => showImage(parts, instance.toUrl(imageUrl));
  const fill = fillList(list, context);
  const observer = new IntersectionObserver((entries) => {
    // Below the window: what collapses there moves nothing that anybody sees.
    host.hidden ||= host.hasAttribute('reserved') && entries.some((entry) => entry.boundingClientRect.top >= innerHeight);
  });
  let mounts = 0;
  let last: Parameters<Show> = [undefined, false];

  // Another view may have taken the root since.
  const again = () => section.parentNode === root && show(...last);
  const show: Show = (slate, keepsSpace) => {
    last = [slate, keepsSpace];
    // What moves under a finger, or is made anew, is not tapped.
    if (list.matches(':active')) return void setTimeout(again, HOLD_MS);
    const items = slate?.items.filter(({ score }) => score >= host.minScore) ?? [];
    if (section.parentNode !== root) {
      host.hidden = true;
      if (mounts++ > MAX_REMOUNTS) return instance.onError('widget-failed', GIVE_UP);
      root.replaceChildren(section);
    }
    // Not before consent, which keeps space.
    if (keepsSpace) context.loading ??= loadTools(context, again);
    if (!context.hasLoaded && host.querySelector(CARD_TEMPLATE)) return;
    const strings = { ...ENGLISH, ...context.table, ...instance.strings, ...host.strings };
    context.strings = strings;
    heading.textContent = host.heading || strings[`heading-${host.placement as 'order'}`] || strings.heading;
    fill(items);
    context.tools?.show(items);
    space.replaceChildren();
    for (let cards = items.length; cards < host.size; cards++) space.append(createCard('div', context).element);
    // Not hidden while space is kept: many a shop's sheet says that what is hidden takes none.
    host.hidden = !(items.length || keepsSpace);
    host.toggleAttribute('reserved', !items.length && keepsSpace);
    observer.disconnect();
    delete host.dataset['strategy'];
    if (!slate) return;
    host.dataset['strategy'] = slate.strategy;
    observer.observe(host);
  };
  return show;
}

/** Loads what cards need not wait for, unless they have a layout of the shop's own. */
async function loadTools(context: WidgetContext, again: () => unknown): Promise<void> {
  try {
    const { createCardTools } = await import('./card-tools.js');
    context.tools = createCardTools(context, again);
  } catch (error) {
    context.instance.onFailure(error);
  }
  context.hasLoaded = true;
  again();
}

function createSection() {
  const heading = element('slot', { name: 'heading' });
  // Safari forgets that a list without bullets is one.
  const list = element('ul', { part: 'list', role: 'list' });
  const space = element('div', { inert: '' });
  const status = element('p', { class: 'unseen', part: 'toast', role: 'status' });
  const section = element(
    'section',
    { part: 'section', 'aria-labelledby': 'heading' },
    status,
    element('h2', { part: 'heading', id: 'heading' }, heading),
    element('div', { part: 'grid' }, list, space),
  );
  return { section, heading, list, space, status };
}
