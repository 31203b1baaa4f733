import type { ItemIndex } from '../features/item-index.js';

/**
 * Names items as the catalogue does: for each group of ids of one item the item that most of them mean; null where none is known. Of as many, the last
 * wins: a platform's own number, which comes first, may be some other item's SKU. A product's id, which stands for the first of its variants, never
 * beats the id of a variant.
 */
export function resolveIds(groups: readonly (readonly string[])[], index?: ItemIndex): (string | null)[] {
  return groups.map((ids) => {
    const rows = ids.flatMap((itemId) => index?.rowOf(itemId) || []);
    const votes = (row: number): number => rows.filter((other) => other === row).length;
    const best = rows.reduce(
      (winner, row) => (votes(row) >= votes(winner) + +(row === index?.familyOf(winner)) ? row : winner),
      0,
    );
    return best && index ? index.itemIdOf(best) : null;
  });
}
