import type { ItemIndex } from '../features/item-index.js';
import { type Diagnostic, TillsideError, toDiagnostic } from '../errors.js';

/** Fewer ids than this say nothing about a page. */
const MIN_IDS = 3;

/** Tells that a page and a bundle speak of different ids: fewer than half of the page's are known. */
export function checkIds(pageItemIds: readonly string[], index: ItemIndex): Diagnostic | undefined {
  const ids = [...new Set(pageItemIds)];
  const unknown = ids.filter((itemId) => !index.rowOf(itemId));
  if (ids.length < MIN_IDS || unknown.length * 2 <= ids.length) return undefined;
  const known = [1, 2, 3].map(index.itemIdOf).filter(Boolean);
  const message =
    `The bundle knows ${ids.length - unknown.length} of the ${ids.length} item ids on this page: the page says ${quote(unknown)}, ` +
    `the bundle says ${quote(known)}. Retrain with the page's ids as item_id, or give them as sku, variant_of or gtin in the catalogue.`;
  return toDiagnostic(new TillsideError('id-mismatch', message), 'id-mismatch');
}

function quote(ids: readonly string[]): string {
  return ids
    .slice(0, 3)
    .map((itemId) => `"${itemId}"`)
    .join(', ');
}
