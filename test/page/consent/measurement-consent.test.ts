import { describe, expect, it } from 'vitest';
import { openScope } from '../../../src/page/capture/open-scope.js';
import { createMeasurementConsent } from '../../../src/page/consent/measurement-consent.js';
import { aTcfCmp, gtagCall } from './fake-platforms.js';

function asked(page: object) {
  let changes = 0;
  const errors: string[] = [];
  const scope = openScope({ onError: (_code, message) => void errors.push(message) });
  const mayMeasure = createMeasurementConsent(page as never, scope, () => void changes++);
  return { mayMeasure, scope, errors, changes: () => changes };
}
const answerOf = (page: object) => asked(page).mayMeasure();
const tcData = (consents: object, gdprApplies = true) => ({ gdprApplies, eventStatus: 'tcloaded', purpose: { consents } });
const consented = (kind: string, settings: object) => [gtagCall('consent', kind, settings)];

describe('measuring is allowed', () => {
  it.each([
    ['where no consent platform is on the page', {}],
    ['by Shopify for analytics', { Shopify: { customerPrivacy: { analyticsProcessingAllowed: () => true } } }],
    ['by the statistics group of OneTrust', { OnetrustActiveGroups: ',C0001,C0002,' }],
    ['by the statistics of Cookiebot', { Cookiebot: { consent: { statistics: true } } }],
    ['by analytics_storage', { dataLayer: consented('update', { analytics_storage: 'granted' }) }],
    ['by a data layer that does not speak of it', { dataLayer: [{ event: 'view_item' }, null, 'text'] }],
    ['by purposes 1 and 8 of TCF', { __tcfapi: aTcfCmp(tcData({ 1: true, 8: true })).api }],
    ['where TCF does not apply', { __tcfapi: aTcfCmp(tcData({}, false)).api }],
  ])('%s', (_why, page) => expect(answerOf(page)).toBe(true));
});

describe('measuring is refused', () => {
  it.each([
    ['by Shopify', { Shopify: { customerPrivacy: { analyticsProcessingAllowed: () => false } } }],
    ['by OneTrust', { OnetrustActiveGroups: ',C0001,C0003,' }],
    ['by Cookiebot', { Cookiebot: { consent: { statistics: 'yes' } } }],
    [
      'by the last word of the data layer',
      {
        dataLayer: [
          ...consented('update', { analytics_storage: 'granted' }),
          ...consented('update', { analytics_storage: 'denied' }),
        ],
      },
    ],
    ['by TCF', { __tcfapi: aTcfCmp(tcData({ 1: true, 8: false })).api }],
    ['by one of two', { OnetrustActiveGroups: ',C0002,', Cookiebot: { consent: { statistics: false } } }],
    ['by a global that is clobbered', { OnetrustActiveGroups: { id: 'OnetrustActiveGroups' } }],
  ])('%s', (_why, page) => expect(answerOf(page)).toBe(false));
});

it('is undecided while the data layer has defaults alone, whatever they say', () => {
  const defaults = [
    ...consented('default', { analytics_storage: 'denied' }),
    ...consented('default', { analytics_storage: 'granted' }),
  ];
  expect(answerOf({ dataLayer: defaults })).toBeUndefined();
  expect(answerOf({ dataLayer: [...defaults, ...consented('update', { analytics_storage: 'granted' })] })).toBe(true);
  expect(answerOf({ dataLayer: [...consented('update', { analytics_storage: 'denied' }), ...defaults] })).toBe(false);
});

it('is undecided until the platform has answered', () => {
  expect(answerOf({ Shopify: {} })).toBeUndefined();
  const cmp = aTcfCmp();
  const { mayMeasure, changes, scope } = asked({ __tcfapi: cmp.api });
  expect(mayMeasure()).toBeUndefined();
  cmp.tell(tcData({ 1: true, 8: true }));
  expect([mayMeasure(), changes()]).toEqual([true, 1]);
  scope.stop();
  expect(cmp.listeners.size).toBe(0);
});
