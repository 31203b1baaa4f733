// In: clicks on marked buttons and the marked cart's rows. Out: mutations and cart snapshots. Page thread.
import type { CartLine } from '../../core/domain/cart.js';
import { TillsideError } from '../../core/errors.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { watchMutations } from '../capture/watch-mutations.js';
import type { CartActions, CartSink, CartSource } from './adapter.js';

const ADD = 'data-tillside-add';
const REMOVE = 'data-tillside-remove';
const CART = 'data-tillside-cart';
const ITEM = 'data-tillside-item';
const QUANTITY = 'data-tillside-quantity';
const PRICE = 'data-tillside-price';
const PRODUCT = 'data-tillside-product';

/** What a shop gets with the `tillside:add` event: it adds the item and answers. */
export interface AddRequest {
  readonly itemId: string;
  readonly quantity: number;
  /** The item counts as added once this is fulfilled. */
  respondWith(answer: Promise<unknown>): void;
}

/**
 * Reads the plain HTML contract: `data-tillside-add`, `-remove` buttons and the rows of `data-tillside-cart`.
 * A cart with `aria-busy="true"` is not read until that is over.
 */
export function createMarkupSource(context: CaptureContext): CartSource {
  return {
    name: 'markup',
    actions: createMarkupActions(context),
    start(sink) {
      const { document } = context;
      const scope = openScope(context);
      const readCarts = createCartReader(document, sink);
      const read = () => {
        readCarts();
        sink.itemIds(markedIds(document));
      };
      scope.listen(document, 'click', (event) => onClick(event, context, sink));
      scope.onStop(watchMutations(context, [CART, ITEM, QUANTITY, PRICE, ADD, 'aria-busy'], read));
      read();
      return scope.stop;
    },
  };
}

function createMarkupActions({ document, window }: CaptureContext): CartActions {
  return {
    async add(itemId, quantity, from = document) {
      let answer: Promise<unknown> | undefined;
      const detail: AddRequest = {
        itemId,
        quantity,
        respondWith: (promise) => {
          answer = Promise.resolve(promise);
        },
      };
      const event = new window.CustomEvent('tillside:add', { detail, bubbles: true, cancelable: true, composed: true });
      const isUnanswered = from.dispatchEvent(event) && !answer;
      try {
        if (isUnanswered)
          throw new Error('nobody answered tillside:add; call event.detail.respondWith(promise) in a listener on document');
        await answer;
      } catch (error) {
        const message = `${quantity} × ${itemId} was not added to the cart: ${error instanceof Error ? error.message : error}.`;
        throw new TillsideError('cart-action-failed', message, error);
      }
    },
  };
}

function onClick(event: Event, { window }: CaptureContext, sink: CartSink): void {
  const button = event
    .composedPath()
    .find((node): node is Element => node instanceof window.Element && node.matches(`[${ADD}],[${REMOVE}]`));
  if (!button || button.matches(':disabled,[aria-disabled="true"]')) return;
  const isAdd = button.hasAttribute(ADD);
  const itemId = button.getAttribute(isAdd ? ADD : REMOVE)?.trim() || button.closest(`[${ITEM}]`)?.getAttribute(ITEM)?.trim();
  const quantity = numberOf(button, QUANTITY);
  const price = numberOf(button, PRICE);
  if (!itemId || quantity === 0) return;
  sink.mutation({
    type: isAdd ? 'add_to_cart' : 'remove_from_cart',
    itemId,
    ...(quantity !== undefined && { quantity }),
    ...(price !== undefined && { price }),
  });
}

/** Creates a reading that reports a cart on the page when that cart changed, so that a stale copy elsewhere stays silent. */
function createCartReader(document: Document, sink: CartSink): () => void {
  const lastSeen = new WeakMap<Element, string>();
  return () => {
    const changed = [...document.querySelectorAll(`[${CART}]:not([aria-busy="true"])`)].flatMap((cart) => {
      const lines = linesOf(cart);
      const key = JSON.stringify(lines);
      if (lastSeen.get(cart) === key) return [];
      lastSeen.set(cart, key);
      return [lines];
    });
    // Of several that changed at once, one that is still empty waits for its script.
    const lines = changed.find((cart) => cart.length > 0) ?? changed[0];
    if (lines) sink.snapshot(lines);
  };
}

function linesOf(cart: Element): CartLine[] {
  return [...cart.querySelectorAll(`[${ITEM}]`)].flatMap((row) => {
    const itemId = row.getAttribute(ITEM)?.trim();
    const quantity = numberOf(row, QUANTITY) ?? 1;
    const price = numberOf(row, PRICE);
    return itemId && quantity > 0 ? [{ itemId, quantity, ...(price !== undefined && { price }) }] : [];
  });
}

function markedIds(document: Document): string[] {
  const elements = [...document.querySelectorAll(`[${ADD}],[${ITEM}],[${PRODUCT}]`)];
  return elements.flatMap((element) => [ADD, ITEM, PRODUCT].flatMap((name) => element.getAttribute(name)?.trim() || []));
}

function numberOf(element: Element, attribute: string): number | undefined {
  const text = element.getAttribute(attribute)?.trim();
  const value = text ? Number(text) : Number.NaN;
  return value >= 0 && value < 1e9 ? value : undefined;
}
