// Every box of a card has a height that its text cannot change, so a slate never moves what stands below it.
// Colours come from the page's own text colour: they follow its light and dark theme without asking.
const CSS_TEXT = `
:host {
  display: block;
  color: var(--tillside-color);
  background: var(--tillside-background);
  font-family: var(--tillside-font-family);
  line-height: 1.35;
}
:host([hidden]) { visibility: hidden; }
:host([hidden]:not([reserved])) { display: none; }
* { box-sizing: border-box; margin: 0; }
h2 { font-size: 1.25em; margin-block-end: var(--tillside-gap, 1rem); }
[part=grid] {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, var(--tillside-card-width, 8rem)), 1fr));
  gap: var(--tillside-gap, 1rem);
}
ul, ul + div { display: contents; }
[part=card] { display: grid; gap: .375rem; max-width: 18rem; }
div[part=card] { visibility: hidden; }
a { color: inherit; text-decoration: none; }
[href]:hover [part=title] { text-decoration: underline; }
[part=picture] {
  display: grid;
  place-items: center;
  position: relative;
  aspect-ratio: 1;
  overflow: hidden;
  border-radius: var(--tillside-radius, .5rem);
  background: #80808024;
  font-size: 2em;
}
img { position: absolute; width: 100%; height: 100%; object-fit: cover; }
[part=title], [part=reason] {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
  overflow-wrap: anywhere;
  height: 2.7em;
}
[part=title] { margin-block-start: .5rem; font-weight: 600; }
[part=price] { overflow: hidden; height: 1.35em; }
[part=reason] { font-size: .875em; }
.failed [part=reason] { font-weight: 700; }
button {
  overflow: hidden;
  height: 2.75rem;
  font: inherit;
  font-weight: 600;
  color: var(--tillside-on-primary);
  background: var(--tillside-primary);
  border: 1px solid var(--tillside-primary, currentColor);
  border-radius: var(--tillside-radius, .5rem);
  cursor: pointer;
}
.busy button { opacity: .6; }
:focus-visible { outline: 2px solid var(--tillside-focus, currentColor); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/**
 * Styles a shadow root by a constructed sheet, the only kind that `style-src 'self'` lets through. It must be of the
 * root's own document.
 */
export function adoptStyles(root: ShadowRoot): void {
  try {
    const sheet = new (root.ownerDocument.defaultView as Window & typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(CSS_TEXT);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Safari before 16.4 has no constructed sheets: the card stays unstyled and works.
  }
}
