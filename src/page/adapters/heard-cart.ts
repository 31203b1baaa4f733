import type { Ga4Item } from './ga4-messages.js';

/** The cart as one data layer told of it. */
export interface HeardCart {
  /** Takes over the whole cart. */
  show(items: readonly Ga4Item[]): void;
  add(item: Ga4Item): void;
  /** What a remove event that lists these items took away; units where not the whole line went. */
  remove(items: readonly Ga4Item[]): Removed[];
}

interface Removed {
  readonly item: Ga4Item;
  /** absent: all of the line */
  readonly quantity?: number;
}

interface Line {
  readonly item: Ga4Item;
  readonly units: number;
}
type Lines = Map<string, Line>;

/**
 * Creates the memory that tells what was removed where a shop's event lists more than that: some send the whole cart as it was before,
 * some what is left of it. One item is taken at its word, and so are several, unless they are the known cart or all of it but one change.
 * The cart as it was does not say which item went: nothing is told until the next list or cart shows it.
 *
 * @see https://github.com/ruturajjadeja/GA4-Shopify-DataLayer/issues/1
 */
export function createHeardCart(): HeardCart {
  let lines: Lines = new Map();
  let isWhole = false;
  /** what this shop's remove events were found to list */
  let habit: 'cart-before' | 'cart-after' | undefined;

  const goneSince = (listed: Lines): Removed[] =>
    [...lines.values()].flatMap(({ item, units }) => {
      const quantity = units - (listed.get(item.itemId)?.units ?? 0);
      return quantity > 0 ? [{ item, quantity }] : [];
    });
  /** Says what was removed of a cart that is known and holds all that is listed. */
  const removedBy = (listed: Lines): Removed[] => {
    const atItsWord = [...listed.values()].map(({ item }) => ({ item, ...(item.quantity && { quantity: item.quantity }) }));
    const gone = goneSince(listed);
    if (listed.size > 1) {
      if (gone.length === 1) habit ??= 'cart-after';
      if (!gone.length) habit = 'cart-before';
      return gone.length < 2 || habit ? gone : atItsWord;
    }
    if (!habit || (habit === 'cart-after' && !gone.length)) return atItsWord;
    // The only item of the cart as it was before is the one that goes.
    return habit === 'cart-before' ? [...gone, ...atItsWord] : gone;
  };
  return {
    show(items) {
      lines = toLines(items);
      isWhole = true;
    },
    add(item) {
      const held = lines.get(item.itemId)?.units ?? 0;
      lines.set(item.itemId, { item, units: held + (item.quantity ?? 1) });
    },
    remove(items) {
      const listed = toLines(items, lines);
      const isPart = isWhole && [...listed].every(([itemId, { units }]) => units <= (lines.get(itemId)?.units ?? 0));
      if (listed.size > 1 && !isPart) {
        // A cart that was not known until now, or what it was: which of it went is not said.
        lines = listed;
        isWhole = true;
        return [];
      }
      const removed = isPart
        ? removedBy(listed)
        : items.map((item) => ({ item, ...(item.quantity && { quantity: item.quantity }) }));
      for (const { item, quantity } of removed) {
        const left = (lines.get(item.itemId)?.units ?? 0) - (quantity ?? Number.POSITIVE_INFINITY);
        if (left > 0) lines.set(item.itemId, { item, units: left });
        else lines.delete(item.itemId);
      }
      return removed;
    },
  };
}

/** @param known whose units a line has that does not say its own */
function toLines(items: readonly Ga4Item[], known?: Lines): Lines {
  const lines: Lines = new Map();
  for (const item of items) {
    const units = item.quantity ?? known?.get(item.itemId)?.units ?? 1;
    lines.set(item.itemId, { item, units: units + (lines.get(item.itemId)?.units ?? 0) });
  }
  return lines;
}
