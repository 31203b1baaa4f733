// In: a title and its colours. Out: the printed pattern that the title speaks of, as an SVG pattern `#p`, or nothing.

const DRAW = {
  dots: (on) => ['26', `<circle cx="7" cy="7" r="4.5" fill="${on}"/><circle cx="20" cy="20" r="4.5" fill="${on}"/>`],
  stripes: (on) => ['18', `<path d="M0 0h8v18H0z" fill="${on}"/>`],
  gingham: (on) => ['20', `<path d="M0 0h10v20H0zM0 0h20v10H0z" fill="${on}" opacity=".5"/>`],
  floral: (on, c) => [
    '30',
    `<g fill="${on}"><circle cx="9" cy="5" r="3"/><circle cx="5" cy="9" r="3"/><circle cx="13" cy="9" r="3"/><circle cx="9" cy="13" r="3"/></g><circle cx="9" cy="9" r="2" fill="${c.k}"/><circle cx="24" cy="24" r="2.5" fill="${on}"/>`,
  ],
  hearts: (on) => ['26', `<path d="M13 20l-6-6a3.5 3.5 0 0 1 6-4a3.5 3.5 0 0 1 6 4z" fill="${on}"/>`],
  stars: (on) => ['26', `<path d="M13 5l2 6h6l-5 4l2 6l-5-4l-5 4l2-6l-5-4h6z" fill="${on}"/>`],
  check: (on) => ['28', `<path d="M0 0h14v14H0zM14 14h14v14H14z" fill="${on}" opacity=".55"/>`],
};

const PATTERN_WORDS = [
  ['dots', /RETROSPOT|POLKADOT|\bSPOT|SPOTTY|SPOTS\b/i],
  ['stripes', /STRIP|CIRCUS|UNION|FRENCH BLUE|DECKCHAIR/i],
  ['gingham', /GINGHAM|CHECK|PICNIC/i],
  ['check', /QUILT|PATCH|COUNTRY/i],
  ['hearts', /HEART|LOVE/i],
  ['stars', /STAR|SPACE|CHRISTMAS/i],
  ['floral', /FLOR|FLOWER|ROSE|DAISY|BLOSSOM|PAISLEY|BOTANICAL|GARDEN|VINTAGE|SUKI|DOILY|APPLE|PEAR|STRAWBERR/i],
];

/** @returns {{ fill: string, defs: string }} what the motif's body is filled with, and what that needs */
export function patternOf(title, colours) {
  const name = PATTERN_WORDS.find(([, words]) => words.test(title))?.[0];
  if (name === undefined) return { fill: colours.m, defs: '' };
  const on = colours.m === '#fbf5e9' ? colours.k : colours.w;
  const [size, marks] = DRAW[name](on, colours);
  const defs = `<pattern id="p" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><path d="M0 0h30v30H0z" fill="${colours.m}"/>${marks}</pattern>`;
  return { fill: 'url(#p)', defs };
}
