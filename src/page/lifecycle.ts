import { TillsideError } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';
import type { ConsentAnswer, ConsentState } from './consent/consent-state.js';
import { eraseDevice, tellWithdrawn } from './consent/erase-device.js';
import { type ConsentWatch, watchConsent } from './consent/watch-consent.js';
import type { Loop } from './running-loop.js';
import { reportError } from './report-error.js';

export interface LifecycleOptions {
  /** `auto`: what the consent platforms on the page say */
  readonly consent: ConsentState | 'auto';
  /** `strict`: Global Privacy Control and Do Not Track deny */
  readonly gpc?: 'strict' | undefined;
  /** Loads what starts the loop. `onWithdrawn` is to be called when the shopper withdrew consent in another tab. */
  readonly loadLoop: () => Promise<(onWithdrawn: () => void) => Loop>;
  readonly onConsent: (state: ConsentState) => void;
  readonly onError: OnError;
}

/** When the loop runs: from consent, at once if it is given already, until its withdrawal, which erases, or the stop. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #watch: ConsentWatch | undefined;
  #state: ConsentState = 'pending';
  /** with consent only; empty when consent was taken back before it came */
  #loop: Promise<Loop | undefined> | undefined;
  #running: Loop | undefined;
  #erasing: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: LifecycleOptions) {
    this.#options = options;
    const { consent } = options;
    if (consent === 'auto') this.#watch = watchConsent({ window, ...options }, (state) => this.#take(state));
    else this.#take(consent);
  }

  /** `pending` again once stopped */
  get consentState(): ConsentState {
    return this.#isStopped ? 'pending' : this.#state;
  }

  /** the loop, once it runs */
  get running(): Loop | undefined {
    return this.#running;
  }

  /** Takes the shopper's answer, one among those of the consent platforms where they are asked. */
  answer(answer: ConsentAnswer): void {
    if (this.#watch) this.#watch.answer(answer);
    else this.#take(answer);
  }

  /** Acts on the loop, at once or when it has come; without consent never. What it throws is reported. */
  run(action: (loop: Loop) => void): void {
    const act = (loop: Loop | undefined): void => {
      try {
        if (loop) action(loop);
      } catch (error) {
        this.#report(error);
      }
    };
    if (this.#running) act(this.#running);
    else this.#loop?.then(act, () => {}); // reported where it was loaded
  }

  /** @throws {TillsideError} `consent-required` or `stopped`; `page-failed` if it does not load */
  async needLoop(): Promise<Loop> {
    const loop = await this.#loop;
    if (loop) return loop;
    if (this.#isStopped) throw new TillsideError('stopped', 'tillside was stopped here. Call createTillside again.');
    throw new TillsideError('consent-required', `Consent is ${this.#state}. Call tillside.consent("granted") first.`);
  }

  /** Ends the loop and starts another, where there is consent. */
  restart(): void {
    this.#begin(
      this.#takeLoop()
        .then((loop) => loop?.stop())
        .catch(this.#report),
    );
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#watch?.stop();
    const loop = this.#takeLoop();
    this.#options.onConsent('pending');
    await (await loop)?.stop();
    await this.#erasing;
  }

  /** The state there is already changes nothing. A denial is told to the other tabs, unless it comes from them. */
  #take(state: ConsentState, isFromHere = true): void {
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'denied') {
      if (isFromHere) tellWithdrawn();
      this.#erasing ??= this.#erase();
    } else if (state === 'granted') this.#begin();
    else
      this.#takeLoop()
        .then((loop) => loop?.stop())
        .catch(this.#report);
    this.#options.onConsent(state);
  }

  /** @param ended the loop before it, on its way out */
  #begin(ended?: Promise<void>): void {
    if (this.#state !== 'granted' || this.#loop || this.#erasing || this.#isStopped) return;
    const loop = this.#open(() => this.#loop === loop, ended);
    loop.catch(this.#report);
    this.#loop = loop;
  }

  async #open(isWanted: () => boolean, ended?: Promise<void>): Promise<Loop | undefined> {
    try {
      await ended;
      const start = await this.#options.loadLoop();
      if (isWanted()) this.#running = start(() => this.#take('denied', false));
    } catch (error) {
      throw new TillsideError(
        'page-failed',
        `loop.js does not run: ${error}. Serve the files of one release side by side.`,
        error,
      );
    }
    return this.#running;
  }

  async #erase(): Promise<void> {
    const loop = await this.#takeLoop();
    await loop?.erase().catch(this.#report);
    await eraseDevice();
    this.#erasing = undefined;
    this.#begin(); // granted again meanwhile
  }

  /** The loop for its end; a load under way comes to nothing. */
  async #takeLoop(): Promise<Loop | undefined> {
    const loop = this.#loop;
    this.#loop = this.#running = undefined;
    return loop?.catch(() => undefined);
  }

  readonly #report = (error: unknown): void => reportError(this.#options.onError, error);
}
