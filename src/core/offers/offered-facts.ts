import type { ItemFacts, OfferedFacts } from '../domain/item.js';
import type { OfferEntry } from './offers-file.js';

/** Where and when an offer is read. */
export interface OfferPlace {
  /** absent where the shop names a market that the file does not have: then nobody knows which price is right */
  readonly market: string | undefined;
  /** ISO 4217, of the market */
  readonly currency: string | undefined;
  /** the file's prices are old */
  readonly isExpired: boolean;
}

/**
 * Lays an offer over what the catalogue says. A price that is old is left out, and so is a catalogue's of another currency than the market's:
 * a wrong price is worse than none. Stock stays as it was last told.
 */
export function toOfferedFacts(
  known: ItemFacts,
  entry: OfferEntry | undefined,
  { market, currency, isExpired }: OfferPlace,
): OfferedFacts {
  const stocked = entry?.availability ? { ...known, availability: entry.availability } : known;
  if (market === undefined || currency === undefined) return stocked;
  const { price: _, currency: theirs, ...unpriced } = stocked;
  const price = entry?.price?.[market];
  if (price === undefined && theirs !== undefined && theirs !== currency) return unpriced;
  if (isExpired) return price === undefined ? stocked : unpriced;
  const regularPrice = entry?.regularPrice?.[market];
  const promotion = entry?.promotion;
  const offer = {
    currency,
    ...(price !== undefined && { price }),
    ...(price !== undefined && regularPrice !== undefined && regularPrice > price && { regularPrice }),
    ...(promotion !== undefined && { promotion }),
  };
  const isOffered = 'regularPrice' in offer || 'promotion' in offer;
  return { ...stocked, ...(price !== undefined && { price, currency }), ...(isOffered && { offer }) };
}
