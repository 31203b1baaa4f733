import { TillsideError } from '../core/errors.js';
import { type ConsentAnswer, type ConsentState, createConsentGate } from './consent/consent-gate.js';
import type { Loop } from './start-loop.js';

/** When the loop runs: from consent until its withdrawal or the stop. */
export interface Lifecycle {
  /** `pending` again once stopped */
  readonly consentState: ConsentState;
  /** the running loop; without consent there is none */
  readonly loop: Loop | undefined;
  answer(answer: ConsentAnswer): void;
  /** @throws {TillsideError} `consent-required` or `stopped` */
  needLoop(): Loop;
  stop(): Promise<void>;
}

export interface LifecycleOptions {
  readonly consent: ConsentState;
  readonly start: () => Loop;
  readonly onConsent: (state: ConsentState) => void;
  readonly onError: (error: unknown) => void;
}

/** Starts the loop with consent, at once if it is given already, and erases with its withdrawal. */
export function createLifecycle({ consent, start, onConsent, onError }: LifecycleOptions): Lifecycle {
  const gate = createConsentGate(consent);
  let loop: Loop | undefined;
  let erasing: Promise<void> | undefined;
  let isStopped = false;

  function follow(): void {
    if (gate.state === 'granted' && !loop && !erasing && !isStopped) {
      try {
        loop = start();
      } catch (error) {
        onError(error);
      }
    } else if (gate.state === 'denied' && loop) {
      erasing = loop
        .erase()
        .catch(onError)
        .finally(() => {
          erasing = undefined;
          follow(); // granted again meanwhile
        });
      loop = undefined;
    }
  }

  gate.onChange((state) => {
    follow();
    onConsent(state);
  });
  follow();
  return {
    get consentState() {
      return isStopped ? 'pending' : gate.state;
    },
    get loop() {
      return loop;
    },
    answer: gate.answer,
    needLoop() {
      if (loop) return loop;
      if (isStopped) throw new TillsideError('stopped', 'tillside was stopped on this page. Call createTillside again.');
      throw new TillsideError('consent-required', `Consent is ${gate.state}. Call tillside.consent("granted") first.`);
    },
    async stop() {
      const last = loop;
      loop = undefined;
      isStopped = true;
      onConsent('pending');
      await (last?.stop() ?? erasing);
    },
  };
}
