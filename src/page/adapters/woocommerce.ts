// In: WooCommerce's classic (jQuery) and block events. Out: its cart, read by the Store API; adds through the same API. Page thread.
import type { ItemFacts } from '../../core/domain/item.js';
import { isObject } from '../check-value.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope, type Scope } from '../capture/open-scope.js';
import { reportError } from '../report-error.js';
import type { CreatePlatformSource, PlatformSink } from './platform-source.js';
import { factsUnder, idsOf } from './stated-values.js';
import {
  elementOf,
  idOf,
  isFirstVisit,
  isOrderReceived,
  jQueryOf,
  pageProduct,
  productOf,
  watchJQuery,
} from './woocommerce-page.js';
import {
  createParentFinder,
  createProductFinder,
  createStoreApi,
  type StoreApi,
  type StoreLine,
  StoreRefusal,
} from './woocommerce-store-api.js';

/** A burst of events costs one reading: blocks repeat what jQuery says, and the other way round. */
const COALESCE_MS = 50;
const BLOCK_EVENTS = 'wc-blocks_added_to_cart wc-blocks_removed_from_cart wc-blocks_store_sync_required';
/** What makes the mini cart, the cart page and the checkout fetch themselves anew; `added_to_cart` would need the shop's button. */
const CLASSIC_REFRESHES = ['wc_fragment_refresh', 'wc_update_cart', 'update_checkout'];

/** Creates the source of a WooCommerce shop, with classic theme or blocks. */
export const createWooCommerceSource: CreatePlatformSource = (context) => {
  const api = createStoreApi(context);
  const findProductId = createProductFinder(api);
  return {
    start: (sink) => startWatching(context, api, sink),
    async add(order) {
      await api.change('add-item', { id: Number(await findProductId(order)), quantity: order.quantity });
      tellTheShop(context, 'wc-blocks_added_to_cart');
    },
    async remove(order) {
      const itemId = await findProductId(order);
      const held = (await api.cart()).find(({ line }) => line.itemId === itemId);
      if (!held) return;
      const quantity = held.line.quantity - order.quantity;
      await (quantity > 0
        ? api.change('update-item', { key: held.key, quantity })
        : api.change('remove-item', { key: held.key }));
      tellTheShop(context, 'wc-blocks_removed_from_cart');
    },
  };
};

function startWatching(context: CaptureContext, api: StoreApi, sink: PlatformSink): () => void {
  const { window } = context;
  const scope = openScope(context);
  const cart = createCartReader({ context, api, sink, scope });
  /** of the last change that was counted: a theme and its plugins may tell of one add twice */
  let countedHash: unknown;
  const isCounted = (hash: unknown) => {
    const isRepeated = !!hash && hash === countedHash;
    countedHash = hash;
    return isRepeated;
  };
  scope.listen(window, BLOCK_EVENTS, cart.read);
  scope.listen(window, 'pageshow', (event) => {
    if ((event as PageTransitionEvent).persisted) cart.read();
  });
  scope.onStop(
    watchJQuery(context, {
      added_to_cart(_event, ...[, hash, button]) {
        cart.read();
        const element = elementOf(button);
        const product = element && productOf(element);
        if (product && !isCounted(hash)) sink.mutation({ type: 'add_to_cart', ...product });
      },
      removed_from_cart(_event, ...[, hash, link]) {
        cart.read();
        const removed = removedBy(elementOf(link), cart.lineOf);
        if (removed && !isCounted(hash)) sink.mutation({ type: 'remove_from_cart', ...removed });
      },
      'updated_cart_totals wc_cart_emptied updated_wc_div wc_fragments_refreshed': cart.read,
      found_variation: (_event, variation) => showVariation(window, sink, variation),
    }),
  );
  const readPage = () => {
    const product = pageProduct(window);
    if (product) sink.page(product);
    // The order's page has already emptied the cart that was bought: it is told before that is seen.
    if (isOrderReceived() && isFirstVisit(window)) sink.event({ type: 'purchase' });
    cart.read();
  };
  if (document.readyState === 'loading') scope.listen(document, 'DOMContentLoaded', readPage);
  else scope.guard(readPage)();
  return scope.stop;
}

