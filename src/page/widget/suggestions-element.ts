// In: slates of the page's tillside instance. Out: cards in an open shadow root; quick adds and clicks back to the instance. Runs on the page.
import type { Slate } from '../../core/domain/slate.js';
import { DEFAULT_SIZE, MAX_SIZE } from '../slate-size.js';
import { findInstance, whenInstance } from '../instance-registry.js';
import type { Tillside, TillsideInstance } from '../tillside.js';
import type { Strings } from './strings.js';
import { type RunningSuggestions, startSuggestions } from './start-suggestions.js';

// On a server there is no HTMLElement; importing the module there must not fail.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/**
 * `<tillside-suggestions placement="cart" size="4" heading="…" min-score="…">`: add-on suggestions of one placement. Hidden when
 * there is nothing good to show. Attributes it sets itself: `hidden`, `reserved` while it keeps space for a slate, and
 * `data-strategy`, the tier that made the slate.
 *
 * @tagname tillside-suggestions
 * @attr {string} [placement=cart] - where on the shop this is; it becomes the `listId` of what is added from here
 * @attr {number} [size=4] - cards wanted, 1–50
 * @attr {string} heading - default: the widget's own words
 * @attr {number} min-score - items that score less are not shown
 * @fires {Event} load - a slate is shown
 * @fires {Event} error - no slate could be made
 * @fires {CustomEvent} tillside:add - the shopper pressed "Add": answer by `detail.respondWith(promise)`; it bubbles
 * @fires {CustomEvent} tillside:remove - the shopper takes back an add: answered alike
 * @slot heading - takes the place of the heading's text
 * @slot card - a `<template>`: the shop's own layout of a card
 * @csspart section - everything
 * @csspart heading - the heading
 * @csspart grid - the cards and the space of those that are not there
 * @csspart list - the cards
 * @csspart card - one suggestion
 * @csspart link - a card's title, a link that is spread over the card
 * @csspart picture - a card's square picture, or the letter in its place
 * @csspart image - the picture itself
 * @csspart title - a card's title
 * @csspart price - a card's price
 * @csspart reason - why it is suggested
 * @csspart add - a card's button
 * @csspart promotion - what an offer says, on the picture
 * @csspart regular-price - what it costs without the offer
 * @csspart why - the button that says why
 * @csspart details - what it opens: the reason and what each signal brought
 * @csspart dismiss - the button that sends an item away
 * @csspart toast - the line that says what was done
 * @csspart undo - the button on it that takes back an add
 * @cssprop --tillside-color - text; default: the page's
 * @cssprop --tillside-background - behind the cards; default: none
 * @cssprop --tillside-font-family - default: the page's
 * @cssprop [--tillside-gap=1rem] - between cards
 * @cssprop [--tillside-card-width=8rem] - the narrowest a card gets
 * @cssprop [--tillside-radius=.5rem] - of pictures and buttons
 * @cssprop --tillside-primary - the button; default: a tint, with a border
 * @cssprop --tillside-on-primary - the button's text
 * @cssprop --tillside-surface - what lies over the cards; default: the colour scheme's
 * @cssprop --tillside-on-surface - text on it
 * @cssprop --tillside-focus - the outline of what has the keyboard's focus
 */
export class TillsideSuggestionsElement extends Base {
  /** Tells this class from another that took the name. */
  static readonly isTillside = true;
  static readonly observedAttributes = ['placement', 'size', 'heading', 'min-score'];

  #given: Tillside | undefined;
  #strings: Partial<Strings> = {};
  #running: RunningSuggestions | undefined;
  #stopWaiting: (() => void) | undefined;

  /** The instance it belongs to; default: the page's. */
  get tillside(): Tillside | undefined {
    return this.#given ?? findInstance();
  }
  set tillside(instance: Tillside | undefined) {
    this.#given = instance;
    this.#stop();
    if (this.isConnected) this.#start();
  }

  /** The slate that is shown. */
  get slate(): Slate | undefined {
    return this.#running?.slate;
  }

  /** Where on the shop this is; it becomes the `listId` of what is added from here. */
  get placement(): string {
    return this.getAttribute('placement') ?? 'cart';
  }
  set placement(value: string) {
    this.setAttribute('placement', value);
  }

  /** Cards wanted, 1–50. */
  get size(): number {
    const size = Number.parseInt(this.getAttribute('size') ?? '', 10);
    return size >= 1 ? Math.min(size, MAX_SIZE) : DEFAULT_SIZE;
  }
  set size(value: number) {
    this.setAttribute('size', String(value));
  }

  get heading(): string {
    return this.getAttribute('heading') ?? '';
  }
  set heading(value: string) {
    this.setAttribute('heading', value);
  }

  /** Items that score less are not shown; default: all are. */
  get minScore(): number {
    const score = Number.parseFloat(this.getAttribute('min-score') ?? '');
    return Number.isNaN(score) ? -Infinity : score;
  }
  set minScore(value: number) {
    this.setAttribute('min-score', String(value));
  }

  /** The shop's own words, over the language's; `docs/widget.md` lists them. */
  get strings(): Partial<Strings> {
    return this.#strings;
  }
  set strings(strings: Partial<Strings>) {
    this.#strings = strings;
    this.#running?.refresh();
  }

  connectedCallback(): void {
    // A property that a framework set before the element was defined hides the accessor.
    for (const name of ['tillside', 'strings'] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete (this as Partial<this>)[name];
      this[name] = value as never;
    }
    this.#start();
  }

  disconnectedCallback(): void {
    // A move is a removal and an insertion in one task: it costs nothing.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (before !== after) this.#running?.refresh();
  }

  #start(): void {
    if (this.#running) return;
    const given = this.tillside;
    // The script tag's callable global stands for the page's instance, and has its public methods only.
    const instance = (given && 'observe' in given ? given : findInstance()) as TillsideInstance | undefined;
    this.hidden = true;
    try {
      // A page may stop its instance and create another.
      this.#stopWaiting ??= whenInstance(() => {
        if (this.#given) return;
        this.#stop();
        this.#start();
      });
      if (instance) this.#running = startSuggestions(this, instance);
    } catch (error) {
      instance?.onFailure(error);
    }
  }

  #stop(): void {
    this.#stopWaiting?.();
    this.#running?.stop();
    this.#stopWaiting = this.#running = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tillside-suggestions': TillsideSuggestionsElement;
  }
}
