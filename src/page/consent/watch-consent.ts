// In: what the consent platforms on the page say, and the shop. Out: granted, denied or pending. Page thread, before consent: it only reads.
import type { OnError } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { reportError } from '../report-error.js';
import type { Reading } from './consent-source.js';
import { createConsentSources } from './consent-sources.js';
import type { ConsentAnswer, ConsentState } from './consent-state.js';
import { isPrivacySignalled } from './privacy-signal.js';

export interface ConsentContext {
  readonly window: Window & typeof globalThis;
  readonly onError: OnError;
  /** `strict`: GPC and DNT deny; otherwise they only switch integrations off */
  readonly gpc?: 'strict' | undefined;
}

/** What `watchConsent` returns. */
export interface ConsentWatch {
  /** Takes the shop's own answer: one source among the others. */
  answer(answer: ConsentAnswer): void;
  stop(): void;
}

/** After each of them the globals are read again; `load` is heard of every script that has run. */
const EVENTS =
  'load DOMContentLoaded visitorConsentCollected OneTrustGroupsUpdated CookiebotOnConsentReady CookiebotOnAccept CookiebotOnDecline';

/**
 * Tells whether the shopper consents: granted when a source is there and every one grants, denied when one denies. One that is unanswered, clobbered or
 * throws does not grant, and takes back what it had granted. `pending` comes back when another source arrives unanswered.
 *
 * @param onState called once for each change, first from `pending`
 */
export function watchConsent({ window, onError, gpc }: ConsentContext, onState: (state: ConsentState) => void): ConsentWatch {
  const scope = openScope({ onError });
  const states: Record<string, ConsentState> = {};
  let state: ConsentState | undefined = 'pending';

  const check = scope.guard(() => {
    if (gpc && isPrivacySignalled(window.navigator)) states['navigator'] = 'denied';
    for (const [name, read] of sources) {
      const hasAnswered = (states[name] ?? 'pending') !== 'pending';
      let reading: Reading = [];
      try {
        const global = (window as unknown as Readonly<Record<string, unknown>>)[name];
        reading = states[name] || global !== undefined ? read(global as never) : undefined;
      } catch (error) {
        reportError(onError, error);
      }
      if (reading) states[name] = reading[0] === true ? 'granted' : reading[1] || hasAnswered ? 'denied' : 'pending';
    }
    const all = Object.values(states);
    const next = (['denied', 'pending', 'granted'] as const).find((each) => all.includes(each)) ?? 'pending';
    if (!state || state === next) return;
    state = next;
    onState(next);
  });
  const sources = createConsentSources(window as object, scope, check);

  for (const target of [window, window.document]) scope.listen(target, EVENTS, check);
  check();
  return {
    answer(answer) {
      states['manual'] = answer;
      check();
    },
    stop() {
      state = undefined;
      scope.stop();
    },
  };
}
