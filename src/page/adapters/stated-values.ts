// How a stranger's nested values are read: nothing is believed, nothing recursed into, and only the keys that are asked for are touched.
import type { ItemFacts } from '../../core/domain/item.js';

/** The longest id an event may carry, characters. */
const MAX_ID = 128;
/** What a card can show, characters. */
const MAX_TEXT = 300;
export const MAX_URL = 2_048;

/** An object of unknown fields. */
export type Node = Readonly<Record<string, unknown>>;

/** A value, or the values of an array, as far as they are objects. */
export function nodesOf(value: unknown): Node[] {
  return [value].flat().filter((node): node is Node => typeof node === 'object' && node !== null && !Array.isArray(node));
}

/** A text or number, or the first of an array, cut to a length a card can show. */
export function textOf(value: unknown, maxLength = MAX_TEXT): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first !== 'string' && typeof first !== 'number') return undefined;
  return String(first).slice(0, maxLength).trim() || undefined;
}

/** The distinct ids among the values, in their order. */
export function idsOf(values: readonly unknown[]): string[] {
  return [...new Set(values.flatMap((value) => textOf(value, MAX_ID) ?? []))];
}

/** The same facts under every id, without what is not known. */
export function factsUnder(
  itemIds: readonly string[],
  facts: { readonly [Key in keyof ItemFacts]?: ItemFacts[Key] | undefined },
): ItemFacts[] {
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return itemIds.map((itemId) => ({ ...known, itemId }));
}
