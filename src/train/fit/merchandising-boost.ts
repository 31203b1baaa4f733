import type { CatalogRow } from '../event-log.js';

/** Fewer margins than this say nothing about a third of the catalogue. */
const MIN_MARGINS = 3;

/** The boost of each item with a margin: −1 in the lower third, 1 in the upper third, else 0. Margins themselves go no further. */
export function merchandisingBoosts(catalog: readonly CatalogRow[]): ReadonlyMap<string, -1 | 0 | 1> {
  const margins = catalog.flatMap(({ margin }) => (margin === undefined ? [] : [margin])).sort((a, b) => a - b);
  const boosts = new Map<string, -1 | 0 | 1>();
  if (margins.length < MIN_MARGINS) return boosts;
  const low = margins[Math.floor(margins.length / 3)] as number;
  const high = margins[Math.floor((2 * margins.length) / 3)] as number;
  for (const { itemId, margin } of catalog) {
    if (margin === undefined) continue;
    if (margin < low) boosts.set(itemId, -1);
    else boosts.set(itemId, margin > high || (margin === high && high > low) ? 1 : 0);
  }
  return boosts;
}
