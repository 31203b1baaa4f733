import { TillsideError } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';
import type { ConsentAnswer, ConsentState } from './consent/consent-state.js';
import { eraseDevice, tellWithdrawn } from './consent/erase-device.js';
import { type ConsentWatch, watchConsent } from './consent/watch-consent.js';
import type { HeldLoop, Loop } from './running-loop.js';
import { reportError } from './report-error.js';

export interface LifecycleOptions {
  /** `auto`: what the consent platforms on the page say */
  readonly consent: ConsentState | 'auto';
  /** `memory`: capture is held while consent is pending */
  readonly beforeConsent?: 'memory' | undefined;
  /** `strict`: Global Privacy Control and Do Not Track deny */
  readonly gpc?: 'strict' | undefined;
  /** Loads what starts capture. `onWithdrawn` is to be called when the shopper withdrew consent in another tab. */
  readonly loadLoop: (onWithdrawn: () => void) => Promise<() => HeldLoop>;
  /** called when a loop has begun */
  readonly onBegin: (loop: Loop) => void;
  /** called when the arm of a holdout test was erased with the rest */
  readonly onArm: () => void;
  readonly onConsent: (state: ConsentState) => void;
  readonly onError: OnError;
}

/** When the loop runs: from consent, at once if it is given already, until its withdrawal, which erases, or the stop. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  readonly #watch: ConsentWatch | undefined;
  #state: ConsentState = 'pending';
  /** before consent only, where the shop wants that; empty when it was given up before it came */
  #held: Promise<HeldLoop | undefined> | undefined;
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
    this.#hold();
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

  /** Acts on what captures, at once or when it has come; without consent there is none, unless it is held. What it throws is reported. */
  run(action: (loop: Pick<Loop, 'capture'>) => void): void {
    const act = (loop: Pick<Loop, 'capture'> | undefined): void => {
      try {
        if (loop) action(loop);
      } catch (error) {
        this.#report(error);
      }
    };
    if (this.#running) act(this.#running);
    else (this.#loop ?? this.#held)?.then(act, () => {}); // reported where it was loaded
  }

  /** @throws {TillsideError} `consent-required` or `stopped`; `page-failed` if it does not load */
  async needLoop(): Promise<Loop> {
    const loop = await this.#loop;
    if (loop) return loop;
    if (this.#isStopped) throw new TillsideError('stopped', 'tillside was stopped. Call createTillside again.');
    throw new TillsideError('consent-required', `Consent is ${this.#state}. Call tillside.consent("granted") first.`);
  }

  /** Ends the loop and starts another, where there is consent. */
  restart(): void {
    this.#hold();
    this.#begin(this.#end());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#watch?.stop();
    this.#hold();
    const loop = this.#takeLoop();
    this.#options.onConsent('pending');
    await (await loop)?.stop();
    await this.#erasing;
  }

  /** The state there is already changes nothing. A denial is told to the other tabs, unless it comes from them. */
  #take(state: ConsentState, isFromHere = true): void {
    if (state === this.#state) return;
    this.#state = state;
    if (state === 'granted') this.#begin();
    else {
      this.#hold();
      if (state === 'pending') void this.#end();
      else {
        if (isFromHere) tellWithdrawn();
        this.#erasing ??= this.#erase();
      }
    }
    this.#options.onConsent(state);
  }

  /** Drops what is held and, where the shop wants that before consent, has capture start and hold. That it does not run is told when it is tried again. */
  #hold(): void {
    this.#held?.then((held) => held?.drop());
    this.#held = undefined;
    if (this.#state !== 'pending' || !this.#options.beforeConsent || this.#isStopped) return;
    const held: Promise<HeldLoop | undefined> = this.#load()
      .then((hold) => (this.#held === held ? hold() : undefined))
      .catch(() => undefined);
    this.#held = held;
  }

  #load(): Promise<() => HeldLoop> {
    return this.#options.loadLoop(() => this.#take('denied', false));
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
      const held = await this.#held;
      const hold = held ? () => held : await this.#load();
      if (!isWanted()) return undefined;
      this.#held = undefined;
      this.#running = hold().begin();
      this.#options.onBegin(this.#running);
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
    await eraseDevice(this.#options.onArm);
    this.#erasing = undefined;
    this.#begin(); // granted again meanwhile
  }

  #end(): Promise<void> {
    return this.#takeLoop()
      .then((loop) => loop?.stop())
      .catch(this.#report);
  }

  /** The loop for its end; a load under way comes to nothing. */
  async #takeLoop(): Promise<Loop | undefined> {
    const loop = this.#loop;
    this.#loop = this.#running = undefined;
    return loop?.catch(() => undefined);
  }

  readonly #report = (error: unknown): void => reportError(this.#options.onError, error);
}
