import type { CartLine } from '../../core/domain/cart.js';
import type { CartMutation } from '../adapters/platform-source.js';
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
  /** Applies a change the shopper just made, before the shop shows it; any other event changes nothing. */
  apply(mutation: CartMutation): void;
  /** Compares what the shop shows; `onDiffer` is called when it is news, with one line an item. */
  show(lines: readonly CartLine[]): void;
  /** units known of an item; NaN before the first seed */
  quantityOf(itemId: string): number;
  readonly stop: () => void;
}

type Cart = ReadonlyMap<string, CartLine>;

/** Creates the page's knowledge of the cart; until it is seeded, what the shop shows is held back. */
export function createKnownCart(context: CaptureContext, onDiffer: (lines: readonly CartLine[]) => void): KnownCart {
  const scope = openScope(context);
  let known: Cart | undefined;
  let shown: Cart | undefined;
  /** the cart before the changes that the shop has not shown yet, and until when it may still show it */
  let before: Cart | undefined;
  let untilMs = 0;
  let isFirst = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const compare = scope.guard(() => {
    clearTimeout(timer);
    if (!known || !shown) return;
    if (isFirst && !shown.size && !before) {
      before = shown;
      untilMs = context.now() + EMPTY_MS;
    }
    isFirst = false;
    const differs = !isSame(shown, known);
    const waitMs = before && isBetween(shown, before, known) ? untilMs - context.now() : 0;
    if (differs && waitMs > 0) {
      timer = setTimeout(compare, waitMs);
      return;
    }
    known = shown;
    before = shown = undefined;
    if (differs) onDiffer([...known.values()]);
  });
  scope.onStop(() => clearTimeout(timer));
  return {
    seed(lines) {
      known = toCart(lines);
      compare();
    },
    apply(mutation) {
      // What the shop showed before the change is old by now.
      if (!known) shown &&= changed(shown, mutation) ?? shown;
      const next = known && changed(known, mutation);
      if (!next) return;
      before ??= known;
      untilMs = context.now() + UNSETTLED_MS;
      known = next;
      compare();
    },
    show(lines) {
      shown = toCart(lines);
      compare();
    },
    quantityOf: (itemId) => (known ? unitsOf(known, itemId) : Number.NaN),
    stop: scope.stop,
  };
}

function toCart(lines: readonly CartLine[]): Cart {
  const cart = new Map<string, CartLine>();
  for (const line of lines) cart.set(line.itemId, { ...line, quantity: line.quantity + unitsOf(cart, line.itemId) });
  return cart;
}

function unitsOf(cart: Cart, itemId: string): number {
  return cart.get(itemId)?.quantity ?? 0;
}

/** The cart after a mutation; nothing for any other event. */
function changed(cart: Cart, mutation: CartMutation): Cart | undefined {
  const { type, itemId, quantity, price } = mutation;
  const held = unitsOf(cart, itemId);
  const units: Readonly<Record<string, number>> = {
    add_to_cart: held + (quantity ?? 1),
    remove_from_cart: held - (quantity ?? held),
    update_cart: quantity ?? held,
  };
  const next = units[type];
  if (next === undefined) return undefined;
  const result = new Map(cart);
  result.delete(itemId);
  if (next > 0) result.set(itemId, { ...cart.get(itemId), itemId, quantity: next, ...(price !== undefined && { price }) });
  return result;
}

function isSame(a: Cart, b: Cart): boolean {
  const isSameLine = ({ itemId, quantity, price }: CartLine) => {
    const other = b.get(itemId);
    return other?.quantity === quantity && (price ?? other.price) === (other.price ?? price);
  };
  return a.size === b.size && [...a.values()].every(isSameLine);
}

/** Whether a cart can be one that is on its way from `from` to `to`. */
function isBetween(cart: Cart, from: Cart, to: Cart): boolean {
  return [...cart.keys(), ...from.keys(), ...to.keys()].every((itemId) => {
    const units = unitsOf(cart, itemId);
    return (units - unitsOf(from, itemId)) * (units - unitsOf(to, itemId)) <= 0;
  });
}
