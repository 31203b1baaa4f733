import type { ItemIndex } from '../../src/core/features/item-index.js';

export interface IndexedItem {
  readonly itemId: string;
  readonly category?: number;
  readonly brand?: number;
  readonly price?: number;
  readonly band?: number;
  readonly variantOf?: string;
  readonly group?: number;
  readonly alias?: string;
}

/** An index over hand-made items; row i + 1 is the i-th. */
export function anItemIndex(items: readonly IndexedItem[]): ItemIndex {
  const rows = new Map<string, number>();
  items.forEach((item, i) => {
    rows.set(item.itemId, i + 1);
    if (item.alias) rows.set(item.alias, i + 1);
  });
  const of = (row: number): IndexedItem | undefined => items[row - 1];
  return {
    count: items.length,
    rowOf: (itemId) => rows.get(itemId) ?? 0,
    itemIdOf: (row) => of(row)?.itemId ?? '',
    categoryOf: (row) => of(row)?.category ?? 0,
    brandOf: (row) => of(row)?.brand ?? 0,
    priceOf: (row) => of(row)?.price ?? Number.NaN,
    priceBandOf: (row) => of(row)?.band ?? 0,
    popularityOf: (row) => (row > 0 ? 1 - (row - 1) / items.length : 0),
    boostOf: () => 0,
    isAvailable: () => true,
    familyOf: (row) => rows.get(of(row)?.variantOf ?? '') ?? row,
    groupOf: (row) => of(row)?.group ?? row,
  };
}
