import { TillsideError } from '../../core/errors.js';
import {
  CURRENCY,
  MARKET_ID,
  MAX_MARKETS,
  MAX_OFFERS_BYTES,
  MAX_PRICE,
  type OfferEntry,
  type OffersFile,
  OFFERS_VERSION,
} from '../../core/offers/offers-file.js';
import { offersSchema } from '../../core/offers/offers.schema.js';
import type { CatalogRow } from '../event-log.js';

export interface OffersWishes {
  /** market id → ISO 4217, the default first; empty: a market for each currency there is, called by it */
  readonly markets: ReadonlyMap<string, string>;
  /** epoch ms */
  readonly now: number;
  readonly validHours: number;
  readonly refreshMinutes: number;
}

export interface MadeOffers {
  readonly file: OffersFile;
  /** rows whose price went into no market: theirs is another currency, or none */
  readonly unpriced: number;
}

/**
 * Makes offers of one or several catalogues: a market takes the prices of its currency, stock is as the last catalogue has it.
 *
 * @throws {TillsideError} `input-invalid` where no price has a currency and not one is asked for; `input-empty` where no row has a price or says whether there is stock
 */
export function makeOffers(catalogs: readonly (readonly CatalogRow[])[], wishes: OffersWishes): MadeOffers {
  const rows = catalogs.flat();
  const markets = wishes.markets.size > 0 ? wishes.markets : marketsOf(rows);
  const items = new Map<string, { price: Record<string, number>; availability?: OfferEntry['availability'] }>();
  // A platform's catalogue names no currency: it is the shop's own, the one that was asked for.
  const [onlyCurrency, ...others] = new Set(wishes.markets.values());
  const isBare = rows.every(({ price, currency }) => price === undefined || !currency);
  if (isBare && (onlyCurrency === undefined || others.length > 0) && rows.some(({ price }) => price !== undefined)) {
    const named = onlyCurrency === undefined ? 'none' : 'several';
    const message = `The prices of the catalogue have no currency, as Shopify and WooCommerce export them, and --market names ${named}.`;
    throw new TillsideError(
      'input-invalid',
      `${message} Name the shop's, such as --market gb=GBP, or give a catalogue with the column currency.`,
    );
  }
  let unpriced = 0;
  for (const { itemId, price, currency, availability } of rows) {
    const entry = items.get(itemId) ?? { price: {} };
    const own = [...markets].filter(([, each]) => each === (currency || (isBare ? onlyCurrency : '')));
    if (price === undefined || price > MAX_PRICE || own.length === 0) unpriced++;
    else for (const [market] of own) entry.price[market] = price;
    if (availability !== undefined) entry.availability = availability;
    if (Object.keys(entry.price).length > 0 || entry.availability !== undefined) items.set(itemId, entry);
  }
  if (markets.size === 0 || items.size === 0) {
    const message = `None of ${rows.length} rows has a price in ${[...markets.values()].join(', ') || 'any currency'}, or says whether there is stock.`;
    throw new TillsideError(
      'input-empty',
      `${message} Fill in price, currency or availability, or name the currency by --market.`,
    );
  }
  return { file: toFile(items, markets, wishes), unpriced };
}

/** One line of JSON, as it is published. @throws {TillsideError} `output-invalid` where a page would refuse it for its size */
export function toOffersText(file: OffersFile): string {
  const text = `${JSON.stringify(offersSchema.parse(file))}\n`;
  const { byteLength } = Buffer.from(text);
  if (byteLength <= MAX_OFFERS_BYTES) return text;
  const message = `The offers would have ${byteLength} bytes, of which a page reads ${MAX_OFFERS_BYTES}.`;
  throw new TillsideError('output-invalid', `${message} Leave out items that are not sold, or write one file a market.`);
}

/** Reads `gb=GBP`. @throws {TillsideError} `usage` */
export function readMarkets(texts: readonly string[]): Map<string, string> {
  const markets = texts.map((text): [string, string] => {
    const [market = '', currency = ''] = text.split('=');
    if (MARKET_ID.test(market) && CURRENCY.test(currency)) return [market, currency];
    throw new TillsideError('usage', `--market is "${text}"; give a name and an ISO 4217 currency, such as gb=GBP.`);
  });
  if (markets.length > MAX_MARKETS)
    throw new TillsideError('usage', `--market is given ${markets.length} times, at most ${MAX_MARKETS}.`);
  return new Map(markets);
}

function marketsOf(rows: readonly CatalogRow[]): Map<string, string> {
  const currencies = new Set(rows.flatMap(({ currency = '' }) => (CURRENCY.test(currency) ? [currency] : [])));
  return new Map([...currencies].map((currency) => [currency.toLowerCase(), currency]));
}

function toFile(
  items: ReadonlyMap<string, OfferEntry>,
  markets: ReadonlyMap<string, string>,
  { now, validHours, refreshMinutes }: OffersWishes,
): OffersFile {
  const isPriced = ({ price = {} }: OfferEntry) => Object.keys(price).length > 0;
  return {
    formatVersion: OFFERS_VERSION,
    generatedAt: new Date(now).toISOString(),
    validUntil: new Date(now + validHours * 3_600_000).toISOString(),
    refreshMinutes,
    ...(markets.size > 1 && { defaultMarket: [...markets.keys()][0] }),
    markets: Object.fromEntries([...markets].map(([market, currency]) => [market, { currency }])),
    items: Object.fromEntries(
      [...items].map(([itemId, { price, availability }]) => [
        itemId,
        { ...(isPriced({ price }) && { price }), ...(availability && { availability }) },
      ]),
    ),
  };
}
