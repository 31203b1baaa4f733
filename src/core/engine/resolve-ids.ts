import { canonicalId } from '../features/canonical-ids.js';
import type { ItemIndex } from '../features/item-index.js';

/** Names items as the catalogue does: of each group of ids of one item the first that is known, in its own spelling; else null. */
export function resolveIds(groups: readonly (readonly string[])[], index?: ItemIndex): (string | null)[] {
  return groups.map((ids) => {
    const known = ids.find((itemId) => index?.rowOf(itemId));
    return known && index ? canonicalId(known, index) : null;
  });
}
