import { TillsideError } from '../core/errors.js';
import { type ConsentAnswer, type ConsentState, createConsentGate } from './consent/consent-gate.js';
import { eraseDevice, tellWithdrawn } from './consent/erase-device.js';
import type { Loop } from './loop.js';

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
  /** @param onWithdrawn to be called when the shopper withdrew consent in another tab */
  readonly start: (onWithdrawn: () => void) => Loop;
  readonly onConsent: (state: ConsentState) => void;
  readonly onError: (error: unknown) => void;
}

/** Starts the loop with consent, at once if it is given already, and erases with its withdrawal or refusal. */
export function createLifecycle({ consent, start, onConsent, onError }: LifecycleOptions): Lifecycle {
  let loop: Loop | undefined;
  let erasing: Promise<void> | undefined;
  let isStopped = false;

  const begin = (): void => {
    if (gate.state !== 'granted' || loop || erasing || isStopped) return;
    try {
      loop = start(() => gate.answer('denied'));
    } catch (error) {
      onError(error);
    }
  };
  const erase = async (): Promise<void> => {
    const last = loop;
    loop = undefined;
    await last?.erase().catch(onError);
    await eraseDevice();
    erasing = undefined;
    begin(); // granted again meanwhile
  };
  const gate = createConsentGate(consent, (answer) => {
    if (answer === 'denied') erasing ??= erase();
    else begin();
    onConsent(answer);
  });

  begin();
  return {
    get consentState() {
      return isStopped ? 'pending' : gate.state;
    },
    get loop() {
      return loop;
    },
    answer(answer) {
      if (answer === 'denied' && gate.state !== answer) tellWithdrawn();
      gate.answer(answer);
    },
    needLoop() {
      if (loop) return loop;
      if (isStopped) throw new TillsideError('stopped', 'tillside was stopped here. Call createTillside again.');
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
