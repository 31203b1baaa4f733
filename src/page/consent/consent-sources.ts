import type { Scope } from '../capture/open-scope.js';
import type { ConsentSource, Reading } from './consent-source.js';
import { createConsentModeSource } from './google-consent-mode.js';
import { createTcfSource } from './tcf.js';

type NamedSource = readonly [global: string, read: ConsentSource];

interface Shopify {
  loadFeatures(features: readonly { name: string; version: string }[], callback: () => void): void;
  readonly customerPrivacy?: {
    preferencesProcessingAllowed(): boolean;
    /** '' until the visitor has decided */
    currentVisitorConsent(): { readonly preferences: 'yes' | 'no' | '' };
  };
}
interface OneTrust {
  IsAlertBoxClosed?(): boolean;
}
interface Cookiebot {
  readonly hasResponse: boolean;
  readonly consent: { readonly preferences: boolean };
}

/**
 * Creates the source of each global. Where a platform names purposes, personalising on the device is its preferences, or functional.
 *
 * @param check to be called when a source may say something else than before
 */
export function createConsentSources(page: { readonly OneTrust?: OneTrust }, scope: Scope, check: () => void): NamedSource[] {
  let asked: unknown;
  const readShopify = (shopify: Shopify): Reading => {
    const { customerPrivacy: privacy } = shopify;
    if (privacy) return [privacy.preferencesProcessingAllowed(), privacy.currentVisitorConsent().preferences];
    if (shopify.loadFeatures !== asked) {
      asked = shopify.loadFeatures;
      shopify.loadFeatures([{ name: 'consent-tracking-api', version: '0.1' }], check);
    }
    return [];
  };
  return [
    ['Shopify', readShopify],
    ['__tcfapi', createTcfSource(scope, check)],
    ['dataLayer', createConsentModeSource(scope, check)],
    // The ids of the active cookie groups, ',C0001,C0003,': C0003 is the functional one. An element of that name has no split().
    ['OnetrustActiveGroups', (groups: string) => [groups.split(',').includes('C0003'), page.OneTrust?.IsAlertBoxClosed?.()]],
    ['Cookiebot', ({ consent, hasResponse }: Cookiebot) => [consent.preferences, hasResponse]],
  ];
}
