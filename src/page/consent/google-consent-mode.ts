import type { Scope } from '../capture/open-scope.js';
import type { ConsentSource, Reading } from './consent-source.js';

/** What lies in a data layer: an arguments object where `gtag` was called, otherwise an object of any kind. */
type Entry = readonly [command?: unknown, kind?: unknown, settings?: Readonly<Record<string, unknown>>] | undefined;

/**
 * Reads Google's consent mode: `personalization_storage`, which is there for recommendations, or `functionality_storage` where only that is stated.
 * Neither analytics nor advertising is a purpose of ours. A default holds before the shopper's answer, perhaps in other regions only: it never grants.
 *
 * @see https://developers.google.com/tag-platform/security/concepts/consent-mode
 */
export function createConsentModeSource(scope: Scope, check: () => void): ConsentSource<Entry[]> {
  const stated: Record<string, Reading> = Object.create(null); // nothing that a page has given every object
  let hooked: unknown;

  const take = scope.guard((entry: Entry) => {
    if (entry?.[0] !== 'consent') return;
    const [, kind, settings] = entry;
    for (const [purpose, answer] of Object.entries(settings ?? {})) {
      stated[purpose] = kind === 'update' ? [answer === 'granted', true] : (stated[purpose] ?? []);
    }
  });
  return (layer) => {
    if (layer !== hooked) {
      hooked = layer;
      layer.forEach(take); // an element has no forEach
      const { push } = layer;
      const hook = (...entries: Entry[]): number => {
        entries.forEach(take);
        check();
        return push.apply(layer, entries);
      };
      layer.push = hook;
      scope.onStop(() => {
        if (layer.push === hook) layer.push = push;
      });
    }
    return stated['personalization_storage'] ?? stated['functionality_storage'];
  };
}
