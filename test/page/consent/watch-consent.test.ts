import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isPrivacySignalled } from '../../../src/page/consent/privacy-signal.js';
import {
  announce,
  aShopify,
  aTcfCmp,
  aWindow,
  globalsOf,
  gtagCall,
  PLATFORMS,
  type SourceState,
  TC_DATA,
  watching,
} from './fake-platforms.js';

const EVENT_OF: Readonly<Record<string, string>> = {
  Shopify: 'visitorConsentCollected',
  OnetrustActiveGroups: 'OneTrustGroupsUpdated',
  Cookiebot: 'CookiebotOnConsentReady',
};

describe.each(Object.keys(PLATFORMS))('%s', (name) => {
  it.each([
    ['granted', ['granted']],
    ['denied', ['denied']],
    ['pending', []],
    ['clobbered', []],
    ['throwing', []],
  ] as const)('when it is %s', (state, told) => {
    const watch = watching(aWindow(globalsOf(name, state)));
    expect(watch.told).toEqual(told);
  });

  it('is noticed when it comes after us', () => {
    const window = aWindow();
    const { told } = watching(window);
    Object.assign(window, globalsOf(name, 'granted'));
    announce(window, EVENT_OF[name]);
    expect(told).toEqual(['granted']);
  });

  it('takes back what it granted when it breaks', () => {
    const window = aWindow(globalsOf(name, 'granted'));
    const { told } = watching(window);
    Object.assign(window, globalsOf(name, name === '__tcfapi' ? 'denied' : 'throwing'));
    announce(window);
    expect(told).toEqual(['granted', 'denied']);
  });

  it('tells nothing after the stop', () => {
    const window = aWindow();
    const { told, stop } = watching(window);
    stop();
    Object.assign(window, globalsOf(name, 'granted'));
    announce(window, EVENT_OF[name]);
    expect(told).toEqual([]);
  });
});

it('waits for the shop when no platform is there', () => {
  const { told, errors, answer } = watching(aWindow());
  expect(told).toEqual([]);
  answer('granted');
  answer('granted');
  answer('denied');
  expect(told).toEqual(['granted', 'denied']);
  expect(errors).toEqual([]);
});

it('grants only if one source at least is there and all that are there grant, and denies if one denies', () => {
  const state = fc.constantFrom<SourceState>('absent', 'pending', 'granted', 'denied', 'throwing', 'clobbered');
  const states = fc.record(Object.fromEntries(Object.keys(PLATFORMS).map((name) => [name, state])));
  const manual = fc.constantFrom('granted', 'denied', undefined);
  fc.assert(
    fc.property(states, manual, fc.boolean(), (sources, answer, isLate) => {
      const globals = Object.entries(sources).map(([name, source]) => globalsOf(name, source));
      const window = aWindow(isLate ? {} : Object.assign({}, ...globals));
      const watch = watching(window);
      if (answer) watch.answer(answer);
      if (isLate) Object.assign(window, ...globals);
      announce(window);
      const present = [...Object.values(sources), answer ?? 'absent'].filter((source) => source !== 'absent');
      const isGranted = present.length > 0 && present.every((source) => source === 'granted');
      expect(watch.told.at(-1) ?? 'pending').toBe(present.includes('denied') ? 'denied' : isGranted ? 'granted' : 'pending');
      for (const [index, told] of watch.told.entries()) expect(told).not.toBe(watch.told[index - 1]);
    }),
    { numRuns: 500 },
  );
});

