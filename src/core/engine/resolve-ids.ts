import type { ItemIndex } from '../features/item-index.js';
import { rowsOf } from './kinship.js';

/**
 * Names items as the catalogue does: for each group of ids of one item the item that most of them mean; null where none is known. Of as many, the last
 * wins: a platform's own number, which comes first, may be some other item's SKU. A product's id, which stands for the first of its variants, speaks for
 * the variant that is named beside it.
 */
export function resolveIds(groups: readonly (readonly string[])[], index?: ItemIndex): (string | null)[] {
  return groups.map((ids) => {
    const rows = index ? rowsOf(ids, index) : [];
    const votes = (row: number): number => rows.filter((other) => other === row || other === index?.familyOf(row)).length;
    // Of no rows the last is none, whose id is empty.
    return index?.itemIdOf(rows.sort((a, b) => votes(a) - votes(b)).pop() as number) || null;
  });
}
