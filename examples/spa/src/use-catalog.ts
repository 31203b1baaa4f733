import { createContext, useContext } from 'react';
import type { Catalog } from '../../gift-shop/catalog/app-catalog.js';

export const CatalogContext = createContext<Catalog | undefined>(undefined);

export function useCatalog(): Catalog {
  const catalog = useContext(CatalogContext);
  if (!catalog) throw new Error('useCatalog is called outside of CatalogContext.');
  return catalog;
}
