import { TillsideError } from '../errors.js';
import type { ItemIndex } from '../features/item-index.js';
import type { ItemColumns } from './item-facts.js';
import type { Vocabulary } from './vocabulary.js';

const BANDS = 10;

/**
 * Joins a bundle's vocabulary and item facts into the index that features read.
 *
 * @throws {TillsideError} `model-invalid` when the two differ in length
 */
export function createItemIndex(vocabulary: Vocabulary, columns: ItemColumns): ItemIndex {
  const { itemIds } = vocabulary;
  const { count, price, category, brand, popularity, boost, available, family, group } = columns;
  if (itemIds.length !== count) {
    const message = `The vocabulary has ${itemIds.length} items, the item facts ${count}. Train the bundle again.`;
    throw new TillsideError('model-invalid', message);
  }
  let bands: Uint8Array | undefined; // of use to a model only
  return {
    count,
    rowOf: vocabulary.rowOf,
    itemIdOf: (row) => itemIds[row - 1] ?? '',
    categoryOf: (row) => category[row] ?? 0,
    brandOf: (row) => brand[row] ?? 0,
    priceOf: (row) => price[row] ?? Number.NaN,
    priceBandOf(row) {
      bands ??= priceBands(price);
      return bands[row] ?? 0;
    },
    popularityOf: (row) => (popularity[row] ?? 0) / 255,
    boostOf: (row) => boost[row] ?? 0,
    isAvailable: (row) => available[row] === 1,
    familyOf: (row) => family[row] ?? row,
    groupOf: (row) => group[row] ?? row,
  };
}

/** Decile of every known price, 1–10, equal prices in the same one; 0 when unknown. `[rows]` */
function priceBands(price: Float32Array): Uint8Array {
  const bands = new Uint8Array(price.length);
  const sorted = price.filter((value) => !Number.isNaN(value)).sort();
  // upper limit of each of the first nine bands; the tenth is open
  const limits = Array.from({ length: BANDS - 1 }, (_, i) => sorted[Math.ceil(((i + 1) * sorted.length) / BANDS) - 1] as number);
  for (let row = 0; row < price.length; row++) {
    const value = price[row] as number;
    if (Number.isNaN(value)) continue;
    const band = limits.findIndex((limit) => value <= limit);
    bands[row] = band < 0 ? BANDS : band + 1;
  }
  return bands;
}
