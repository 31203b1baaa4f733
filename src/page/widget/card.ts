import type { ItemFacts } from '../../core/domain/item.js';
import type { SlateItem } from '../../core/domain/slate.js';
import { formatPrice } from './format-price.js';
import { toSafeUrl } from './safe-url.js';
import type { Sentence, Strings } from './strings.js';
import { toReasonSentence, toSentence } from './strings.js';

/** Longest title a card shows, characters; the rest could not be read there anyway. */
const MAX_TITLE_LENGTH = 200;
/** Intrinsic size of a picture before it loads, px; the tile itself is square at any width. */
const PICTURE_PX = 320;

export interface CardSettings {
  readonly strings: Strings;
  /** BCP 47 */
  readonly locale: string | undefined;
  /** what relative URLs are relative to */
  readonly baseUrl: string;
}

/** One suggestion in the list. It lives as long as its item stays on the slate. */
export interface Card {
  readonly element: HTMLLIElement;
  readonly button: HTMLButtonElement;
  readonly link: HTMLAnchorElement;
  readonly title: string;
  /** 1-based place on the slate */
  readonly position: number;
  readonly isBusy: boolean;
  /** Shows the item as the newest slate has it; a failed add stays readable. */
  update(slateItem: SlateItem): void;
  setBusy(busy: boolean): void;
  /** Says in the reason's place that the item could not be added. */
  showFailure(): void;
}

/** Creates the card of an item. All text goes in as text: nothing from a catalogue is ever parsed as markup. */
export function createCard(slateItem: SlateItem, settings: CardSettings): Card {
  const { strings, baseUrl, locale } = settings;
  const title = titleOf(slateItem.item);
  const { element, link, picture, price, reason, button } = createParts(slateItem.item.itemId, title, strings);
  let shown = slateItem;
  let shownImage: string | undefined;
  let hasFailed = false;
  const card: Card = {
    element,
    button,
    link,
    title,
    get position() {
      return shown.position;
    },
    get isBusy() {
      return button.getAttribute('aria-busy') === 'true';
    },
    update(next) {
      shown = next;
      setHref(link, toSafeUrl(next.item.url, baseUrl));
      const imageUrl = toSafeUrl(next.item.imageUrl, baseUrl);
      if (imageUrl !== shownImage || !picture.hasChildNodes()) showPicture(picture, imageUrl, title);
      shownImage = imageUrl;
      setText(price, formatPrice(next.item.price, next.item.currency, locale));
      if (!hasFailed) writeSentence(reason, toReasonSentence(strings, next.reason));
    },
    setBusy(busy) {
      // aria-disabled, not disabled: a disabled button would drop the keyboard's focus
      for (const name of ['aria-busy', 'aria-disabled']) button.setAttribute(name, String(busy));
      if (busy) setFailed(false);
    },
    showFailure: () => setFailed(true),
  };
  function setFailed(failed: boolean): void {
    hasFailed = failed;
    element.classList.toggle('failed', failed);
    if (failed) setText(reason, strings.addFailed);
    else card.update(shown);
  }
  card.update(slateItem);
  return card;
}

function createParts(itemId: string, title: string, strings: Strings) {
  const element = part('li', 'card');
  const link = part('a', 'link');
  const picture = part('div', 'picture');
  const titleLine = part('p', 'title');
  const price = part('p', 'price');
  const reason = part('p', 'reason');
  const button = part('button', 'add');
  element.dataset['itemId'] = itemId;
  titleLine.dir = 'auto';
  titleLine.textContent = title;
  button.type = 'button';
  writeName(button, strings, title);
  link.append(picture, titleLine);
  element.append(link, price, reason, button);
  return { element, link, picture, price, reason, button };
}

/** Creates an invisible cell of exactly a card's size: the space of a card that is not there yet. */
export function createGhost(): HTMLElement {
  const ghost = part('div', 'card');
  ghost.removeAttribute('part');
  ghost.className = 'card ghost';
  ghost.setAttribute('aria-hidden', 'true');
  const link = box('link');
  link.append(box('picture'), box('title'));
  ghost.append(link, box('price'), box('reason'), box('add'));
  return ghost;
}

function titleOf(item: ItemFacts): string {
  const title = (item.title ?? '').trim() || item.itemId;
  return title.length > MAX_TITLE_LENGTH ? `${title.slice(0, MAX_TITLE_LENGTH)}…` : title;
}

function part<K extends keyof HTMLElementTagNameMap>(tag: K, name: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = name;
  element.setAttribute('part', name);
  return element;
}

function box(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function setHref(link: HTMLAnchorElement, url: string | undefined): void {
  if (!url) link.removeAttribute('href');
  else if (link.href !== url) link.href = url;
}

/** Shows the picture over a tile with the title's first letter, which is what remains when it does not load. */
function showPicture(picture: HTMLElement, url: string | undefined, title: string): void {
  const letter = document.createElement('span');
  letter.setAttribute('aria-hidden', 'true');
  letter.textContent = [...title][0] ?? '';
  picture.replaceChildren(letter);
  if (!url) return;
  const image = document.createElement('img');
  image.alt = ''; // the title beside it says what it is
  image.width = image.height = PICTURE_PX;
  image.loading = 'lazy';
  image.decoding = 'async';
  image.addEventListener('error', () => image.remove(), { once: true });
  image.src = url;
  picture.append(image);
}

/** The accessible name is the visible word and more: "Add" + " <title> to cart". */
function writeName(button: HTMLButtonElement, strings: Strings, title: string): void {
  const suffix = document.createElement('span');
  suffix.className = 'unseen';
  writeSentence(suffix, toSentence(strings.addSuffix, title));
  button.append(strings.add, suffix);
}

/** The name stands in a `<bdi>`: a right-to-left title cannot turn the sentence around it. */
function writeSentence(element: HTMLElement, { before, name, after }: Sentence): void {
  if (element.textContent === before + name + after) return;
  const nameElement = document.createElement('bdi');
  nameElement.textContent = name.slice(0, MAX_TITLE_LENGTH);
  element.replaceChildren(...[before, name && nameElement, after].filter((child) => child !== ''));
}
