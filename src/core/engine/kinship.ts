import type { ItemFacts } from '../domain/item.js';
import type { Relation } from '../domain/slate.js';
import type { ItemIndex } from '../features/item-index.js';
import type { RankCandidate } from '../rank/candidate.js';

/** A better one of the same kind costs this many times as much, no less and no more. */
const UPGRADE_PRICE = [1.1, 2.5] as const;

/** Creates the function that tells whether a row is a variant of, or named nearly the same as, one of these items. */
export function createKinship(itemIds: readonly string[], index: ItemIndex): (row: number) => RankCandidate['kin'] {
  const rows = rowsOf(itemIds, index);
  const families = new Set(rows.map(index.familyOf));
  const groups = new Set(rows.map(index.groupOf).filter(Boolean));
  return (row) => (families.has(index.familyOf(row)) ? 'variant' : groups.has(index.groupOf(row)) ? 'similar' : undefined);
}

/** Creates the function that tells what an item is to these ones. Prices are compared within one currency only. */
export function relationTo(
  itemIds: readonly string[],
  index: ItemIndex,
  factsOf: (row: number) => ItemFacts,
): (row: number, item: ItemFacts) => Relation {
  const subjects = rowsOf(itemIds, index).map((row) => ({
    facts: factsOf(row),
    kinOf: createKinship([index.itemIdOf(row)], index),
  }));
  return (row, { price = Number.NaN, currency }) => {
    const kin = subjects.filter(({ kinOf }) => kinOf(row));
    const isBetter = kin.some(({ facts }) => {
      const ratio = price / (facts.price ?? Number.NaN);
      return facts.currency === currency && ratio >= UPGRADE_PRICE[0] && ratio <= UPGRADE_PRICE[1];
    });
    return isBetter ? 'upgrade' : kin.length > 0 ? 'similar' : 'complement';
  };
}

function rowsOf(itemIds: readonly string[], index: ItemIndex): number[] {
  return itemIds.map(index.rowOf).filter(Boolean);
}
