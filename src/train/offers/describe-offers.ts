import type { ItemIndex } from '../../core/features/item-index.js';
import { readOffers } from '../../core/offers/read-offers.js';
import type { OfferEntry } from '../../core/offers/offers-file.js';
import { offersSchema } from '../../core/offers/offers.schema.js';

/** What an offers file holds, beside a bundle. */
export interface OffersFacts {
  /** ISO 8601 */
  readonly generatedAt: string;
  /** ISO 8601 */
  readonly validUntil: string;
  readonly isExpired: boolean;
  readonly refreshMinutes: number;
  readonly defaultMarket: string;
  readonly markets: readonly { readonly market: string; readonly currency: string; readonly prices: number }[];
  /** items of the bundle that it speaks of */
  readonly items: number;
  /** ids that the bundle does not know */
  readonly unknown: number;
  readonly outOfStock: number;
  readonly promotions: number;
  /** the first entries in which something is wrong and left out: where, and why */
  readonly faults: readonly string[];
}

const MAX_FAULTS = 3;

/** Reads an offers file as a page would. @param now epoch ms @throws {TillsideError} `offers-invalid` */
export function describeOffers(
  bytes: Uint8Array,
  index: Pick<ItemIndex, 'count' | 'rowOf' | 'itemIdOf'>,
  now: number,
): OffersFacts {
  const offers = readOffers(bytes, index);
  const json: { generatedAt: string; items: object } = JSON.parse(new TextDecoder().decode(bytes));
  const entries = Array.from({ length: index.count }, (_, i) => offers.entryOf(i + 1)).filter((entry) => entry !== undefined);
  const count = (isOne: (entry: OfferEntry) => boolean): number => entries.filter(isOne).length;
  return {
    generatedAt: json.generatedAt,
    validUntil: new Date(offers.validUntil).toISOString(),
    isExpired: offers.validUntil < now,
    refreshMinutes: offers.refreshMs / 60_000,
    defaultMarket: offers.defaultMarket,
    markets: [...offers.currencies].map(([market, currency]) => ({
      market,
      currency,
      prices: count(({ price }) => price?.[market] !== undefined),
    })),
    items: entries.length,
    unknown: Object.keys(json.items).filter((itemId) => index.rowOf(itemId) === 0).length,
    outOfStock: count(({ availability }) => availability === 'out_of_stock'),
    promotions: count(({ promotion }) => promotion !== undefined),
    faults: faultsOf(json),
  };
}

/** The same in words, for a terminal. */
export function printOffers(facts: OffersFacts): string {
  const { validUntil, isExpired, refreshMinutes, defaultMarket, markets, items, unknown, outOfStock, promotions, faults } = facts;
  return [
    `offers.json: ${items} items, ${outOfStock} out of stock, ${promotions} with a promotion; ${unknown} ids that the bundle does not know`,
    `prices ${isExpired ? `are hidden: they were valid until ${validUntil}` : `valid until ${validUntil}`}; looked for every ${refreshMinutes} minutes`,
    ...markets.map(
      ({ market, currency, prices }) =>
        `market ${market}: ${prices} prices in ${currency}${market === defaultMarket ? ', the default' : ''}`,
    ),
    ...faults.map((fault) => `left out: ${fault}`),
  ].join('\n');
}

function faultsOf(json: unknown): string[] {
  const { error } = offersSchema.safeParse(json);
  return (error?.issues ?? []).slice(0, MAX_FAULTS).map(({ path, message }) => `${path.join('.')}: ${message}`);
}
