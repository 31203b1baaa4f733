/** The sheet of what lies over the cards: opaque, in the colours of the page's scheme. */
export const TOOL_STYLES = `
:host {
  --over: var(--tillside-surface, Canvas);
  --on-over: var(--tillside-on-surface, CanvasText);
}
:focus-visible { outline: 2px solid var(--tillside-focus, currentColor); outline-offset: 2px; }
[part=link]::after { content: ""; position: absolute; inset: 0; }
button { cursor: pointer; }
[href]:hover { text-decoration: underline; }
.failed [part=reason] { font-weight: 700; }
.busy [part=add] { opacity: .6; }
[part=dismiss], [part=why] {
  z-index: 1;
  display: grid;
  place-items: center;
  justify-self: end;
  align-self: start;
  width: 1.75rem;
  height: 1.75rem;
  padding: 0;
  font-size: 1.125rem;
  line-height: 1;
  border: 0;
  border-radius: 50%;
}
[part=promotion] {
  grid-area: picture;
  z-index: 1;
  place-self: end start;
  max-width: 100%;
  padding: .125rem .5rem;
  overflow: hidden;
  font-size: .75em;
  font-weight: 600;
  white-space: nowrap;
  text-overflow: ellipsis;
  color: var(--over);
  background: var(--on-over);
  border-radius: var(--tillside-radius, .5rem);
  pointer-events: none;
}
[part=regular-price] { font-size: .875em; }
[part=dismiss] {
  grid-area: picture;
  margin: .25rem;
  color: var(--on-over);
  background: var(--over);
}
[part=why] {
  grid-area: reason;
  width: 1.5rem;
  height: 1.5rem;
  font-size: .8125rem;
  background: none;
}
[part=why][aria-expanded=true] { grid-area: 1 / 1 / 2 / -1; z-index: 3; margin: .5rem; color: var(--on-over); }
[part=why] [aria-hidden] {
  width: 1.125rem;
  line-height: 1.0625rem;
  text-align: center;
  border: 1px solid #80808080;
  border-radius: 50%;
}
[part=details]:not([hidden]) {
  grid-area: 1 / 1 / add-start / -1;
  z-index: 2;
  position: absolute;
  inset: 0 0 auto;
  min-height: 100%;
  display: grid;
  align-content: start;
  gap: .5rem;
  padding: .75rem;
  font-size: .875em;
  color: var(--on-over);
  background: var(--over);
  border: 1px solid #80808080;
  border-radius: var(--tillside-radius, .5rem);
  box-shadow: 0 .25rem 1rem #0003;
}
[part=details] > :first-child { padding-inline-end: 1.5rem; font-weight: 600; }
dl { display: grid; grid-template-columns: 1fr auto; column-gap: .5rem; }
[part~=custom] > [part=dismiss], [part~=custom] > [part=why] { position: absolute; inset-block-start: 0; inset-inline-end: 0; }
[part~=custom] > [part=why] { inset-inline-end: 2.25rem; margin: .375rem; }
[part~=toast].shown {
  position: sticky;
  inset-block-start: .5rem;
  z-index: 3;
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: .5rem;
  height: 2.75rem;
  margin-block-end: -2.75rem;
  padding-inline: 1rem .25rem;
  font-size: .875em;
  color: var(--over);
  background: var(--on-over);
  border-radius: var(--tillside-radius, .5rem);
}
.shown span { max-height: 2.7em; overflow: hidden; overflow-wrap: anywhere; }
[part=undo] {
  flex: none;
  height: 2.25rem;
  padding-inline: .75rem;
  font-weight: 600;
  text-decoration: underline;
  background: none;
  border: 0;
}
:host([reserved]:not([data-strategy])) ul+div { visibility: visible; animation: seen 1ms .3s backwards; }
@keyframes seen { from { visibility: hidden; } }
ul+div p::before { content: ""; display: block; width: 60%; height: .8em; margin-block: .25em; border-radius: .25em; background: #80808024; }
ul+div [part=add] { width: 5rem; border-color: transparent; }
`;
