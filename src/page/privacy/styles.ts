// Colours come from the page's own text colour: they follow its light and dark theme without asking.
const CSS_TEXT = `
:host {
  display: block;
  container-type: inline-size;
  color: var(--tillside-color);
  background: var(--tillside-background);
  font-family: var(--tillside-font-family);
  line-height: 1.5;
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
[part=section] { display: grid; gap: calc(1.5 * var(--tillside-gap, 1rem)); max-width: 48rem; }
h2 { font-size: 1.375em; line-height: 1.25; text-wrap: balance; }
h3 { font-size: 1.0625em; line-height: 1.3; }
h4 { font-size: .875em; font-weight: 600; }
[part=header] { display: grid; gap: .75rem; }
[part=panel] {
  display: grid;
  gap: var(--tillside-gap, 1rem);
  padding: 1.25rem;
  border: 1px solid #80808059;
  border-radius: var(--tillside-radius, .75rem);
}
[part=intro], [part=note] { max-width: 40rem; text-wrap: pretty; }
[part=note] { font-size: .875em; }
[part=row] { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; }
[part=switch] {
  display: inline-flex;
  align-items: center;
  gap: .75rem;
  min-height: 2.75rem;
  padding: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  font-weight: 600;
  text-align: start;
  cursor: pointer;
}
[part=track] {
  flex: none;
  width: 3rem;
  height: 1.75rem;
  padding: .1875rem;
  border: 2px solid currentColor;
  border-radius: 1rem;
  transition: background-color .15s;
}
[part=track]::before {
  content: '';
  display: block;
  width: 1.125rem;
  height: 1.125rem;
  border-radius: 50%;
  background: currentColor;
  transition: margin .15s;
}
[aria-checked=true] [part=track] { color: var(--tillside-primary, #1a7f4b); background: currentColor; border-color: currentColor; }
[aria-checked=true] [part=track]::before { margin-inline-start: 1.25rem; background: var(--tillside-on-primary, #fff); }
[part=state] { font-weight: 400; }
[part=facts] { display: grid; grid-template-columns: repeat(2, 1fr); gap: .75rem; }
[part=fact] {
  display: flex;
  flex-direction: column-reverse;
  justify-content: flex-end;
  padding: .75rem;
  border-radius: calc(var(--tillside-radius, .75rem) * .75);
  background: #8080801f;
}
dt { font-size: .875em; }
dd { margin: 0; font-size: 1.5em; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
[part=kept], [part=lists] { display: grid; gap: 1.25rem; }
[part=receipt] { display: grid; gap: .5rem; }
[part=details] { margin-block-end: .75rem; }
ol, ul { margin: 0; padding: 0; list-style: none; }
[part=list] { display: grid; }
[part=item] {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: .125rem .75rem;
  padding-block: .5rem;
  border-block-start: 1px solid #8080804d;
}
[part=list] { margin-block-start: .5rem; }
[part=name] { overflow-wrap: anywhere; justify-self: start; }
[part=detail] { grid-column: 1 / -1; font-size: .875em; }
button {
  min-height: 2.75rem;
  padding: .5rem 1rem;
  font: inherit;
  font-weight: 600;
  border: 1px solid var(--tillside-primary, currentColor);
  border-radius: var(--tillside-radius, .5rem);
  color: inherit;
  background: transparent;
  cursor: pointer;
}
[part~=allow] { justify-self: start; }
[part~=primary] { color: var(--tillside-on-primary); background: var(--tillside-primary, #8080803d); }
[part=question] { font-weight: 600; }
[part=status] { grid-column: 1 / -1; padding: .75rem 1rem; border-inline-start: 4px solid var(--tillside-primary, #1a7f4b); background: #8080801f; }
[part=status]:empty { margin-block-start: -.75rem; padding: 0; border: 0; background: none; }
[part=sent] { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .75rem; }
[part=figure] { font-size: 2em; font-weight: 700; line-height: 1.1; white-space: nowrap; }
summary { min-height: 2.75rem; padding-block: .625rem; cursor: pointer; }
[part=scroll] { overflow-x: auto; max-height: 24rem; }
table { width: 100%; border-collapse: collapse; font-size: .875em; }
th, td { padding-block: .375rem; padding-inline: 0 .75rem; text-align: start; vertical-align: top; border-block-end: 1px solid #8080804d; }
th { font-weight: 600; }
td:first-child { overflow-wrap: anywhere; min-width: 8rem; }
td:nth-child(n + 3), th:nth-child(n + 3) { white-space: nowrap; text-align: end; font-variant-numeric: tabular-nums; }
[part=channel] { display: grid; grid-template-columns: 1.5rem 1fr; padding-block: .5rem; font-size: .875em; }
[part=channel]::before { content: '○'; }
[part=channel].on::before { content: '●'; }
:focus-visible { outline: 2px solid var(--tillside-focus, currentColor); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container (min-width: 34rem) {
  [part=facts] { grid-template-columns: repeat(4, 1fr); }
  [part=header] { grid-template-columns: 1fr auto; align-items: center; }
  [part=intro] { grid-column: 1 / -1; }
  [part=panel] { padding: 1.5rem; }
}
@container (min-width: 44rem) {
  [part=lists] { grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) { [part=track]::before { background: ButtonText; } }
`;

/**
 * Styles a shadow root by a constructed sheet, the only kind that `style-src 'self'` lets through. It must be of the root's own document.
 */
export function adoptStyles(root: ShadowRoot): void {
  try {
    const sheet = new (root.ownerDocument.defaultView as Window & typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(CSS_TEXT);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Safari before 16.4 has no constructed sheets: it stays unstyled and works.
  }
}
