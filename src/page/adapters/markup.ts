// In: clicks on marked buttons and the marked cart's rows. Out: mutations and cart snapshots. Page thread.
import type { CartLine } from '../../core/domain/cart.js';
import type { CaptureContext } from '../capture/capture-context.js';
import { elementsWith, textOf } from '../capture/marks.js';
import { openScope } from '../capture/open-scope.js';
import { PAGE_ITEM_ATTRIBUTE } from '../capture/page-item-finder.js';
import { watchMutations } from '../capture/watch-mutations.js';
import type { AddOrder, CartAction, PlatformSink, PlatformSource } from './platform-source.js';

const ADD = 'data-tillside-add';
const REMOVE = 'data-tillside-remove';
const CART = 'data-tillside-cart';
const ITEM = 'data-tillside-item';
const QUANTITY = 'data-tillside-quantity';
const PRICE = 'data-tillside-price';
const AMOUNTS = [
  ['quantity', QUANTITY],
  ['price', PRICE],
] as const;

/** What a shop gets with the `tillside:add` and `tillside:remove` events: it does so and answers. */
export interface AddRequest {
  readonly itemId: string;
  readonly quantity: number;
  /** The item counts as added, or removed, once this is fulfilled. `canRemove`: the page answers `tillside:remove` too, so that an add can be undone. */
  respondWith(answer: Promise<unknown>, options?: { readonly canRemove?: boolean }): void;
}

export interface MarkupSource extends PlatformSource {
  readonly ask: typeof ask;
}

/**
 * Reads the plain HTML contract: `data-tillside-add`, `-remove` buttons and the rows of `data-tillside-cart`.
 * A cart with `aria-busy="true"` is not read until that is over.
 */
export function createMarkupSource(context: CaptureContext): MarkupSource {
  return {
    ask,
    start(sink) {
      const scope = openScope(context);
      const readCarts = createCartReader(sink);
      const read = () => {
        readCarts();
        sink.products([], markedIds());
      };
      scope.listen(window, 'click', (event) => onClick(event, sink));
      scope.onStop(watchMutations(context, [CART, ITEM, QUANTITY, PRICE, ADD, 'aria-busy'], read));
      read();
      return scope.stop;
    },
  };
}

/**
 * Asks the shop by a `tillside:add` or `tillside:remove` event; one that answers at once may prevent its default instead.
 *
 * @returns fulfilled with whether the shop says that it can take back what it added; nothing: nobody answered
 */
export function ask(action: CartAction, order: AddOrder, from: EventTarget = document): Promise<boolean> | undefined {
  const { itemId, quantity } = order;
  let answer: Promise<boolean> | undefined;
  const detail: AddRequest = {
    itemId,
    quantity,
    respondWith(promise, options) {
      answer = Promise.resolve(promise).then(() => !!options?.canRemove);
    },
  };
  const event = new CustomEvent(`tillside:${action}`, { detail, bubbles: true, cancelable: true, composed: true });
  return from.dispatchEvent(event) ? answer : (answer ?? Promise.resolve(false));
}

function onClick(event: Event, sink: PlatformSink): void {
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
function createCartReader(sink: PlatformSink): () => void {
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
  return elementsWith(ITEM, cart)
    .map((row) => ({ itemId: textOf(row, ITEM), quantity: 1, ...amountsOf(row) }))
    .filter(({ itemId, quantity }) => itemId && quantity);
}

function markedIds(): string[] {
  return [ADD, ITEM, PAGE_ITEM_ATTRIBUTE].flatMap((name) => elementsWith(name).flatMap((element) => textOf(element, name) || []));
}

/** Reads quantity and price, as far as they are said. */
function amountsOf(element: Element): { quantity?: number; price?: number } {
  const amounts: ReturnType<typeof amountsOf> = {};
  for (const [name, attribute] of AMOUNTS) {
    const text = textOf(element, attribute);
    const value = Number(text);
    if (text && value >= 0 && value < 1e9) amounts[name] = value;
  }
  return amounts;
}
