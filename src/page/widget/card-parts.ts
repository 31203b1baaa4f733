import { element } from './element.js';

/** The elements of one card; those that a shop's own layout leaves out are in no document. */
export interface CardParts {
  readonly card: HTMLElement;
  readonly link: HTMLElement;
  readonly name: HTMLElement;
  readonly price: HTMLElement;
  readonly reason: HTMLElement;
  readonly button: HTMLElement;
  /** where the picture is */
  readonly picture: HTMLElement;
  /** shown where the picture does not load */
  readonly letter: HTMLElement;
  readonly image: HTMLImageElement;
}

/** Makes the elements of tillside's own card. */
export function createParts(tag: 'li' | 'div'): CardParts {
  const letter = element('span', { 'aria-hidden': 'true' });
  // No alternative text: the title beside it says what it is. The width is for where the styles are missing, px.
  const image = element('img', { part: 'image', alt: '', width: '320', loading: 'lazy' });
  // The styles spread the link over the card: its name is the title alone.
  const link = element('a', { part: 'link' });
  const price = element('p', { part: 'price' });
  const reason = element('p', { part: 'reason' });
  const button = element('button', { part: 'add', type: 'button' });
  const picture = element('div', { part: 'picture' }, letter);
  const title = element('p', { part: 'title', dir: 'auto' }, link);
  const card = element(tag, { part: 'card' }, picture, title, price, reason, button);
  return { card, link, name: link, price, reason, button, picture, letter, image };
}
