/**
 * Writes a price in the reader's way.
 *
 * @param price major units
 * @param locale BCP 47; one the browser does not know falls back to its own
 * @returns an empty string when the price or the currency is not one: a wrong price is worse than none
 */
export function formatPrice(price = -1, currency?: string, locale?: string): string {
  if (price < 0 || !Number.isFinite(price)) return '';
  for (const language of [locale, undefined]) {
    try {
      return price.toLocaleString(language, { style: 'currency', currency });
    } catch {
      // RangeError or TypeError: no such locale, or no currency
    }
  }
  return '';
}
