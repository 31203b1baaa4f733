import { type AdobeCart, type AdobeLine, changesBetween } from './adobe-contexts.js';
import type { PlatformSink } from './platform-source.js';

export type CartEvent = 'add-to-cart' | 'remove-from-cart' | 'update-cart';

/** Creates the memory of the cart as the sink knows it of this layer, and of the one that waits to be told. */
export function createToldCart(sink: PlatformSink) {
  let told: Map<string, AdobeLine> | undefined;
  let expected: AdobeCart | undefined;
  /** what the last cart changed without an event: that may come late, and is not told again */
  let unnamed = new Set<string>();

  const settle = (cart = expected) => {
    if (!cart) return;
    unnamed = new Set(told && changesBetween(told, cart).map(({ itemId }) => itemId));
    told = new Map(cart);
    expected = undefined;
    sink.snapshot([...told.values()].map(toCartLine));
  };
  const mutate = (event: CartEvent, line: AdobeLine) => {
    const { itemId, aliases = [], quantity, price } = line;
    const [type, left] = changeOf(event, quantity, told?.get(itemId)?.quantity ?? 0);
    if (left > 0) told?.set(itemId, { ...line, quantity: left });
    else told?.delete(itemId);
    sink.mutation({ type, itemId, aliases, quantity, ...(price !== undefined && { price }) });
  };
  /** Whether the waiting cart holds the change by now; some shops set it before. */
  const isAfter = (event: CartEvent, stated: readonly AdobeLine[]): boolean => {
    if (!expected) return false;
    if (told) return changesBetween(told, expected).length > 0;
    const held = expected;
    return event !== 'add-to-cart' || stated.every(({ itemId, quantity }) => (held.get(itemId)?.quantity ?? 0) >= quantity);
  };
  return {
    /** Tells the cart that waits, or this one. */
    settle,
    /** Waits with a cart; one that waits already, with none told before, is what it changed from. */
    expect(cart: AdobeCart): void {
      if (!told) settle();
      expected = cart;
    },
    /** Tells a change: the difference of the carts, and what the event states only where there is none. */
    change(event: CartEvent, stated: readonly AdobeLine[]): void {
      if (!isAfter(event, stated)) settle();
      if (told && expected) {
        for (const line of changesBetween(told, expected)) {
          mutate(line.quantity > 0 ? 'add-to-cart' : 'remove-from-cart', { ...line, quantity: Math.abs(line.quantity) });
        }
      } else for (const line of stated) if (!unnamed.delete(line.itemId)) mutate(event, line);
      settle();
    },
    close(): void {
      told = new Map();
      expected = undefined;
    },
  };
}

/** What an event is called here, and the units it leaves of those held. */
function changeOf(event: CartEvent, quantity: number, held: number) {
  if (event === 'add-to-cart') return ['add_to_cart', held + quantity] as const;
  return event === 'update-cart' ? (['update_cart', quantity] as const) : (['remove_from_cart', held - quantity] as const);
}

export function toCartLine({ facts: _, ...line }: AdobeLine) {
  return line;
}
