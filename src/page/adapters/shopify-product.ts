// In: what a Shopify product page says of itself. Out: the product's facts, and the variant the shopper looks at. Page thread.
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import type { PlatformSink } from './platform-source.js';
import { shopRoot } from './shopify-cart.js';
import { aliasesOf, currencyAt, type ShopifyIds, type ShopifyVariant, variantsOf } from './shopify-items.js';
import { idAt, valueAt } from './value-at.js';

/** A script longer than this, characters, is not one product's. */
const MAX_CHARACTERS = 500_000;

/** The product of a product page. */
export interface ShopifyProduct {
  /** Tells that the shopper looks at this variant. @returns whether it is the page's; with nothing: whether the page has a product */
  pick(variantId?: string): boolean;
  readonly stop: () => void;
}

/** Tells the page's product now, and its variant again whenever the shopper picks another. */
export function watchShopifyProduct(context: CaptureContext, sink: PlatformSink): ShopifyProduct {
  const { listen, stop } = openScope(context);
  const variants = readPageVariants(context.window);
  let last: ShopifyVariant | undefined;
  const pick = (variantId?: string): boolean => {
    const picked = variantId === undefined ? (last ?? variants[0]) : variants.find(({ variant }) => variant === variantId);
    if (picked && picked !== last) sink.page(toPage(picked));
    last = picked ?? last;
    return !!picked;
  };
  if (variants.length) {
    sink.products(
      variants.flatMap(({ facts }) => facts),
      [],
    );
    const inAddress = new URLSearchParams(location.search).get('variant') ?? undefined;
    if (!inAddress || !pick(inAddress)) pick(idAt(context.window, 'ShopifyAnalytics.meta.selectedVariantId')) || pick();
    // Themes keep the picked variant in the product form's `id`, and say so by a change of it.
    listen(document, 'change', ({ target }) => {
      if (target instanceof Element && target.matches('form[action*="/cart/add"] [name="id"]'))
        pick(`${valueAt(target, 'value')}`);
    });
  }
  return { pick, stop };
}

export function toPage(ids: ShopifyIds) {
  return { itemId: ids.variant, aliases: aliasesOf(ids) };
}

/** Asks the shop for a product's variants; none where it has no such product. */
export async function fetchVariants({ window }: CaptureContext, handle: string): Promise<ShopifyVariant[]> {
  const response = await window.fetch(`${shopRoot(window)}products/${handle}.js`);
  return response.ok ? variantsOf(await response.json(), { currency: currencyOf(window), handle }) : [];
}

/** Reads the page's product from the theme's script, or from Shopify's analytics, which say less and are always there. */
function readPageVariants(window: Window): ShopifyVariant[] {
  const meta = ['ShopifyAnalytics.meta', 'meta'].map((path) => valueAt(window, path)).find((found) => idAt(found, 'product.id'));
  if (!meta || (valueAt(meta, 'page.pageType') ?? 'product') !== 'product') return [];
  const handle = /\/products\/([^/?#]+)/.exec(location.pathname)?.[1];
  const product = readProductScript(idAt(meta, 'product.id')) ?? valueAt(meta, 'product');
  return variantsOf(product, { currency: currencyOf(window), handle });
}

function currencyOf(window: Window): string | undefined {
  return currencyAt(window, 'Shopify.currency.active') ?? currencyAt(window, 'ShopifyAnalytics.meta.currency');
}

function readProductScript(id: string | undefined): unknown {
  for (const { textContent } of document.querySelectorAll('script[type="application/json"][data-product-json]')) {
    try {
      const value: unknown = textContent && textContent.length < MAX_CHARACTERS ? JSON.parse(textContent) : undefined;
      for (const product of [value, valueAt(value, 'product')]) if (id && idAt(product, 'id') === id) return product;
    } catch {
      // a theme's broken script is the theme's own matter
    }
  }
  return undefined;
}
