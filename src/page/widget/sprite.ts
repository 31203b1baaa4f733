import { TillsideError } from '../../core/errors.js';
import { isObject } from '../check-value.js';
import { spriteTilesUrl } from '../sprite-tiles-url.js';
import type { ShowPicture } from './widget-context.js';

/** Where a picture lies on the sheet, px of the sheet. */
type Tile = readonly [x: number, y: number, width: number, height: number];

/**
 * Loads a sheet of pictures and what lies where on it: two requests a page, the same for every shopper. A card then shows its part of the sheet, and no
 * request tells which; an item that is not on it keeps its letter.
 *
 * @param url absolute
 * @throws {TillsideError} `widget-failed` if either does not load
 */
export async function loadSprite(url: string): Promise<ShowPicture> {
  const [tiles, sheet] = await Promise.all([loadTiles(spriteTilesUrl(url)), loadSheet(url)]);
  const { src, naturalWidth, naturalHeight } = sheet;
  return ({ picture, image, letter }, { itemId }) => {
    const tile = tiles.get(itemId);
    if (!tile || image === picture) return;
    const [x, y, width, height] = tile;
    const toPercent = (px: number, of: number): string => `${(px / of) * 100}%`;
    // Styled by script, which a strict CSP lets through. As an image and no background: of those a document asks for each address once.
    Object.assign(picture.style, { position: 'relative', overflow: 'hidden' });
    Object.assign(image.style, {
      position: 'absolute',
      width: toPercent(naturalWidth, width),
      height: toPercent(naturalHeight, height),
      maxWidth: 'none',
      objectFit: 'fill',
      left: toPercent(-x, width),
      top: toPercent(-y, height),
    });
    if (image.src !== src) Object.assign(image, { alt: '', loading: 'eager', src });
    picture.append(image);
    letter.textContent = '';
  };
}

async function loadTiles(url: string): Promise<Map<string, Tile>> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    const tiles: unknown = await response.json();
    if (isObject(tiles)) return new Map(Object.entries(tiles).filter((entry): entry is [string, Tile] => isTile(entry[1])));
    throw new Error('no object');
  } catch (error) {
    throw new TillsideError(
      'widget-failed',
      `${url} is not to be had: ${error}. Write { "<item_id>": [x, y, width, height] }.`,
      error,
    );
  }
}

async function loadSheet(url: string): Promise<HTMLImageElement> {
  const sheet = new Image();
  sheet.src = url;
  try {
    await sheet.decode();
    return sheet;
  } catch (error) {
    throw new TillsideError('widget-failed', `The sheet of pictures ${url} does not load: ${error}. Mend spriteUrl.`, error);
  }
}

function isTile(value: unknown): value is Tile {
  return Array.isArray(value) && value.length === 4 && value.every((px, at) => Number.isFinite(px) && px >= (at < 2 ? 0 : 1));
}
