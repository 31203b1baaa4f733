// In: the address and clicks on links. Out: a route. The History API and nothing else.
import { computed, ref } from 'vue';

const BASE = '/vue/';
/** The gift shop's product pages, to which the bundle's catalogue links: the app has the same products. */
const SHOP_PRODUCT = /^\/product\/([^/]+)\.html$/;

export type Route =
  | { readonly name: 'list'; readonly query: string; readonly departmentSlug: string | undefined }
  | { readonly name: 'product'; readonly itemId: string }
  | { readonly name: 'cart' }
  | { readonly name: 'unknown' };

export const catalogUrl = `${BASE}catalog.json`;
export const cartHref = `${BASE}cart`;

export function productHref(itemId: string): string {
  return `${BASE}product/${encodeURIComponent(itemId)}`;
}

export function listHref(query = '', departmentSlug?: string): string {
  const search = new URLSearchParams({ ...(query && { q: query }), ...(departmentSlug && { department: departmentSlug }) });
  return search.size > 0 ? `${BASE}?${search}` : BASE;
}

const address = ref(new URL(location.href));
addEventListener('popstate', readAddress);

/** The same for every search and department of the list. */
export const path = computed(() => address.value.pathname);
export const route = computed(() => toRoute(address.value));

/** Goes to a page of the app: a new entry of the history at the top of the page, or in the current entry's place. */
export function navigate(href: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', href);
  else {
    history.pushState(null, '', href);
    scrollTo(0, 0);
  }
  readAddress();
}

function readAddress(): void {
  address.value = new URL(location.href);
}

function toRoute({ pathname, searchParams }: URL): Route {
  const [first, itemId, ...rest] = pathname.slice(BASE.length).split('/');
  if (!first)
    return { name: 'list', query: searchParams.get('q') ?? '', departmentSlug: searchParams.get('department') ?? undefined };
  if (first === 'cart' && !itemId) return { name: 'cart' };
  if (first === 'product' && itemId && rest.length === 0) return { name: 'product', itemId: toItemId(itemId) };
  return { name: 'unknown' };
}

function toItemId(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // typed by hand: no item has it
  }
}

/** Follows a click on any link to a page of the app, those in the suggestions' shadow root too. */
export function followLink(event: MouseEvent): void {
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link?.href || !isPlain || event.defaultPrevented || link.origin !== location.origin) return;
  const [, itemId] = SHOP_PRODUCT.exec(link.pathname) ?? [];
  if (!itemId && !link.pathname.startsWith(BASE)) return;
  event.preventDefault();
  navigate(itemId ? productHref(itemId) : link.pathname + link.search);
}
