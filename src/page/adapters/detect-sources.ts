/** Every source that a page can have, in order of trust: what a shop wrote for tillside first, what it wrote for analytics last. */
export const SOURCE_NAMES = ['markup', 'shopify', 'shopify-theme', 'woocommerce', 'adobe', 'ga4', 'microdata'] as const;

export type SourceName = (typeof SOURCE_NAMES)[number];

/** What of a platform shows on its pages. Their values are strangers': the adapters look at them closer. */
const SIGNS: Readonly<Record<SourceName, () => unknown>> = {
  markup: () => true,
  shopify: () => (globalOf('Shopify') as { actions?: unknown } | undefined)?.actions,
  'shopify-theme': () => globalOf('Shopify') && !SIGNS.shopify(),
  woocommerce: () =>
    globalOf('wcSettings') || globalOf('wc_add_to_cart_params') || document.querySelector('.woocommerce,.wc-block-cart'),
  adobe: () => globalOf('adobeDataLayer'),
  // Google's tag may be told another name for its layer.
  ga4: () => globalOf('dataLayer') || document.querySelector('script[src*="gtm.js?"],script[src*="gtag/js?"]'),
  microdata: () => document.querySelector('[itemtype*="schema.org/Product"],[typeof~="Product"],[typeof~="schema:Product"]'),
};

/** Finds the sources that this page has by now. */
export function detectSources(): SourceName[] {
  return SOURCE_NAMES.filter((name) => SIGNS[name]());
}

/** What the page's scripts have put there, not what its markup is called: <form id="Shopify"> is no platform. */
function globalOf(name: string): unknown {
  const value = (window as unknown as Readonly<Record<string, unknown>>)[name];
  return /^\[object HTML/.test({}.toString.call(value)) ? undefined : value;
}
