// Every box of a card has a height that its text cannot change, so a slate never moves what stands below it. Nothing moves by itself.
// Colours come from the page's own text colour: they follow its light and dark theme without asking. What lies over a card is opaque.
/** The sheet of the cards. */
export const CARD_STYLES = `
:host {
  display: block;
  container-type: inline-size;
  min-width: min(100%, 17.5rem);
  color: var(--tillside-color);
  background: var(--tillside-background);
  font-family: var(--tillside-font-family);
  line-height: 1.35;
}
:host([reserved]) { visibility: hidden; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; }
section { position: relative; }
h2 { font-size: 1.25em; margin-block-end: var(--tillside-gap, 1rem); }
[part=grid] { display: grid; gap: var(--tillside-gap, 1rem); }
ul, ul+div { display: contents; }
ul+div { visibility: hidden; }
[part~=card] { position: relative; }
[part=card] {
  display: grid;
  grid-template: "picture title" "picture reason" 1fr "price add" / 6em 1fr;
  gap: .25rem 1rem;
}
a { color: inherit; text-decoration: none; }
[part=picture] {
  grid-area: picture;
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
  max-height: 2.7em;
}
[part=title] { grid-area: title; font-weight: 600; }
[part=price] { grid-area: price / 1 / auto / -1; align-self: center; overflow: hidden; height: 1.35em; }
[part=reason] { grid-area: reason; padding-inline-end: 1.75rem; font-size: .9em; }
button { font: inherit; color: inherit; }
[part=add] {
  grid-area: add;
  justify-self: end;
  position: relative;
  max-width: 100%;
  overflow: hidden;
  height: 2.75rem;
  padding-inline: 1.25em;
  font-weight: 600;
  color: var(--tillside-on-primary);
  background: var(--tillside-primary, #80808024);
  border: 1px solid var(--tillside-primary, #80808080);
  border-radius: var(--tillside-radius, .5rem);
}
.unseen { position: absolute; width: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container (min-width: 35rem) {
  :host(:not([placement=drawer])) [part=grid] {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, var(--tillside-card-width, 8rem)), 1fr));
  }
  :host(:not([placement=drawer])) [part=card] {
    grid-template: "picture" "title" 2.7em "price" "reason" 2.7em "add" / 1fr;
    gap: .5rem;
    max-width: 18rem;
  }
  :host(:not([placement=drawer])) [part=add] { width: 100%; }
}
`;
