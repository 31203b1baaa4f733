import { hashOf } from './hash.mjs';

const OUT_OF_STOCK_SHARE = 0.02;
const SEED = 'stock-1';

/**
 * Tells whether the shop has run out of an item: a seeded 2 % have, the same ones in every build. The data knows no stock.
 *
 * @param {string} itemId
 */
export function isOutOfStock(itemId) {
  return hashOf(`${SEED}:${itemId}`) / 2 ** 32 < OUT_OF_STOCK_SHARE;
}
