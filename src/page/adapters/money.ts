// How pages state money. In: any value. Out: major units and ISO 4217, or nothing; nothing is guessed or scaled.

/** From here on a number is no price of a shop's, but an id or a count. */
const MAX_PRICE = 1e9;
const MAX_CHARACTERS = 40;

/** A number with at most one currency before and behind it: "£12", "Rs. 500", "US$ 1,299.00", "12,50 €", "CHF 12.–". */
const STATED = /^(\p{L}{1,3}\.?|\p{L}{0,2}\p{Sc})?\s*(\d[\d\s.,'’]*?)\s*(\p{L}{1,3}\.?|\p{Sc}|[.,]?[-–—])?$/u;
/** One dot with three digits behind it: 1.299 as machines write it, 1299 as people do in half of Europe. */
const LONE_DOT = /^[1-9]\d{0,2}\.\d{3}$/;
/** Whole units in groups, all parted by the same mark, then up to two decimals. */
const GROUPED = /^([1-9]\d{0,2}([.,'’\s])(?:\d{2,3}\2)*\d{3})(?:[.,](\d{1,2}))?$/;
const PLAIN = /^(\d+)(?:[.,](\d*))?$/;

/**
 * Reads a price that is a number, or a string such as "1,299.00", "12,50" or "£12".
 * A lone dot is a decimal point; a lone comma is one unless exactly three digits follow. Minor units are not recognised: 1299 is 1299.
 *
 * @returns major units, 0 or more; nothing for what is no price or may be read in two ways ("1.299 €")
 */
export function toPrice(value: unknown): number | undefined {
  const price = typeof value === 'string' ? priceIn(value) : value;
  return typeof price === 'number' && price >= 0 && price < MAX_PRICE ? price : undefined;
}

function priceIn(text: string): number | undefined {
  const [, before, digits = '', behind] = (text.length <= MAX_CHARACTERS && STATED.exec(text.trim())) || [];
  if (LONE_DOT.test(digits)) return before || behind ? undefined : Number(digits);
  const grouped = GROUPED.exec(digits);
  const [, whole, decimals] = grouped ? [0, grouped[1]?.replace(/\D/g, ''), grouped[3]] : (PLAIN.exec(digits) ?? []);
  return whole ? Number(`${whole}.${decimals || 0}`) : undefined;
}

/** Reads an ISO 4217 code, in any case. */
export function toCurrency(value: unknown): string | undefined {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return /^[A-Z]{3}$/.test(code) ? code : undefined;
}
