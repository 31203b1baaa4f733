import type { PageElement, PageScript, PageWindow } from './page-window.js';
import type { MarkupFacts, ScriptTag } from './visit.js';

/** Reads what the shop wrote into its page. Runs there, sent as text: nothing outside it is used. */
export function readMarkup(): MarkupFacts {
  const page = globalThis as unknown as PageWindow & Readonly<Record<string, unknown>>;
  const all = (selector: string): PageElement[] => [...page.document.querySelectorAll(selector)];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      return undefined; // what a page has clobbered is not there
    }
  };
  const toTag = ({ src, type, dataset }: PageScript): ScriptTag => ({ src, type, data: { ...dataset } });
  const readConfig = () => JSON.parse(JSON.stringify(page.tillsideConfig ?? {})) as Record<string, unknown>;
  const hasConsentMode = (): boolean =>
    [...(page['dataLayer'] as Iterable<{ 0?: unknown }>)].some((entry) => entry?.[0] === 'consent');
  const platforms: [string, unknown][] = [
    ['Shopify', page['Shopify']],
    ['TCF', page['__tcfapi']],
    ['Google consent mode', attempt(hasConsentMode)],
    ['OneTrust', page['OnetrustActiveGroups']],
    ['Cookiebot', page['Cookiebot']],
  ];
  const idsOf = (name: string): string[] => {
    const attribute = `data-tillside-${name}`;
    return all(`[${attribute}]`).flatMap((element) => element.getAttribute(attribute) || []);
  };
  return {
    url: page.location.href,
    tags: (all('script[src]') as PageScript[])
      .map(toTag)
      .filter(({ src, data }) => data['bundle'] ?? /\/[^/]*(auto|tillside)[^/]*\.js/.test(src)),
    metaPolicies: all('meta[http-equiv="Content-Security-Policy" i]').flatMap((meta) => meta.getAttribute('content') ?? []),
    config: attempt(readConfig) ?? {},
    consentPlatforms: platforms.filter(([, is]) => is).map(([name]) => name),
    itemIds: [...new Set(['item', 'add', 'product'].flatMap(idsOf))],
    hasCartMarkup: all('[data-tillside-cart]').length > 0,
    hasAddMarkup: all('[data-tillside-add]').length > 0,
  };
}
