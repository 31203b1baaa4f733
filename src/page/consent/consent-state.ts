/** `pending` and `denied` both mean: read nothing, write nothing, request nothing. */
export type ConsentState = 'pending' | 'granted' | 'denied';
/** What a shopper can answer. */
export type ConsentAnswer = Exclude<ConsentState, 'pending'>;

/** The one place that knows whether tillside may work. pending → granted ↔ denied; never back to pending. */
export interface ConsentGate {
  readonly state: ConsentState;
  /** Takes an answer; the one already given changes nothing. */
  answer(answer: ConsentAnswer): void;
}

/** Creates a gate in the state that the shop's option or attribute gives; `onChange` is called after each change. */
export function createConsentGate(initial: ConsentState, onChange: (answer: ConsentAnswer) => void): ConsentGate {
  let state = initial;
  return {
    get state() {
      return state;
    },
    answer(answer) {
      if (answer === state) return;
      state = answer;
      onChange(answer);
    },
  };
}