describe('the Transparency & Consent Framework', () => {
  it.each([
    ['storage', { 1: false, 5: true, 6: true }],
    ['creating a profile', { 1: true, 6: true }],
    ['using a profile', { 1: true, 5: true, 6: 'yes' }],
    ['everything', undefined],
  ])('is denied without a true consent to %s', (_purpose, consents) => {
    const { told } = watching(aWindow({ __tcfapi: aTcfCmp({ ...TC_DATA.granted, purpose: { consents } }).api }));
    expect(told).toEqual(['denied']);
  });

  it('grants where the GDPR does not apply', () => {
    expect(watching(aWindow({ __tcfapi: aTcfCmp({ gdprApplies: false }).api })).told).toEqual(['granted']);
  });

  it('keeps the last answer while the banner is open again', () => {
    const cmp = aTcfCmp(TC_DATA.granted);
    const { told } = watching(aWindow({ __tcfapi: cmp.api }));
    cmp.tell(TC_DATA.pending);
    expect(told).toEqual(['granted']);
    cmp.tell(TC_DATA.denied);
    cmp.tell(TC_DATA.pending);
    cmp.tell({ ...TC_DATA.granted, eventStatus: 'useractioncomplete' });
    expect(told).toEqual(['granted', 'denied', 'granted']);
  });

  it('is told by the CMP of what was asked of its stub', () => {
    const queue: unknown[][] = [];
    const window = aWindow({ __tcfapi: (...call: unknown[]) => void queue.push(call) });
    const { told, stop } = watching(window);
    expect(queue).toHaveLength(1);
    const cmp = aTcfCmp(TC_DATA.granted);
    window['__tcfapi'] = cmp.api;
    for (const call of queue) cmp.api(...(call as Parameters<typeof cmp.api>));
    announce(window);
    expect(told).toEqual(['granted']);
    stop();
    expect(cmp.listeners.size).toBe(0);
  });

  it('survives a CMP that answers without data', () => {
    const { told, errors } = watching(
      aWindow({ __tcfapi: (_command: string, _version: number, callback: CallableFunction) => callback(null, false) }),
    );
    expect(told).toEqual([]);
    expect(errors).toEqual(['page-failed']);
  });
});

describe("Google's consent mode", () => {
  const stating = (...calls: [kind: string, settings: unknown][]) =>
    watching(aWindow({ dataLayer: calls.map((call) => gtagCall('consent', ...call)) })).told;

  it('is no source while it is silent about our purposes', () => {
    expect(stating(['default', { ad_storage: 'granted' }], ['update', { analytics_storage: 'granted' }])).toEqual([]);
    const dataLayer = [
      { event: 'page_view' },
      null,
      'text',
      gtagCall('consent', 'update', { ad_storage: 'denied' }),
      gtagCall('consent', 'default'),
    ];
    const watch = watching(aWindow({ dataLayer, ...globalsOf('Cookiebot', 'granted') }));
    expect(watch.told).toEqual(['granted']);
    expect(watch.errors).toEqual([]);
  });

  it('grants by no default, whatever its region', () => {
    expect(stating(['default', { personalization_storage: 'granted' }])).toEqual([]);
    expect(stating(['default', { functionality_storage: 'granted', region: ['US'] }])).toEqual([]);
  });

  it('goes by personalization_storage wherever it is stated, and otherwise by functionality_storage', () => {
    expect(stating(['update', { functionality_storage: 'granted' }])).toEqual(['granted']);
    expect(stating(['update', { functionality_storage: 'granted', personalization_storage: 'denied' }])).toEqual(['denied']);
    expect(stating(['default', { personalization_storage: 'denied' }], ['update', { functionality_storage: 'granted' }])).toEqual(
      [],
    );
  });

  it('takes nothing that a page has given every object for an answer', () => {
    const inherited = { personalization_storage: 'granted', functionality_storage: 'granted' };
    Object.assign(Object.prototype, inherited);
    try {
      expect(stating(['update', { ad_storage: 'denied' }])).toEqual([]);
      expect(stating()).toEqual([]);
    } finally {
      for (const name of Object.keys(inherited)) Reflect.deleteProperty(Object.prototype, name);
    }
  });

  it('ignores a default after the answer', () => {
    expect(
      stating(['update', { personalization_storage: 'granted' }], ['default', { personalization_storage: 'denied' }]),
    ).toEqual(['granted']);
  });

  it('follows what is pushed later, and lets every push through', () => {
    const dataLayer: unknown[] = [];
    const { told } = watching(aWindow({ dataLayer }));
    expect(dataLayer.push({ event: 'a' }, { event: 'b' })).toBe(2);
    dataLayer.push(gtagCall('consent', 'update', { personalization_storage: 'granted' }));
    dataLayer.push(gtagCall('consent', 'update', { personalization_storage: 'denied' }));
    expect(told).toEqual(['granted', 'denied']);
    expect(dataLayer).toHaveLength(4);
  });

  it('gives push back at the stop if its own is still on top, and is only passed through otherwise', () => {
    const alone: unknown[] = [];
    watching(aWindow({ dataLayer: alone })).stop();
    expect(alone.push).toBe(Array.prototype.push);

    const wrapped: unknown[] = [];
    const { told, stop } = watching(aWindow({ dataLayer: wrapped }));
    const ours = wrapped.push;
    const theirs = (...entries: unknown[]): number => ours.apply(wrapped, entries);
    wrapped.push = theirs;
    stop();
    expect(wrapped.push).toBe(theirs);
    expect(wrapped.push(gtagCall('consent', 'update', { personalization_storage: 'granted' }))).toBe(1);
    expect(told).toEqual([]);
  });

  it('survives a frozen data layer', () => {
    const dataLayer = Object.freeze([gtagCall('consent', 'update', { personalization_storage: 'granted' })]);
    const window = aWindow({ dataLayer });
    const { told } = watching(window);
    announce(window);
    expect(told).toEqual(['granted']);
  });
});

