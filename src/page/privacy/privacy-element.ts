// In: the page's tillside instance. Out: what is kept, proof and the shopper's rights, in an open shadow root. Runs on the page.
import { findInstance, whenInstance } from '../instance-registry.js';
import { reportError } from '../report-error.js';
import type { Tillside, TillsideInstance } from '../tillside.js';
import { type RunningPrivacy, startPrivacy } from './start-privacy.js';

// On a server there is no HTMLElement; importing the module there must not fail.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/**
 * `<tillside-privacy heading="…">`: what this device knows of the shopper in plain words, with export, erasure, an off switch and the receipt of
 * every request. Without consent it says that nothing is kept, and offers to allow.
 *
 * @tagname tillside-privacy
 * @attr {string} heading - default: the element's own words
 * @csspart section - everything
 * @csspart heading - the heading
 * @csspart switch - the off switch
 * @csspart status - the line that says what was done
 * @csspart panel - each of the boxes: what is offered, the notes, the receipt
 * @csspart fact - a number, and what it counts
 * @csspart item - a line of a list of what was viewed, added or bought
 * @csspart note - small print
 * @csspart allow - the button that allows notes
 * @csspart download - the button that exports
 * @csspart erase - the button that erases, after a question
 * @csspart figure - the bytes of behaviour that were sent
 * @csspart requests - the table of every request
 * @csspart channel - who else may learn of a visit
 * @cssprop --tillside-color - text; default: the page's
 * @cssprop --tillside-background - behind everything; default: none
 * @cssprop --tillside-font-family - default: the page's
 * @cssprop [--tillside-gap=1rem] - between boxes
 * @cssprop [--tillside-radius=.75rem] - of boxes and buttons
 * @cssprop --tillside-primary - the switch and the main button
 * @cssprop --tillside-on-primary - their text
 * @cssprop --tillside-focus - the outline of what has the keyboard's focus
 */
export class TillsidePrivacyElement extends Base {
  /** Tells this class from another that took the name. */
  static readonly isTillside = true;
  static readonly observedAttributes = ['heading'];

  #given: Tillside | undefined;
  #running: RunningPrivacy | undefined;
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

  get heading(): string {
    return this.getAttribute('heading') ?? '';
  }
  set heading(value: string) {
    this.setAttribute('heading', value);
  }

  connectedCallback(): void {
    // A property that a framework set before the element was defined hides the accessor.
    if (Object.hasOwn(this, 'tillside')) {
      const instance = this.tillside;
      Reflect.deleteProperty(this, 'tillside');
      this.#given = instance;
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
    try {
      // A page may stop its instance and create another.
      this.#stopWaiting ??= whenInstance(() => {
        if (this.#given) return;
        this.#stop();
        this.#start();
      });
      if (instance) this.#running = startPrivacy(this, instance);
    } catch (error) {
      if (instance) reportError(instance.onError, error, 'widget-failed');
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
    'tillside-privacy': TillsidePrivacyElement;
  }
}
