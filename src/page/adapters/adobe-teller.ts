import { type CartEvent, createToldCart, toCartLine } from './adobe-cart.js';
import { type AdobeCart, type AdobeContexts, type AdobeLine, type AdobeProduct, contextsOf } from './adobe-contexts.js';
import type { PlatformSink } from './platform-source.js';
import { idsOf, nodesOf } from './stated-values.js';

export interface AdobeTeller {
  /** Reads the contexts that an item sets. */
  readContexts(item: unknown): void;
  /** Reads the event that an item is. */
  readEvent(item: unknown): void;
  readonly stop: () => void;
}

/**
 * Creates what tells the sink of contexts and events. A cart is set before the event of its change: it waits for that until the task ends,
 * so that the change is told first and the cart after it agrees.
 */
export function createAdobeTeller(sink: PlatformSink): AdobeTeller {
  const cart = createToldCart(sink);
  const tellOrder = createOrderTeller(sink);
  let last: AdobeContexts = {};
  let page: AdobeProduct | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tellPage = (product: AdobeProduct | undefined) => {
    page = undefined;
    if (product) sink.page({ itemId: product.itemId, aliases: product.aliases });
  };
  const settle = () => {
    timer = undefined;
    tellPage(page);
    cart.settle();
  };
  const note = (state: unknown): AdobeContexts => {
    const found = contextsOf(state);
    last = { ...last, ...found };
    tellProducts(found, sink);
    return found;
  };
  const onEvents: Readonly<Record<string, (info: unknown) => unknown>> = {
    'product-page-view': () => tellPage(last.product),
    'shopping-cart-view': () => cart.settle(last.cart),
    'place-order': (info) => tellOrder(info, last.cart) && cart.close(),
    'initiate-checkout': () => sink.event({ type: 'begin_checkout' }),
  };
  const onCartEvent = (event: CartEvent) => {
    // The product of an add from a list is not the page's.
    page = undefined;
    cart.change(event, toChanged(last.changed ?? last.product));
  };
  return {
    readContexts(item) {
      const found = note(item);
      if (found.cart) cart.expect(found.cart);
      page = found.product ?? page;
      if (found.cart || found.product) timer ??= setTimeout(settle);
    },
    readEvent(item) {
      const [{ event, eventInfo } = {}] = nodesOf(item);
      if (typeof event !== 'string') return;
      const isCartEvent = /^(add-to|remove-from|update)-cart$/.test(event);
      if (!isCartEvent && !Object.hasOwn(onEvents, event)) return;
      note(eventInfo);
      if (isCartEvent) onCartEvent(event as CartEvent);
      else onEvents[event]?.(eventInfo);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Creates what tells of an order once, however often the page does; of the order it reads the id. */
function createOrderTeller(sink: PlatformSink): (info: unknown, cart: AdobeCart | undefined) => boolean {
  const orders = new Set<string>();
  return (info, cart) => {
    const [order = {}] = nodesOf(nodesOf(info)[0]?.orderContext);
    const [orderId = ''] = idsOf([order.orderId]);
    if (orders.has(orderId)) return false;
    if (orderId) orders.add(orderId);
    const items = [...(cart?.values() ?? [])].map(toCartLine);
    sink.event({ type: 'purchase', ...(items.length > 0 && { items }) });
    return true;
  };
}

function tellProducts({ cart, product }: AdobeContexts, sink: PlatformSink): void {
  const described = [...(cart?.values() ?? []), ...(product ? [product] : [])];
  const facts = described.flatMap((one) => one.facts);
  const itemIds = described.map(({ itemId }) => itemId);
  if (facts.length) sink.products(facts, itemIds);
}

/** What an event says has changed; a product alone is one unit of it. */
function toChanged(about: AdobeCart | AdobeProduct | undefined): AdobeLine[] {
  if (!about) return [];
  return 'itemId' in about ? [{ ...about, quantity: 1 }] : [...about.values()];
}
