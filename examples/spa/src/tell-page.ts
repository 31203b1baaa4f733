import { useEffect } from 'react';
import { useShop } from './shop-store.js';
import { tillside } from './tillside.js';

/** Tells tillside which item this route is about, again after consent: what was said before it is not known. */
export function useTellPage(itemId: string | undefined): void {
  const { consent } = useShop();
  useEffect(() => {
    if (consent === 'granted') tillside.page(itemId === undefined ? {} : { itemId });
  }, [itemId, consent]);
}
