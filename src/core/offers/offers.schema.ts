// The check of what the command line writes and lists. The browser checks by `read-offers.ts`, which leaves out what is wrong in an item.
import * as z from 'zod/mini';
import {
  CURRENCY,
  MARKET_ID,
  MAX_PRICE,
  MAX_PROMOTION,
  MAX_REFRESH_MINUTES,
  MIN_REFRESH_MINUTES,
  OFFERS_VERSION,
} from './offers-file.js';

const market = z.string().check(z.regex(MARKET_ID));
const date = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'not a date of ISO 8601'));
const prices = z.record(market, z.number().check(z.minimum(0), z.maximum(MAX_PRICE)));

/** `offers.json`, every entry right. */
export const offersSchema = z.object({
  formatVersion: z.literal(OFFERS_VERSION),
  generatedAt: date,
  validUntil: z.optional(date),
  refreshMinutes: z.optional(z.number().check(z.minimum(MIN_REFRESH_MINUTES), z.maximum(MAX_REFRESH_MINUTES))),
  defaultMarket: z.optional(market),
  markets: z.record(market, z.object({ currency: z.string().check(z.regex(CURRENCY)) })),
  items: z.record(
    z.string(),
    z.object({
      price: z.optional(prices),
      regularPrice: z.optional(prices),
      availability: z.optional(z.enum(['in_stock', 'out_of_stock', 'preorder', 'backorder'])),
      promotion: z.optional(z.string().check(z.maxLength(MAX_PROMOTION))),
    }),
  ),
});
