import type { CatalogRow } from '../event-log.js';

/** Gives prices that name no currency the shop's. @param currency ISO 4217; absent: they stay as they are */
export function withCurrency(catalog: readonly CatalogRow[], currency: string | undefined): CatalogRow[] {
  return catalog.map((row) => (currency !== undefined && isBare(row) ? { ...row, currency } : row));
}

/** Says how many prices no card will show, for want of a currency, and what to do; undefined where all have one. */
export function describeBarePrices(catalog: readonly CatalogRow[]): string | undefined {
  const bare = catalog.filter(isBare).length;
  if (bare === 0) return undefined;
  const count = bare.toLocaleString('en');
  return `${count} prices have no currency, so no card shows them. Name the shop's, such as --currency GBP, or fill in the column currency.`;
}

function isBare({ price, currency = '' }: CatalogRow): boolean {
  return price !== undefined && currency === '';
}
