/**
 * Writes a price in the reader's way.
 *
 * @param price major units
 * @param locale BCP 47; one the browser does not know falls back to its own
 * @returns an empty string when the price or the currency is not one: a wrong price is worse than none
 */
export function formatPrice(price: number | undefined, currency: string | undefined, locale: string | undefined): string {
  if (typeof price !== 'number' || !Number.isFinite(price) || price < 0 || !currency) return '';
  return format(price, currency, locale) ?? format(price, currency, undefined) ?? '';
}

function format(price: number, currency: string, locale: string | undefined): string | undefined {
  try {
    return new Intl.NumberFormat(locale || undefined, { style: 'currency', currency }).format(price);
  } catch {
    return undefined; // RangeError: unknown locale or currency
  }
}
