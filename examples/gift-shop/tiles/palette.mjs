// In: a title. Out: the colours of its tile: the colour that the title names, else one chosen by its hash.

/** `bg` ground, `soft` backdrop, `m` main, `d` dark, `l` light, `k` accent, `w` paper */
const PALETTES = {
  red: { bg: '#f6e4da', soft: '#efd0c0', m: '#c64a3c', d: '#8a2d28', l: '#f0a892', k: '#e9b949', w: '#fffaf2' },
  pink: { bg: '#f9e7e4', soft: '#f2d1d2', m: '#dc7f93', d: '#9f4762', l: '#f6c6cd', k: '#7f9f7b', w: '#fffaf6' },
  blue: { bg: '#e2eaee', soft: '#c9d9e1', m: '#4c7fa6', d: '#294f70', l: '#aecbdd', k: '#e3a857', w: '#fbfcfa' },
  green: { bg: '#e8ecdc', soft: '#d3ddc0', m: '#6f9160', d: '#41603f', l: '#b9cfa6', k: '#d98a62', w: '#fdfcf3' },
  gold: { bg: '#f6ecd3', soft: '#eeddb2', m: '#d9a03a', d: '#94661c', l: '#f1cf84', k: '#5d8a86', w: '#fffbef' },
  purple: { bg: '#ebe4ee', soft: '#dacee0', m: '#8b6aa3', d: '#573d70', l: '#c9b3d6', k: '#d9a65b', w: '#fcf9fb' },
  cream: { bg: '#dfd3c1', soft: '#cfc0a9', m: '#fbf5e9', d: '#8f7a5e', l: '#fffdf8', k: '#b5654a', w: '#fffdf8' },
  black: { bg: '#e6e1da', soft: '#d2cbc1', m: '#3d3b3f', d: '#1f1d21', l: '#8b868c', k: '#c9574a', w: '#fbf8f3' },
  brown: { bg: '#efe3d5', soft: '#e0ccb5', m: '#9a6b47', d: '#5f3d25', l: '#d3ac87', k: '#6f9487', w: '#fdf8f0' },
  grey: { bg: '#e3e6e4', soft: '#cfd4d2', m: '#8e9b9d', d: '#55626a', l: '#c9d1d1', k: '#c98369', w: '#fbfcfb' },
  teal: { bg: '#dfebe6', soft: '#c5dcd4', m: '#4f9a93', d: '#2b635f', l: '#a9d2c9', k: '#e08e6d', w: '#fafdfa' },
  coral: { bg: '#f8e6d9', soft: '#f2d1bd', m: '#e08a63', d: '#9d5334', l: '#f5c3a5', k: '#4f8a8b', w: '#fffaf4' },
};

const COLOUR_WORDS = [
  ['red', /\b(RED|RUBY|CHERRY|STRAWBERRY|POPPY|POPPIES|ROBIN|SANTA)\b/i],
  ['pink', /\b(PINK|ROSE|ROSES|FUSCHIA|RASPBERRY|BLOSSOM|SWEETHEART|DOLLY)\b/i],
  ['teal', /\b(TURQ\w*|TEAL|MINT|JADE|NILE|AQUA)\b/i],
  ['blue', /\b(BLUE|NAVY|SPACEBOY|MIDNIGHT|OCEAN|MONTANA)\b/i],
  ['green', /\b(GREEN|OLIVE|PISTACHIO|LIME|HERB|GARDEN|IVY|HOLLY|PEARS?|CHRISTMAS|WOODLAND|BOTANICAL)\b/i],
  ['gold', /\b(GOLD|YELLOW|AMBER|HONEY\w*|CHICK|CHICKS|EASTER|SUN\w*|VANILLA|LEMON)\b/i],
  ['purple', /\b(PURPLE|LILAC|LAVENDER|AMETHYST|VIOLET|MAUVE)\b/i],
  ['coral', /\b(ORANGE|PEACH|CORAL|CIRCUS)\b/i],
  ['cream', /\b(WHITE|IVORY|CREAM|LACE|DOILY|PEARL|FRENCH)\b/i],
  ['black', /\b(BLACK|SKULLS?|JET|SLATE|CHALKBOARD)\b/i],
  ['brown', /\b(BROWN|CHOC\w*|COPPER|WOOD|WOODEN|WICKER|COFFEE|RUSTIC|NATURAL|BRONZE)\b/i],
  ['grey', /\b(SILVER|ZINC|METAL|GLASS|GREY|ANTIQUE|CRYSTAL|DIAMANTE|CLEAR|TIN)\b/i],
];

const WITHOUT_COLOUR = ['coral', 'teal', 'gold', 'blue', 'green', 'pink', 'purple', 'red'];

/** @param {string} title @param {number} hash */
export function paletteOf(title, hash) {
  const named = COLOUR_WORDS.find(([, pattern]) => pattern.test(title))?.[0];
  return PALETTES[named ?? WITHOUT_COLOUR[hash % WITHOUT_COLOUR.length]];
}
