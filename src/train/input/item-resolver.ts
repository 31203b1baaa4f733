// In: a shop's catalogue. Out: which of its items an order line or an analytics event means, whatever it calls it.
import type { CatalogRow } from '../event-log.js';

/** What a line says of its item, the most exact id first. */
export interface NamedItem {
  readonly ids: readonly (string | null | undefined)[];
  readonly title?: string | null | undefined;
}

/** Finds items of the catalogue. */
export interface ItemResolver {
  readonly isEmpty: boolean;
  /** The catalogue's own id, or nothing where it has no such item. */
  resolve(item: NamedItem): string | undefined;
}

/**
 * Knows items by id, SKU, GTIN, the product of which they are variants (its first variant stands for it, as on the page) and title; a SKU, GTIN
 * or title of two items names neither.
 */
export function createItemResolver(catalog: readonly CatalogRow[]): ItemResolver {
  const own = new Set(catalog.map(({ itemId }) => itemId));
  const named = new Map<string, string | undefined>();
  const products = new Map<string, string>();
  const titles = new Map<string, string | undefined>();
  for (const { itemId, sku, gtin, variantOf, title } of catalog) {
    for (const name of [sku, gtin]) if (name !== undefined) addName(named, name, itemId);
    if (variantOf !== undefined && !products.has(variantOf)) products.set(variantOf, itemId);
    addName(titles, toTitleKey(title), itemId);
  }
  // "Lamp" for "Lamp - Red" and "Lamp - Blue"
  const ofProduct = new Map<string, string>();
  for (const { itemId, variantOf, title } of catalog) {
    const [, product] = /^(.+) - .+$/s.exec(title) ?? [];
    if (variantOf === undefined || product === undefined || ofProduct.has(toTitleKey(product))) continue;
    ofProduct.set(toTitleKey(product), products.get(variantOf) ?? itemId);
  }
  const byId = (id: string): string | undefined => (own.has(id) ? id : (named.get(id) ?? products.get(id)));
  const byTitle = (title: string): string | undefined =>
    titles.get(title) ?? (titles.has(title) ? undefined : ofProduct.get(title));
  return {
    isEmpty: catalog.length === 0,
    resolve({ ids, title }) {
      for (const id of ids) {
        const found = id ? byId(id) : undefined;
        if (found !== undefined) return found;
      }
      return title ? byTitle(toTitleKey(title)) : undefined;
    },
  };
}

function addName(names: Map<string, string | undefined>, name: string, itemId: string): void {
  names.set(name, names.has(name) && names.get(name) !== itemId ? undefined : itemId);
}

function toTitleKey(title: string): string {
  return title.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}
