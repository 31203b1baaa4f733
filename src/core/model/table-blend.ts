import type { ItemIndex } from '../features/item-index.js';

/**
 * What the tables say of a candidate: co-purchase with the cart, with what was touched last and with own purchases, whether it was seen in
 * this session (1 / its place), and bought before.
 */
export const TABLE_PARTS = 5;

/** A weight for each of the parts. */
export type TableBlend = readonly number[];

/** Of a bundle that does not carry its own. */
export const DEFAULT_BLEND: TableBlend = [1, 0.6, 0.3, 0.3, 1];

/** Popularity only breaks the tables' ties. */
const POPULARITY_SHARE = 1e-4;

/** Adds up the parts, weighted; 0 where no table knows the item. @param parts `[rows, TABLE_PARTS]` */
export function blendParts(
  parts: Float32Array,
  rows: Int32Array,
  { blend, index }: { blend: TableBlend; index: ItemIndex },
): Float32Array {
  return Float32Array.from(rows, (row, i) => {
    let score = 0;
    for (let part = 0; part < TABLE_PARTS; part++) score += (blend[part] ?? 0) * (parts[i * TABLE_PARTS + part] as number);
    return score > 0 ? score + POPULARITY_SHARE * index.popularityOf(row) : 0;
  });
}
