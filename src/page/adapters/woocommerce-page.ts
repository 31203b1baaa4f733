// In: WooCommerce's markup and globals. Out: which product, order or button the page speaks of; its jQuery events as plain calls.
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { idsOf, MAX_URL, textOf } from './stated-values.js';
import { valueAt } from './value-at.js';

/** The named character references that WordPress writes into its JSON; it writes all others as numbers. */
const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['nbsp', ' '],
  ['ldquo', '“'],
  ['rdquo', '”'],
]);

/** A product as a form, button or link of the page names it. */
export interface NamedProduct {
  /** the variation's id where one is chosen */
  readonly itemId: string;
  readonly aliases: readonly string[];
  readonly quantity: number;
}

type JQueryHandler = (event: unknown, ...args: readonly unknown[]) => void;

interface JQueryList {
  on(types: string, handler: JQueryHandler): unknown;
  off(types: string, handler: JQueryHandler): unknown;
  trigger(type: string): unknown;
}
type JQuery = (target: Element) => JQueryList;

/** The page's jQuery, if it is there and no stub that queues calls until it is. */
export function jQueryOf(window: Window): JQuery | undefined {
  const jQuery = valueAt(window, 'jQuery');
  const isReal = typeof jQuery === 'function' && typeof valueAt(window, 'jQuery.fn.on') === 'function';
  return isReal ? (jQuery as JQuery) : undefined;
}

/** Listens to jQuery events on the body by the types' handlers, from the moment jQuery is there; each copy of jQuery has events of its own. */
export function watchJQuery(context: CaptureContext, handlers: Readonly<Record<string, JQueryHandler>>): () => void {
  const { guard, listen, onStop, stop } = openScope(context);
  const guarded = Object.entries(handlers).map(([types, handler]) => [types, guard(handler)] as const);
  const attached = new Map<JQuery, Element>();
  const attach = guard(() => {
    const jQuery = jQueryOf(context.window);
    const { body } = document;
    if (!jQuery || !body || attached.get(jQuery) === body) return;
    attached.set(jQuery, body);
    for (const [types, handler] of guarded) {
      jQuery(body).on(types, handler);
      onStop(() => void jQuery(body).off(types, handler));
    }
  });
  // A script that brings jQuery has loaded; one without an event of its own is there by the click that adds.
  listen(document, 'DOMContentLoaded load click', attach);
  attach();
  return stop;
}

/** The product that a button, link or form of the page stands for. */
export function productOf(element: Element): NamedProduct | undefined {
  const form = element.closest('form.cart');
  const field = (name: string) => form?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value;
  const parentId = idOf(element.getAttribute('data-product_id') ?? field('add-to-cart') ?? form?.getAttribute('data-product_id'));
  const itemId = idOf(element.getAttribute('data-variation_id')) ?? idOf(field('variation_id')) ?? parentId;
  if (!itemId) return undefined;
  const quantity = Number(element.getAttribute('data-quantity') ?? field('quantity'));
  return {
    itemId,
    aliases: idsOf([element.getAttribute('data-product_sku'), itemId === parentId ? undefined : parentId]),
    quantity: Number.isInteger(quantity) && quantity > 0 && quantity <= 1e6 ? quantity : 1,
  };
}

/** The product that the page is about: its add form's, or the post's. */
export function pageProduct(window: Window): Omit<NamedProduct, 'quantity'> | undefined {
  if (!document.body?.classList.contains('single-product')) return undefined;
  const form = document.querySelector('form.cart');
  const postId = /(?:^|\s)postid-(\d+)/.exec(document.body.className)?.[1];
  const named = form && productOf(form);
  const itemId = named?.itemId ?? idOf(postId);
  if (!itemId) return undefined;
  const sku = skuOfVariation(form, itemId) ?? document.querySelector('.product_meta .sku')?.textContent;
  return { itemId, aliases: idsOf([sku, slugOf(window.location.href), ...(named?.aliases ?? [])]) };
}

/** The SKU of a variation that was chosen before anybody listened: its form lists them all, unless they are too many. */
function skuOfVariation(form: Element | null, variationId: string): unknown {
  try {
    const variations: unknown = JSON.parse(form?.getAttribute('data-product_variations') ?? 'false');
    const chosen = Array.isArray(variations) && variations.find((each) => idOf(valueAt(each, 'variation_id')) === variationId);
    return chosen ? valueAt(chosen, 'sku') : undefined;
  } catch {
    return undefined; // `false` where they are fetched, or no JSON
  }
}

/** Whether the page thanks for an order that is paid or will be: a failed one is asked to be paid for again. */
export function isOrderReceived(): boolean {
  return (
    !!document.body?.classList.contains('woocommerce-order-received') &&
    !document.querySelector('.woocommerce-thankyou-order-failed,a[href*="pay_for_order=true"]')
  );
}

/** Whether the shopper came here to see it: a reload, a way back and a restored tab show an order that is already counted. */
export function isFirstVisit(window: Window): boolean {
  const [navigation] = window.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return !/^(reload|back_forward)$/.test(navigation?.type ?? '');
}

/** The element of what jQuery handlers are given: a jQuery list, the element itself, or nothing. */
export function elementOf(value: unknown): Element | undefined {
  const element: unknown = value instanceof Element ? value : Reflect.get(Object(value), 0);
  return element instanceof Element ? element : undefined;
}

/** A product's or variation's id, from a number or its text. */
export function idOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9]\d{0,18}$/.test(text) ? text : undefined;
}

/** The text of a piece of HTML, without an HTML parser: a page's Trusted Types would refuse one. */
export function plainText(html: unknown): string | undefined {
  const text = textOf(html, MAX_URL)?.replace(/<[^>]*>/g, '');
  const decoded = text?.replace(/&(#x?)?(\w+);/gi, (reference, base, name) => {
    if (!base) return REFERENCES.get(name) ?? reference;
    const code = Number(base === '#' ? name : `0x${name}`);
    return code < 0x110000 ? String.fromCodePoint(code) : '';
  });
  return decoded?.trim() || undefined;
}

/** The handle in a product's address: the last part of its path, or `?product=`. */
export function slugOf(url: string | undefined, base?: string): string | undefined {
  try {
    const { pathname, searchParams } = new URL(url ?? '', base);
    const slug = searchParams.get('product') ?? pathname.split('/').filter(Boolean).pop() ?? '';
    return decodeURIComponent(slug) || undefined;
  } catch {
    return undefined; // no URL, or badly encoded
  }
}
