import type { CardParts } from './card-parts.js';

/** Shows a picture of the catalogue's. The letter remains where it does not load; an empty address is an error too. */
export function showImage({ image, letter }: CardParts, src = ''): void {
  image.onerror = () => image.remove();
  if (image.src !== src) letter.after(Object.assign(image, { src }));
}
