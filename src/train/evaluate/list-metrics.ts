import type { ItemLikeness } from './item-likeness.js';

/** Share of the suggestions that are near-duplicates of a shown item. @param lists top k a query @param shown a query's shown items */
export function nearDuplicates(
  lists: readonly (readonly string[])[],
  shown: readonly (readonly string[])[],
  isNear: (a: string, b: string) => boolean,
): number {
  const repeats = (itemId: string, i: number) => (shown[i] ?? []).some((other) => isNear(itemId, other));
  return meanOf(lists, (list, i) => list.map((itemId) => (repeats(itemId, i) ? 1 : 0)));
}

/** Mean difference of two suggestions on one slate: 1 when their titles share no word. @see Ziegler et al. 2005, https://doi.org/10.1145/1060745.1060754 */
export function diversity(lists: readonly (readonly string[])[], { titleLikeness }: ItemLikeness): number {
  return meanOf(lists, (list) => list.flatMap((a, i) => list.slice(i + 1).map((b) => 1 - titleLikeness(a, b))));
}

/** Share of the exposures that go to each group, largest first; `other` holds those of no group. */
export function exposureShares(
  lists: readonly (readonly string[])[],
  groupOf: (itemId: string) => string | undefined,
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  let total = 0;
  for (const list of lists) {
    for (const itemId of list) {
      const group = groupOf(itemId) ?? 'other';
      counts.set(group, (counts.get(group) ?? 0) + 1);
      total++;
    }
  }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a).map(([group, count]) => [group, count / total]));
}

/** Share of the exposures by popularity of the item: `[10]`, the tenth of the catalogue that sells least first. */
export function exposureByPopularity(
  lists: readonly (readonly string[])[],
  popularityOf: (itemId: string) => number,
): readonly number[] {
  const tenthOf = (itemId: string) => String(Math.min(9, Math.floor(popularityOf(itemId) * 10)));
  const shares = exposureShares(lists, tenthOf);
  return Array.from({ length: 10 }, (_, tenth) => shares[tenth] ?? 0);
}

function meanOf(lists: readonly (readonly string[])[], valuesOf: (list: readonly string[], i: number) => number[]): number {
  const values = lists.flatMap((list, i) => valuesOf(list, i));
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
