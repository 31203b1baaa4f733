import type { SlateItem } from '../../core/domain/slate.js';
import type { Impression } from '../capture/watch-impressions.js';
import { documentUrl } from '../document-url.js';
import { element } from './element.js';
import { formatPrice } from './format-price.js';
import { toSafeUrl } from '../safe-url.js';
import { ENGLISH, type Sentence, toReasonSentence, toSentence } from './strings.js';

/** Longest title a card shows, characters; the rest could not be read there anyway. */
const MAX_TITLE_LENGTH = 200;
/** Intrinsic size of a picture before it loads, px; the tile itself is square at any width. */
const PICTURE_PX = '320';

/** What the shopper does with a card, and how it speaks. */
export interface CardActions {
  /** BCP 47 */
  readonly locale: string | undefined;
  /** Adds the item to the cart; resolves when the shop has. */
  add(place: Omit<Impression, 'listId'>, target: EventTarget): Promise<void>;
  select(place: Omit<Impression, 'listId'>): void;
  /** Says it to screen readers, politely. */
  announce(text: string): void;
}

/** One suggestion in the list. It lives as long as its item stays on the slate. */
export interface Card {
  readonly element: HTMLLIElement;
  /** Shows the item as the newest slate has it; a failed add stays readable. */
  update(slateItem: SlateItem): void;
}

/** Creates the empty card of an item. All text goes in as text: nothing from a catalogue is ever parsed as markup. */
export function createCard({ item, position }: SlateItem, actions: CardActions): Card {
  const { itemId } = item;
  const title = cut(item.title?.trim() || itemId);
  const link = element('a', { part: 'link' });
  const picture = element('div', { part: 'picture' });
  const price = element('p', { part: 'price' });
  const reason = element('p', { part: 'reason' });
  // The accessible name is the visible word and more: "Add" + " <title> to cart".
  const suffix = element('span', { class: 'unseen' }, ...toNodes(toSentence(ENGLISH.addSuffix, title)));
  const button = element('button', { part: 'add', type: 'button' }, ENGLISH.add, suffix);
  link.append(picture, element('p', { part: 'title', dir: 'auto' }, title));
  const card = element('li', { part: 'card', 'data-item-id': itemId }, link, price, reason, button);
  let place = { itemId, position };
  let reasonText: readonly (Node | string)[] = [];
  let imageUrl: string | undefined | null = null;

  const setFailed = (hasFailed: boolean): void => {
    card.classList.toggle('failed', hasFailed);
    reason.replaceChildren(...(hasFailed ? [ENGLISH.addFailed] : reasonText));
  };
  link.addEventListener('click', () => actions.select(place));
  onPress(button, async () => {
    setFailed(false);
    try {
      await actions.add(place, button);
      actions.announce(toSentence(ENGLISH.added, title).join(''));
    } catch {
      // The instance has reported why; the shopper needs to know that it did not work.
      setFailed(true);
      actions.announce(ENGLISH.addFailed);
    }
  });
  return {
    element: card,
    update(slateItem) {
      const { url, price: amount, currency, imageUrl: nextImage } = slateItem.item;
      place = { itemId, position: slateItem.position };
      const href = toSafeUrl(url, documentUrl());
      if (href) link.href = href;
      else link.removeAttribute('href');
      if (nextImage !== imageUrl) picture.replaceChildren(...toPicture(toSafeUrl(nextImage, documentUrl()), title));
      imageUrl = nextImage;
      price.textContent = formatPrice(amount, currency, actions.locale);
      reasonText = toNodes(toReasonSentence(ENGLISH, slateItem.reason));
      if (!card.classList.contains('failed')) setFailed(false);
    },
  };
}

/** Runs the action when the button is pressed, one at a time. */
function onPress(button: HTMLButtonElement, action: () => Promise<void>): void {
  // aria-disabled, not disabled: a disabled button would drop the keyboard's focus
  const setBusy = (isBusy: boolean): void => {
    for (const name of ['aria-busy', 'aria-disabled']) button.setAttribute(name, String(isBusy));
  };
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-busy') === 'true') return;
    setBusy(true);
    await action();
    setBusy(false);
  });
}

/** Creates an invisible cell of exactly a card's size: the space of a card that is not there yet. */
export function createGhost(): HTMLElement {
  const box = (part: string, ...children: readonly Node[]) => element('div', { part }, ...children);
  const ghost = box('card', box('link', box('picture'), box('title')), box('price'), box('reason'), box('add'));
  ghost.className = 'ghost';
  return ghost;
}

function cut(text: string): string {
  return text.length > MAX_TITLE_LENGTH ? `${text.slice(0, MAX_TITLE_LENGTH)}…` : text;
}

/** The title's first letter, and over it the picture: the letter remains where it does not load. */
function toPicture(src: string | undefined, title: string): Node[] {
  const letter = element('span', { 'aria-hidden': 'true' }, [...title][0] ?? '');
  if (!src) return [letter];
  // No alternative text: the title beside it says what it is.
  const image = element('img', { alt: '', width: PICTURE_PX, height: PICTURE_PX, loading: 'lazy', decoding: 'async', src });
  image.addEventListener('error', () => image.remove());
  return [letter, image];
}

/** The name stands in a `<bdi>`: a right-to-left title cannot turn the sentence around it. */
function toNodes([before, name, after]: Sentence): (Node | string)[] {
  return [before, element('bdi', {}, cut(name)), after];
}
