// In: clicks on marked buttons and the marked cart's rows. Out: mutations and cart snapshots. Page thread.
import type { CartLine } from '../../core/domain/cart.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import { watchMutations } from '../capture/watch-mutations.js';
import type { CartSink, CartSource } from './adapter.js';

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
    add: requestAdd,
    start(sink) {
      const { listen, onStop, stop } = openScope(context);
      const readCarts = createCartReader(sink);
      const read = () => {
        readCarts();
        sink.itemIds(markedIds());
      };
      listen(document, 'click', (event) => onClick(event, sink));
      onStop(watchMutations(context, [CART, ITEM, QUANTITY, PRICE, ADD, 'aria-busy'], read));
      read();
      return stop;
    },
  };
}

/** Asks the shop by a `tillside:add` event; one that answers at once may prevent its default instead. */
export async function requestAdd(itemId: string, quantity: number, from: EventTarget = document): Promise<void> {
  let answer: Promise<unknown> | undefined;
  const detail: AddRequest = {
    itemId,
    quantity,
    respondWith(promise) {
      answer = Promise.resolve(promise);
    },
  };
  const event = new CustomEvent('tillside:add', { detail, bubbles: true, cancelable: true, composed: true });
  if (from.dispatchEvent(event) && !answer) throw new Error('nobody answered');
  await answer;
}

function onClick(event: Event, sink: CartSink): void {
  const button = event
    .composedPath()
    .find((node): node is Element => node instanceof Element && node.matches(`[${ADD}],[${REMOVE}]`));
  if (!button || button.matches(':disabled,[aria-disabled="true"]')) return;
  const isAdd = button.hasAttribute(ADD);
  const itemId = textOf(button, isAdd ? ADD : REMOVE) || textOf(button.closest(`[${ITEM}]`), ITEM);
  const amounts = amountsOf(button);
  if (itemId && amounts.quantity !== 0) sink.mutation({ type: isAdd ? 'add_to_cart' : 'remove_from_cart', itemId, ...amounts });
}

/** Creates a reading that reports a cart on the page when that cart changed, so that a stale copy elsewhere stays silent. */
function createCartReader(sink: CartSink): () => void {
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
    const itemId = textOf(row, ITEM);
    const line = { itemId, quantity: 1, ...amountsOf(row) };
    return itemId && line.quantity > 0 ? [line] : [];
  });
}

function markedIds(): string[] {
  const elements = [...document.querySelectorAll(`[${ADD}],[${ITEM}],[${PRODUCT}]`)];
  return elements.flatMap((element) => [ADD, ITEM, PRODUCT].flatMap((name) => textOf(element, name) || []));
}

function textOf(element: Element | null, attribute: string): string {
  return element?.getAttribute(attribute)?.trim() ?? '';
}

/** Reads quantity and price, as far as they are said. */
function amountsOf(element: Element): { readonly quantity?: number; readonly price?: number } {
  const quantity = numberOf(element, QUANTITY);
  const price = numberOf(element, PRICE);
  return { ...(quantity !== undefined && { quantity }), ...(price !== undefined && { price }) };
}

function numberOf(element: Element, attribute: string): number | undefined {
  const text = textOf(element, attribute);
  const value = Number(text);
  return text && value >= 0 && value < 1e9 ? value : undefined;
}
