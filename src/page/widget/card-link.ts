import type { ItemFacts } from '../../core/domain/item.js';
import { documentUrl } from '../document-url.js';
import { toSafeUrl } from '../safe-url.js';
import { element } from './element.js';

/** Intrinsic size of a picture before it loads, px; the tile itself is square at any width. */
const PICTURE_PX = '320';

/** The part of a card that leads to the item's page. */
export interface CardLink {
  readonly element: HTMLElement;
  update(item: ItemFacts, title: string): void;
}

/** Creates a link of a picture and a title. Where the picture does not load the title's first letter stands. */
export function createCardLink(): CardLink {
  const letter = element('span', { 'aria-hidden': 'true' });
  // No alternative text: the title beside it says what it is.
  const image = element('img', { alt: '', width: PICTURE_PX, height: PICTURE_PX, loading: 'lazy', decoding: 'async' });
  const picture = element('div', { part: 'picture' }, letter);
  const text = element('p', { part: 'title', dir: 'auto' });
  const link = element('a', { part: 'link' }, picture, text);
  // An empty address is an error too.
  image.onerror = () => image.remove();
  return {
    element: link,
    update({ url, imageUrl }, title) {
      const href = toSafeUrl(url, documentUrl());
      const src = toSafeUrl(imageUrl, documentUrl()) ?? '';
      if (href) link.href = href;
      else link.removeAttribute('href');
      if (image.src !== src) {
        image.src = src;
        picture.append(image);
      }
      letter.textContent = [...title][0] ?? '';
      text.textContent = title;
    },
  };
}
