import type { Availability } from '../domain/item.js';

/** One item of `offers.json`, by market where markets differ. */
export interface OfferEntry {
  /** market id → price, major units of its currency */
  readonly price?: Readonly<Record<string, number>> | undefined;
  /** market id → what it costs without the offer; shown only where it is more than the price */
  readonly regularPrice?: Readonly<Record<string, number>> | undefined;
  readonly availability?: Availability | undefined;
  /** plain text for the card: "3 for 2" */
  readonly promotion?: string | undefined;
}

/** `offers.json`: what changes between two trainings. Unsigned, so it can say nothing but this. */
export interface OffersFile {
  readonly formatVersion: 1;
  /** ISO 8601 */
  readonly generatedAt: string;
  /** ISO 8601; prices and promotions are not shown after it. Default: a day after `generatedAt` */
  readonly validUntil?: string | undefined;
  /** how often a page that stays open looks for a newer file, default 15 */
  readonly refreshMinutes?: number | undefined;
  /** default: the only market, or the first */
  readonly defaultMarket?: string | undefined;
  /** market id → ISO 4217 */
  readonly markets: Readonly<Record<string, { readonly currency: string }>>;
  /** item id, or an alias that the bundle knows, → its offer */
  readonly items: Readonly<Record<string, OfferEntry>>;
}

export const OFFERS_VERSION = 1;
/** A larger file is refused while it streams: 40,000 items of two markets are 4 MB. */
export const MAX_OFFERS_BYTES = 8_000_000;
export const MAX_MARKETS = 250;
export const MARKET_ID = /^[\w-]{1,32}$/;
export const CURRENCY = /^[A-Z]{3}$/;
/** No shop sells for more; what is above is a mistake in the unit. */
export const MAX_PRICE = 1e9;
/** A label on a card's picture, characters. */
export const MAX_PROMOTION = 60;
export const MIN_REFRESH_MINUTES = 1;
export const MAX_REFRESH_MINUTES = 1_440;
