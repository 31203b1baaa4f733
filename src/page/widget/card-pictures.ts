// In: what the shop says of pictures, where that is not simply "all". Out: what shows one on a card. Page thread, as a file of its own.
import type { TillsideInstance } from '../tillside.js';
import { showKnownImage } from './show-known-image.js';
import { loadSprite } from './sprite.js';
import type { ShowPicture } from './widget-context.js';

/** By URL: every widget of a page shows tiles of the same sheet. */
const sprites = new Map<string, Promise<ShowPicture>>();

/** Creates what shows pictures; rejects where a sheet of them does not load. */
export function createPictures({ images, spriteUrl }: TillsideInstance): Promise<ShowPicture> {
  if (images !== 'sprite' || !spriteUrl) return Promise.resolve(showKnownImage);
  const sprite = sprites.get(spriteUrl) ?? loadSprite(spriteUrl);
  sprites.set(spriteUrl, sprite);
  return sprite;
}