describe('Shopify', () => {
  it('is asked for its privacy API once, and heard when that has come', () => {
    const loadFeatures = vi.fn<(features: object, loaded: (error?: Error) => void) => void>();
    const window = aWindow({ Shopify: {} });
    const { told } = watching(window);
    Object.assign(window['Shopify'] as object, { loadFeatures });
    announce(window);
    announce(window);
    expect(loadFeatures.mock.calls.map(([features]) => features)).toEqual([[{ name: 'consent-tracking-api', version: '0.1' }]]);
    Object.assign(window['Shopify'] as object, aShopify('granted'));
    loadFeatures.mock.calls[0]?.[1]();
    expect(told).toEqual(['granted']);
  });

  it('grants nothing when its API fails to load, at once or later', () => {
    const loadFeatures = (_features: object, loaded: (error: Error) => void) => loaded(new Error('offline'));
    const { told, errors } = watching(aWindow({ Shopify: { loadFeatures } }));
    expect(told).toEqual([]);
    expect(errors).toEqual([]);
  });
});

it.each(Object.keys(PLATFORMS))('%s that vanishes grants no more', (name) => {
  const window = aWindow(globalsOf(name, 'granted'));
  const { told } = watching(window);
  delete window[name];
  announce(window);
  expect(told).toEqual(['granted', 'denied']);
});

it('rests while a source that came later is unanswered', () => {
  const window = aWindow(globalsOf('dataLayer', 'granted'));
  const { told } = watching(window);
  Object.assign(window, globalsOf('Cookiebot', 'pending'));
  announce(window);
  Object.assign(window, globalsOf('Cookiebot', 'granted'));
  announce(window, 'CookiebotOnAccept');
  expect(told).toEqual(['granted', 'pending', 'granted']);
});

it('goes on when the listener throws', () => {
  const window = aWindow();
  const watch = watching(window);
  watch.told.push = () => {
    throw new Error('The shop is broken.');
  };
  watch.answer('granted');
  expect(watch.errors).toEqual(['page-failed']);
});

describe('the privacy signal of the browser', () => {
  it.each([
    [{ globalPrivacyControl: true }, true],
    [{ doNotTrack: '1' }, true],
    [{ globalPrivacyControl: false, doNotTrack: '0' }, false],
    [{ globalPrivacyControl: 'true', doNotTrack: null }, false],
    [{}, false],
  ])('%o is read as %s', (navigator, isSignalled) => {
    expect(isPrivacySignalled(navigator as Navigator)).toBe(isSignalled);
  });

  it('denies if the shop wants it strict, and otherwise leaves personalising on the device to the consent', () => {
    const navigator = { globalPrivacyControl: true };
    expect(watching(aWindow({ navigator, ...globalsOf('Cookiebot', 'granted') }), 'strict').told).toEqual(['denied']);
    expect(watching(aWindow({ navigator, ...globalsOf('Cookiebot', 'granted') })).told).toEqual(['granted']);
    expect(watching(aWindow({ ...globalsOf('Cookiebot', 'granted') }), 'strict').told).toEqual(['granted']);
  });

  it('grants nothing where it cannot be read and the shop wants it strict', () => {
    const navigator = Object.defineProperty({}, 'globalPrivacyControl', {
      get: () => {
        throw new Error('blocked');
      },
    });
    expect(watching(aWindow({ navigator, ...globalsOf('Cookiebot', 'granted') }), 'strict').told).toEqual([]);
  });
});
