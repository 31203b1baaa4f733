import { TillsideError } from '../core/errors.js';
import type { ConsentAnswer, ConsentState } from './consent/consent-state.js';
import { eraseDevice, tellWithdrawn } from './consent/erase-device.js';
import type { Loop } from './loop.js';

export interface LifecycleOptions {
  readonly consent: ConsentState;
  /** @param onWithdrawn to be called when the shopper withdrew consent in another tab */
  readonly start: (onWithdrawn: () => void) => Loop;
  readonly onConsent: (state: ConsentState) => void;
  readonly onError: (error: unknown) => void;
}

/** When the loop runs: from consent, at once if it is given already, until its withdrawal, which erases, or the stop. */
export class Lifecycle {
  readonly #options: LifecycleOptions;
  #state: ConsentState;
  #loop: Loop | undefined;
  #erasing: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: LifecycleOptions) {
    this.#options = options;
    this.#state = options.consent;
    this.#begin();
  }

  /** `pending` again once stopped */
  get consentState(): ConsentState {
    return this.#isStopped ? 'pending' : this.#state;
  }

  /** the running loop; without consent there is none */
  get loop(): Loop | undefined {
    return this.#loop;
  }

  /** Takes the shopper's answer; the one already given changes nothing. A denial is told to the other tabs. */
  answer(answer: ConsentAnswer, isHere = true): void {
    if (answer === this.#state) return;
    this.#state = answer;
    if (answer === 'granted') this.#begin();
    else {
      if (isHere) tellWithdrawn();
      this.#erasing ??= this.#erase();
    }
    this.#options.onConsent(answer);
  }

  /** @throws {TillsideError} `consent-required` or `stopped` */
  needLoop(): Loop {
    if (this.#loop) return this.#loop;
    if (this.#isStopped) throw new TillsideError('stopped', 'tillside was stopped here. Call createTillside again.');
    throw new TillsideError('consent-required', `Consent is ${this.#state}. Call tillside.consent("granted") first.`);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const stopping = this.#takeLoop()?.stop();
    this.#options.onConsent('pending');
    await (stopping ?? this.#erasing);
  }

  #begin(): void {
    if (this.#state !== 'granted' || this.#loop || this.#erasing || this.#isStopped) return;
    try {
      this.#loop = this.#options.start(() => this.answer('denied', false));
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async #erase(): Promise<void> {
    await this.#takeLoop()?.erase().catch(this.#options.onError);
    await eraseDevice();
    this.#erasing = undefined;
    this.#begin(); // granted again meanwhile
  }

  #takeLoop(): Loop | undefined {
    const loop = this.#loop;
    this.#loop = undefined;
    return loop;
  }
}
