// In: a product. Out: its picture, a small SVG made from the words of its title. Build time, any JavaScript.
import { hashOf } from '../catalog/hash.mjs';
import { motifOf } from './motif-of.mjs';
import { paletteOf } from './palette.mjs';
import { patternOf } from './pattern.mjs';

const BACKDROPS = [
  (fill) => `<circle cx="100" cy="96" r="78" fill="${fill}"/>`,
  (fill) => `<path d="M30 200V104a70 70 0 0 1 140 0v96z" fill="${fill}"/>`,
  (fill) => `<path d="M0 132q50-34 100-8t100-14v90H0z" fill="${fill}"/>`,
  (fill) => `<circle cx="150" cy="56" r="74" fill="${fill}"/><circle cx="30" cy="176" r="46" fill="${fill}"/>`,
  (fill) => `<path d="M0 150h200v50H0z" fill="${fill}"/>`,
];

/**
 * Draws the tile of a product: its motif, its colour and its printed pattern as the title names them.
 *
 * @param {{ itemId: string, dataTitle: string }} product
 * @returns {string} SVG, at most 1.5 KB
 */
export function drawTile({ itemId, dataTitle }) {
  const hash = hashOf(itemId);
  const colours = paletteOf(dataTitle, hash);
  const { fill, defs } = patternOf(dataTitle, colours);
  const backdrop = BACKDROPS[(hash >>> 8) % BACKDROPS.length](colours.soft);
  const motif = motifOf(dataTitle)({ ...colours, f: fill });
  const shadow = `<ellipse cx="100" cy="163" rx="56" ry="7" fill="${colours.d}" opacity=".16"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 200 200">${defs}<path d="M0 0h200v200H0z" fill="${colours.bg}"/>${backdrop}${shadow}${placed(motif, dataTitle)}</svg>`;
}

// a small one and a large one of the same thing are seen as such side by side
function placed(motif, title) {
  const scale = /\b(SMALL|MINI)\b/i.test(title) ? 0.78 : /\b(LARGE|JUMBO|BIG|GIANT)\b/i.test(title) ? 1.08 : 0.94;
  const shift = (1 - scale) * 100;
  return `<g transform="translate(${shift.toFixed(1)} ${((1 - scale) * 160).toFixed(1)}) scale(${scale})">${motif}</g>`;
}