interface CartReaderTargets {
  readonly context: CaptureContext;
  readonly api: StoreApi;
  readonly sink: PlatformSink;
  readonly scope: Scope;
}

/** Creates the coalesced reading of the cart: a newer one ends an older, whose answer would be of yesterday. */
function createCartReader({ context, api, sink, scope }: CartReaderTargets) {
  const findParents = createParentFinder(api);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  let lines: readonly StoreLine[] = [];
  const show = async (signal: AbortSignal) => {
    const found = await api.cart(signal);
    const parents = await findParents(found);
    if (signal.aborted) return;
    lines = found;
    const known = found.map((each) => ({ ...each, parent: parents.get(each.line.itemId) }));
    // Which of an item's ids the bundle speaks is found out by its aliases: none is said to be the page's.
    sink.products(known.flatMap(factsOf), []);
    sink.snapshot(known.map(({ line, aliases, parent }) => ({ ...line, aliases: parent ? [...aliases, parent] : aliases })));
  };
  const start = scope.guard(() => {
    timer = undefined;
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    show(signal).catch((error) => {
      // A page that is left or offline is no fault of the shop's.
      if (error instanceof StoreRefusal && !signal.aborted) reportError(context.onError, unreadable(error));
    });
  });
  scope.onStop(() => {
    clearTimeout(timer);
    running?.abort();
  });
  return {
    read(): void {
      timer ??= setTimeout(start, COALESCE_MS);
    },
    lineOf: (key: string | null) => lines.find((line) => line.key === key),
  };
}

function unreadable({ message }: StoreRefusal): Error {
  return new Error(
    `WooCommerce's cart was not read: ${message}. Let wc/store/v1/cart of the Store API answer on this page's origin.`,
  );
}

/** The facts of a line under its ids; those beside a variation's are often its product's. */
function factsOf({ line, aliases, facts, parent }: StoreLine & { readonly parent: string | undefined }): ItemFacts[] {
  return factsUnder([line.itemId, ...(parent ? [] : aliases)], { ...facts, variantOf: parent });
}

/** Makes the shop's mini cart and cart page follow: both stores of the blocks, then the classic scripts. */
function tellTheShop({ window }: CaptureContext, blockEvent: string): void {
  try {
    document.body.dispatchEvent(
      new CustomEvent(blockEvent, { bubbles: true, cancelable: true, detail: { preserveCartData: false } }),
    );
    window.dispatchEvent(new CustomEvent('wc-blocks_store_sync_required', { detail: { type: 'from_@wordpress/data' } }));
    const $body = jQueryOf(window)?.(document.body);
    for (const type of CLASSIC_REFRESHES) $body?.trigger(type);
  } catch {
    // The cart has changed; a handler of the shop's that throws is the shop's.
  }
}

function showVariation(window: Window, sink: PlatformSink, variation: unknown): void {
  const itemId = isObject(variation) && idOf(variation['variation_id']);
  // A quick view on a list is no page of the product's.
  const product = pageProduct(window);
  if (!itemId || !product) return;
  const ids = idsOf([variation['sku'], product.itemId, ...product.aliases]);
  sink.page({ itemId, aliases: ids.filter((alias) => alias !== itemId) });
}

/** What a mini cart's remove link takes out: its own product is the parent, its line is exact. */
function removedBy(link: Element | undefined, lineOf: (key: string | null) => StoreLine | undefined) {
  const held = link && lineOf(link.getAttribute('data-cart_item_key'));
  if (held) return { itemId: held.line.itemId, quantity: held.line.quantity, aliases: held.aliases };
  const product = link && productOf(link);
  return product && { itemId: product.itemId, aliases: product.aliases };
}
