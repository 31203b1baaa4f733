/** What features need to know of the catalogue, by row. Row 0 is padding and every unknown item. */
export interface ItemIndex {
  /** known items; rows are 1…count, ordered by popularity (row 1 is the most popular) */
  readonly count: number;
  /** accepts an item id or any alias (sku, variant, gtin); 0 when unknown */
  rowOf(itemId: string): number;
  itemIdOf(row: number): string;
  /** 1-based category number, 0 when none */
  categoryOf(row: number): number;
  /** 1-based brand number, 0 when none */
  brandOf(row: number): number;
  /** major units, NaN when unknown */
  priceOf(row: number): number;
  /** decile of the catalogue's prices 1–10, 0 when unknown */
  priceBandOf(row: number): number;
  /** 0–1, 1 = the most popular (rank bucket / 255) */
  popularityOf(row: number): number;
  /** −1, 0 or 1 */
  boostOf(row: number): number;
  isAvailable(row: number): boolean;
  /** the row of the item of which this is a variant, itself when it is none */
  familyOf(row: number): number;
  /** a label shared by items whose titles name nearly the same; items alone have one of their own. Never a name of the item */
  groupOf(row: number): number;
}
