// Every box of a card has a height that its text cannot change, so a slate never moves what stands below it.
// Colours come from the page's own text colour: they follow its light and dark theme without asking.
const CSS_TEXT = `
:host {
  display: block;
  color: var(--tillside-color, inherit);
  background: var(--tillside-background, transparent);
  font-family: var(--tillside-font-family, inherit);
  line-height: 1.35;
}
:host([hidden]) { display: none; }
:host([hidden][reserved]) { display: block; visibility: hidden; }
* { box-sizing: border-box; margin: 0; }
[part=heading] { font-size: 1.25em; margin-block-end: var(--tillside-gap, 1rem); }
[part=grid] {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, var(--tillside-card-width, 8rem)), 1fr));
  gap: var(--tillside-gap, 1rem);
}
ul { display: contents; list-style: none; }
[part=card] { display: flex; flex-direction: column; gap: .375rem; min-inline-size: 0; max-inline-size: 18rem; }
.ghost { visibility: hidden; }
[part=link] { color: inherit; text-decoration: none; }
[href]:hover [part=title] { text-decoration: underline; }
[part=picture] {
  display: grid;
  place-items: center;
  position: relative;
  aspect-ratio: 1;
  overflow: hidden;
  border-radius: var(--tillside-radius, .5rem);
  background: rgb(128 128 128 / .14);
  font-size: 2em;
}
img { position: absolute; inline-size: 100%; block-size: 100%; object-fit: cover; }
[part=title], [part=reason] {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
  overflow-wrap: anywhere;
  block-size: 2.7em;
}
[part=title] { margin-block-start: .5rem; font-weight: 600; }
[part=price] { block-size: 1.35em; overflow: hidden; }
[part=reason] { font-size: .875em; }
.failed [part=reason] { font-weight: 700; }
[part=add] {
  font: inherit;
  font-weight: 600;
  color: var(--tillside-on-primary, inherit);
  background: var(--tillside-primary, transparent);
  border: 1px solid var(--tillside-primary, currentColor);
  border-radius: var(--tillside-radius, .5rem);
  block-size: 2.75rem;
  overflow: hidden;
  cursor: pointer;
}
[aria-busy=true] { opacity: .6; }
:focus-visible { outline: 2px solid var(--tillside-focus, currentColor); outline-offset: 2px; }
.unseen { position: absolute; inline-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** The sheet of a document, made once. */
const sheets = new WeakMap<Document, CSSStyleSheet>();

/**
 * Styles a shadow root by a constructed sheet, the only kind that `style-src 'self'` lets through. Where there are none
 * the card stays unstyled and works.
 */
export function adoptStyles(root: ShadowRoot): void {
  const home = root.ownerDocument;
  const Sheet = home.defaultView?.CSSStyleSheet;
  if (!Sheet || !('adoptedStyleSheets' in root) || !('replaceSync' in Sheet.prototype)) return;
  let sheet = sheets.get(home);
  if (!sheet) {
    sheet = new Sheet();
    sheet.replaceSync(CSS_TEXT);
    sheets.set(home, sheet);
  }
  root.adoptedStyleSheets = [sheet];
}
