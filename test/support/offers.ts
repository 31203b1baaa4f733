import type { OfferEntry, OffersFile } from '../../src/core/offers/offers-file.js';
import { MONDAY_10 } from './an-event.js';

/** An offers file of a British and a German market, valid for an hour from Monday at ten. */
export function anOffersFile(items: Readonly<Record<string, OfferEntry>>, over: Partial<OffersFile> = {}): OffersFile {
  return {
    formatVersion: 1,
    generatedAt: new Date(MONDAY_10).toISOString(),
    validUntil: new Date(MONDAY_10 + 3_600_000).toISOString(),
    markets: { gb: { currency: 'GBP' }, de: { currency: 'EUR' } },
    items,
    ...over,
  };
}

/** The bytes of a file: a text as it is, anything else as JSON. */
export function bytesOf(file: unknown): Uint8Array {
  return new TextEncoder().encode(typeof file === 'string' ? file : JSON.stringify(file));
}
