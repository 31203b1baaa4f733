// In: the bytes of offers.json. Out: offers by a bundle's rows. Whatever stands there is unsigned: it can say a price, whether there is stock, a label.
import { TillsideError } from '../errors.js';
import type { ItemIndex } from '../features/item-index.js';
import { decodeText, parseJson } from '../model/parse-json.js';
import { toSafeText } from '../model/safe-text.js';
import { anything, number, object, oneOf, optional, readShape, record, text, tryRead } from '../shape.js';
import {
  CURRENCY,
  MARKET_ID,
  MAX_MARKETS,
  MAX_PRICE,
  MAX_PROMOTION,
  MAX_REFRESH_MINUTES,
  MIN_REFRESH_MINUTES,
  type OfferEntry,
  type OffersFile,
  OFFERS_VERSION,
} from './offers-file.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DEFAULT_REFRESH_MINUTES = 15;

/** Whose rows offers are of. */
type Rows = Pick<ItemIndex, 'rowOf' | 'itemIdOf'>;

/** Offers that were read, by row of the bundle. */
export interface ReadOffers {
  /** epoch ms; what it says of prices and promotions is old after it */
  readonly validUntil: number;
  readonly refreshMs: number;
  readonly defaultMarket: string;
  /** market id → ISO 4217 */
  readonly currencies: ReadonlyMap<string, string>;
  /** An item's entry; what is wrong in it is left out. */
  entryOf(row: number): OfferEntry | undefined;
}

const amount = number(0, MAX_PRICE);
const availability = oneOf('in_stock', 'out_of_stock', 'preorder', 'backorder');
const marketShape = object<{ currency: string }>({ currency: text(CURRENCY) });
const fileShape = object<Omit<OffersFile, 'markets' | 'items'> & { markets: object; items: object }>({
  formatVersion: oneOf(OFFERS_VERSION),
  generatedAt: text(),
  validUntil: optional(text()),
  refreshMinutes: optional(number(MIN_REFRESH_MINUTES, MAX_REFRESH_MINUTES)),
  defaultMarket: optional(text(MARKET_ID)),
  markets: record,
  items: record,
});
const entryShape = object<Record<keyof OfferEntry, unknown>>({
  price: anything,
  regularPrice: anything,
  availability: anything,
  promotion: anything,
});

/**
 * Reads `offers.json`. Items are read when they are first asked for.
 *
 * @throws {TillsideError} `offers-invalid` when it is not one, or names no item of the bundle
 */
export function readOffers(bytes: Uint8Array, index: Rows): ReadOffers {
  const file = readShape(fileShape, parse(bytes), (what) => invalid(what));
  const currencies = readMarkets(file.markets);
  const generatedAt = readDate('generatedAt', file.generatedAt);
  const defaultMarket = file.defaultMarket ?? [...currencies.keys()][0] ?? '';
  if (!currencies.has(defaultMarket)) throw invalid(`"defaultMarket" is "${defaultMarket}", which is none of "markets"`);
  const entries = file.items as Record<string, unknown>;
  const keys = keysByRow(Object.keys(entries), index);
  const made = new Map<number, OfferEntry>();
  return {
    validUntil: file.validUntil === undefined ? generatedAt + DAY_MS : readDate('validUntil', file.validUntil),
    refreshMs: (file.refreshMinutes ?? DEFAULT_REFRESH_MINUTES) * MINUTE_MS,
    defaultMarket,
    currencies,
    entryOf(row) {
      const key = keys.get(row);
      if (key === undefined) return undefined;
      const entry = made.get(row) ?? readEntry(entries[key]);
      made.set(row, entry);
      return entry;
    },
  };
}

function parse(bytes: Uint8Array): unknown {
  const source = { what: 'offers.json', code: 'offers-invalid' } as const;
  try {
    return parseJson(decodeText(bytes, source), source);
  } catch (cause) {
    throw invalid('it is no JSON text in UTF-8', cause);
  }
}

function readMarkets(markets: object): Map<string, string> {
  const entries = Object.entries<unknown>(markets as Record<string, unknown>);
  if (!entries.length || entries.length > MAX_MARKETS)
    throw invalid(`"markets" has ${entries.length} entries, not 1 to ${MAX_MARKETS}`);
  return new Map(
    entries.map(([market, value]) => {
      if (!MARKET_ID.test(market)) throw invalid(`"markets" has "${market.slice(0, 40)}", not letters, digits, "-" or "_"`);
      return [market, readShape(marketShape, value, (what) => invalid(`in "markets.${market}", ${what}`)).currency];
    }),
  );
}

/** Which key speaks of a row: the item's own id, else the first of its aliases. */
function keysByRow(itemIds: readonly string[], index: Rows): Map<number, string> {
  const keys = new Map<number, string>();
  for (const key of itemIds) {
    const row = index.rowOf(key);
    if (row > 0 && (!keys.has(row) || index.itemIdOf(row) === key)) keys.set(row, key);
  }
  if (!keys.size && itemIds.length) {
    const theirs = itemIds[0]?.slice(0, 40);
    const message = `None of the ${itemIds.length} items of offers.json is in the bundle: "${theirs}" there, "${index.itemIdOf(1)}" here.`;
    throw new TillsideError('offers-invalid', `${message} Write it from the catalogue that the bundle was trained with.`);
  }
  return keys;
}

function readEntry(value: unknown): OfferEntry {
  const entry = tryRead(entryShape, value);
  return {
    price: readPrices(entry?.price),
    regularPrice: readPrices(entry?.regularPrice),
    availability: tryRead(availability, entry?.availability),
    promotion: toSafeText(tryRead(text(), entry?.promotion)?.slice(0, 2 * MAX_PROMOTION))?.slice(0, MAX_PROMOTION),
  };
}

/** Prices by market; without a prototype, so that `__proto__` is a name like any other. */
function readPrices(value: unknown): Record<string, number> {
  const prices = Object.entries<unknown>(tryRead(record, value) ?? {}).filter(
    ([, price]) => tryRead(amount, price) !== undefined,
  );
  return Object.assign(Object.create(null), Object.fromEntries(prices));
}

function readDate(name: string, value: string): number {
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw invalid(`"${name}" is "${value.slice(0, 40)}", not a date of ISO 8601`);
  return at;
}

function invalid(what: string, cause?: unknown): TillsideError {
  return new TillsideError('offers-invalid', `offers.json cannot be used: ${what}. Write it with "tillside offers".`, cause);
}
