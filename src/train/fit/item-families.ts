import type { CatalogRow } from '../event-log.js';

/** Variants of variants are followed this far; a circle ends here. */
const MAX_DEPTH = 8;

/** Which rows are variants of one item, and by which other names a row goes. */
export interface ItemFamilies {
  /** row of the item of which a row is a variant, its own when it is none; variants of an item not sold itself share the first of them */
  familyOf(row: number): number;
  /** sku, gtin or product → row; a name of two rows is left out */
  readonly aliases: ReadonlyMap<string, number>;
}

/** @param rowOfId rows by item id @param itemIds row i + 1 is itemIds[i] */
export function toItemFamilies(
  catalog: readonly CatalogRow[],
  itemIds: readonly string[],
  rowOfId: ReadonlyMap<string, number>,
): ItemFamilies {
  const parents = new Map(
    catalog.flatMap(({ itemId, variantOf }) => (variantOf === undefined || variantOf === itemId ? [] : [[itemId, variantOf]])),
  );
  const rootOf = (itemId: string): string => {
    let root = itemId;
    for (let depth = 0; depth < MAX_DEPTH; depth++) root = parents.get(root) ?? root;
    return root;
  };
  const rowOfRoot = new Map(rowOfId);
  for (const itemId of itemIds) {
    const root = rootOf(itemId);
    if (!rowOfRoot.has(root)) rowOfRoot.set(root, rowOfId.get(itemId) as number);
  }
  return {
    familyOf: (row) => rowOfRoot.get(rootOf(itemIds[row - 1] as string)) ?? row,
    aliases: toAliases(catalog, rowOfId, rowOfRoot),
  };
}

function toAliases(
  catalog: readonly CatalogRow[],
  rowOfId: ReadonlyMap<string, number>,
  rowOfRoot: ReadonlyMap<string, number>,
): Map<string, number> {
  const aliases = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const { itemId, sku, gtin } of catalog) {
    const row = rowOfId.get(itemId) as number;
    for (const name of [sku, gtin]) {
      if (name === undefined || rowOfId.has(name)) continue;
      if (aliases.has(name) && aliases.get(name) !== row) ambiguous.add(name);
      aliases.set(name, row);
    }
  }
  for (const [root, row] of rowOfRoot) if (!rowOfId.has(root) && !aliases.has(root)) aliases.set(root, row);
  for (const name of ambiguous) aliases.delete(name);
  return aliases;
}
