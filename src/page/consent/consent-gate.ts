import { watchable } from '../watchable.js';

/** `pending` and `denied` both mean: read nothing, write nothing, request nothing. */
export type ConsentState = 'pending' | 'granted' | 'denied';
/** What a shopper can answer. */
export type ConsentAnswer = Exclude<ConsentState, 'pending'>;

/** The one place that knows whether tillside may work. pending → granted ↔ denied; never back to pending. */
export interface ConsentGate {
  readonly state: ConsentState;
  /** Takes an answer; the one already given changes nothing. */
  answer(answer: ConsentAnswer): void;
  /** Calls back after each change, in the order of subscription. */
  onChange(listener: (state: ConsentState) => void): () => void;
}

/** Creates a gate in the state that the shop's option or attribute gives. */
export function createConsentGate(initial: ConsentState): ConsentGate {
  const changes = watchable<ConsentState>();
  let state = initial;
  return {
    get state() {
      return state;
    },
    answer(answer) {
      if (answer === state) return;
      state = answer;
      changes.emit(answer);
    },
    onChange: changes.on,
  };
}
