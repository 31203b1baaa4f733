import type { CartLine } from '../../core/domain/cart.js';
import type { CartMutation } from '../adapters/adapter.js';
import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

/** A shop has shown an added item by then; until then its cart may still show what was before. */
const UNSETTLED_MS = 5_000;
/** A cart that a script fills is empty at first; one that loads for longer says `aria-busy`. */
const EMPTY_MS = 1_000;

/** The cart as this page knows it, so that a click and the cart that shows it count once. */
export interface KnownCart {
  /** Takes over the engine's cart: at its start and with every receipt. */
  seed(lines: readonly CartLine[]): void;
  /** Applies a change the shopper just made, before the shop shows it. */
  apply(mutation: CartMutation): void;
  /** Compares what the shop shows; `onDiffer` is called when it is news, with one line an item. */
  show(lines: readonly CartLine[]): void;
  /** units known of an item; undefined before the first seed */
  quantityOf(itemId: string): number | undefined;
  readonly stop: () => void;
}

type Cart = ReadonlyMap<string, CartLine>;

/** Creates the page's knowledge of the cart; until it is seeded, what the shop shows is held back. */
export function createKnownCart(context: CaptureContext, onDiffer: (lines: readonly CartLine[]) => void): KnownCart {
  const { window, now } = context;
  const scope = openScope(context);
  let known: Cart | undefined;
  /** the cart before the changes that the shop has not shown yet, and until when it may still show it */
  let unsettled: { readonly before: Cart; readonly untilMs: number } | undefined;
  let shown: readonly CartLine[] | undefined;
  let isFirst = true;
  let timer: number | undefined;

  const compare = scope.guard(() => {
    window.clearTimeout(timer);
    if (!known || !shown) return;
    const cart = toCart(shown);
    if (isFirst && !cart.size && known.size) unsettled ??= { before: cart, untilMs: now() + EMPTY_MS };
    isFirst = false;
    const waitMs = unsettled && isBetween(cart, unsettled.before, known) ? unsettled.untilMs - now() : 0;
    const differs = !isSame(cart, known);
    if (differs && waitMs > 0) {
      timer = window.setTimeout(compare, waitMs);
      return;
    }
    known = cart;
    unsettled = shown = undefined;
    if (differs) onDiffer([...cart.values()]);
  });
  scope.onStop(() => window.clearTimeout(timer));
  return {
    seed(lines) {
      known = toCart(lines);
      compare();
    },
    apply(mutation) {
      if (!known) return;
      unsettled = { before: unsettled?.before ?? known, untilMs: now() + UNSETTLED_MS };
      known = changed(known, mutation);
      compare();
    },
    show(lines) {
      shown = lines;
      compare();
    },
    quantityOf: (itemId) => known && (known.get(itemId)?.quantity ?? 0),
    stop: scope.stop,
  };
}

function toCart(lines: readonly CartLine[]): Cart {
  const cart = new Map<string, CartLine>();
  for (const line of lines) {
    const quantity = line.quantity + (cart.get(line.itemId)?.quantity ?? 0);
    cart.set(line.itemId, { ...line, quantity });
  }
  return cart;
}

function changed(cart: Cart, { type, itemId, quantity, price }: CartMutation): Cart {
  const held = cart.get(itemId)?.quantity ?? 0;
  const next = {
    add_to_cart: held + (quantity ?? 1),
    remove_from_cart: held - (quantity ?? held),
    update_cart: quantity ?? held,
  }[type];
  const result = new Map(cart);
  if (next > 0) result.set(itemId, { ...cart.get(itemId), itemId, quantity: next, ...(price !== undefined && { price }) });
  else result.delete(itemId);
  return result;
}

function isSame(a: Cart, b: Cart): boolean {
  const isSameLine = (line: CartLine) => {
    const other = b.get(line.itemId);
    const isSamePrice = line.price === undefined || other?.price === undefined || line.price === other.price;
    return other?.quantity === line.quantity && isSamePrice;
  };
  return a.size === b.size && [...a.values()].every(isSameLine);
}

/** Whether a cart can be one that is on its way from `from` to `to`. */
function isBetween(cart: Cart, from: Cart, to: Cart): boolean {
  const units = (of: Cart, itemId: string) => of.get(itemId)?.quantity ?? 0;
  return [...cart.keys(), ...from.keys(), ...to.keys()].every((itemId) => {
    const [a, b, at] = [units(from, itemId), units(to, itemId), units(cart, itemId)];
    return at >= Math.min(a, b) && at <= Math.max(a, b);
  });
}
