import { inject, type InjectionKey } from 'vue';
import type { Catalog } from '../../gift-shop/catalog/app-catalog.js';

export const catalogKey: InjectionKey<Catalog> = Symbol('catalog');

export function useCatalog(): Catalog {
  const catalog = inject(catalogKey);
  if (!catalog) throw new Error('useCatalog is called outside of the app.');
  return catalog;
}
