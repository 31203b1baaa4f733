import { hashOf } from './hash.mjs';

const OUT_OF_STOCK_SHARE = 0.02;
const SEED = 'stock-1';

/**
 * Returns the items that the shop has run out of: a seeded 2 %, the same ones in every build. The data knows no stock.
 *
 * @param {string[]} itemIds
 * @returns {Set<string>}
 */
export function pickOutOfStock(itemIds) {
  const shuffled = [...itemIds].sort((a, b) => hashOf(`${SEED}:${a}`) - hashOf(`${SEED}:${b}`));
  return new Set(shuffled.slice(0, Math.round(itemIds.length * OUT_OF_STOCK_SHARE)));
}
