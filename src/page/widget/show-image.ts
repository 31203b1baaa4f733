import type { ItemFacts } from '../../core/domain/item.js';
import { documentUrl } from '../document-url.js';
import { toSafeUrl } from '../safe-url.js';
import type { CardParts } from './card-parts.js';

/** Shows a picture of the catalogue's. The letter remains where it does not load; an empty address is an error too. */
export function showImage({ image, letter }: CardParts, { imageUrl }: ItemFacts): void {
  const src = toSafeUrl(imageUrl, documentUrl()) ?? '';
  image.onerror = () => image.remove();
  if (image.src !== src) letter.after(Object.assign(image, { src }));
}
