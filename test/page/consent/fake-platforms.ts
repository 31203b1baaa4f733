import type { ConsentState } from '../../../src/page/consent/consent-state.js';
import { type ConsentContext, type ConsentWatch, watchConsent } from '../../../src/page/consent/watch-consent.js';

/** What a source can be when it is read. */
export type SourceState = 'absent' | ConsentState | 'throwing' | 'clobbered';

/** A window without a page: events, a document, a navigator and whatever globals a test gives it. */
export function aWindow(globals: object = {}): Window & typeof globalThis & Record<string, unknown> {
  return Object.assign(new EventTarget(), { document: new EventTarget(), navigator: {}, ...globals }) as never;
}

/** Watches a window and writes down what is told. */
export function watching(
  window: ConsentContext['window'],
  gpc?: 'strict',
): ConsentWatch & { told: ConsentState[]; errors: string[] } {
  const told: ConsentState[] = [];
  const errors: string[] = [];
  const watch = watchConsent({ window, gpc, onError: (code) => errors.push(code) }, (state) => told.push(state));
  return { ...watch, told, errors };
}

/** Announces a change as the platform does, or as any script that has run. */
export function announce(window: Window, type = 'load'): void {
  (type === 'load' || type === 'visitorConsentCollected' ? window.document : window).dispatchEvent(new Event(type));
}

/** The CMP of the Transparency & Consent Framework: it keeps its listeners and tells them of each change. */
export function aTcfCmp(first?: object) {
  const listeners = new Map<number, (data: object, success: boolean) => void>();
  let data: object | undefined = first;
  let lastId = 0;
  const api = (command: string, _version: number, callback: (data: never, success: boolean) => void, id = 0): void => {
    if (command === 'removeEventListener') {
      callback(listeners.delete(id) as never, true);
      return;
    }
    lastId += 1;
    const listenerId = lastId;
    listeners.set(listenerId, (now, success) => callback({ ...now, listenerId } as never, success));
    if (data) listeners.get(listenerId)?.(data, true);
  };
  const tell = (now: object): void => {
    data = now;
    for (const listener of [...listeners.values()]) listener(now, true);
  };
  return { api, listeners, tell };
}

export const TC_DATA = {
  pending: { gdprApplies: true, eventStatus: 'cmpuishown', purpose: { consents: {} } },
  granted: { gdprApplies: true, eventStatus: 'tcloaded', purpose: { consents: { 1: true, 5: true, 6: true } } },
  denied: { gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents: { 1: true, 5: false, 6: true } } },
};

/** An entry as `gtag()` pushes it: its arguments object. */
export function gtagCall(..._call: unknown[]): IArguments {
  // biome-ignore lint/complexity/noArguments: a list would be another shape
  return arguments;
}

export function aShopify(state: ConsentState) {
  return {
    customerPrivacy: {
      preferencesProcessingAllowed: () => state === 'granted',
      currentVisitorConsent: () => ({ preferences: { pending: '', granted: 'yes', denied: 'no' }[state] }),
    },
  };
}

const oneTrustOf = (state: ConsentState) => {
  const isClosed = (): boolean => state !== 'pending';
  return { OnetrustActiveGroups: state === 'granted' ? ',C0001,C0003,' : ',C0001,', OneTrust: { IsAlertBoxClosed: isClosed } };
};
const cookiebotOf = (state: ConsentState) => ({
  hasResponse: state !== 'pending',
  consent: { preferences: state === 'granted' },
});
const dataLayerOf = (state: ConsentState) => [
  gtagCall('consent', 'default', { personalization_storage: 'denied' }),
  ...(state === 'pending' ? [] : [gtagCall('consent', 'update', { personalization_storage: state })]),
];

/** Each source's globals in an answered or unanswered state. */
export const PLATFORMS: Readonly<Record<string, (state: ConsentState) => object>> = {
  Shopify: (state) => ({ Shopify: aShopify(state) }),
  __tcfapi: (state) => ({ __tcfapi: aTcfCmp(TC_DATA[state]).api }),
  dataLayer: (state) => ({ dataLayer: dataLayerOf(state) }),
  OnetrustActiveGroups: oneTrustOf,
  Cookiebot: (state) => ({ Cookiebot: cookiebotOf(state) }),
};

/** Globals of a source in any state; `clobbered` is what an element of that name looks like to a script. */
export function globalsOf(name: string, state: SourceState): object {
  if (state === 'absent') return {};
  if (state === 'clobbered') return { [name]: { id: name, children: [], toString: () => 'https://shop.test/,C0003,' } };
  if (state !== 'throwing') return PLATFORMS[name]?.(state) ?? {};
  return Object.defineProperty({}, name, {
    enumerable: true,
    configurable: true,
    value: new Proxy(() => {}, { get: fail, apply: fail }),
  });
}

function fail(): never {
  throw new Error('The platform is broken.');
}
