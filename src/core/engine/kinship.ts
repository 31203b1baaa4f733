import type { ItemFacts } from '../domain/item.js';
import type { Relation } from '../domain/slate.js';
import type { ItemIndex } from '../features/item-index.js';
import type { RankCandidate } from '../rank/candidate.js';

/** A better one of the same kind costs this many times as much, no less and no more. */
const LEAST_UPGRADE = 1.1;
const MOST_UPGRADE = 2.5;

/** The rows of the items that are known. */
export function rowsOf(itemIds: Iterable<string>, index: ItemIndex): number[] {
  return Array.from(itemIds, index.rowOf).filter(Boolean);
}

/** Tells whether a row is a variant of, or named nearly the same as, one of these known rows. */
export function kinOf(row: number, others: readonly number[], { familyOf, groupOf }: ItemIndex): RankCandidate['kin'] {
  const isShared = (labelOf: (row: number) => number): boolean => others.some((other) => labelOf(other) === labelOf(row));
  return isShared(familyOf) ? 'variant' : isShared(groupOf) ? 'similar' : undefined;
}

/** Tells what an item is to its kin. Prices are compared within one currency only. */
export function relationTo(kin: readonly ItemFacts[], { price, currency }: ItemFacts): Relation {
  const isBetterThan = (other: ItemFacts): boolean => {
    const ratio = (price as number) / (other.price as number); // NaN where one is unknown
    return other.currency === currency && ratio >= LEAST_UPGRADE && ratio <= MOST_UPGRADE;
  };
  return kin.some(isBetterThan) ? 'upgrade' : kin[0] ? 'similar' : 'complement';
}
