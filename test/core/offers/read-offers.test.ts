import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/core/errors.js';
import type { OfferEntry, OffersFile } from '../../../src/core/offers/offers-file.js';
import { offersSchema } from '../../../src/core/offers/offers.schema.js';
import { readOffers } from '../../../src/core/offers/read-offers.js';
import { anItemIndex } from '../../support/an-item-index.js';
import { anOffersFile, bytesOf } from '../../support/offers.js';

const index = anItemIndex([{ itemId: 'mug' }, { itemId: 'plate', alias: 'SKU-2' }, { itemId: 'hook' }]);
const read = (file: unknown) => readOffers(bytesOf(file), index);
const errorOf = (file: unknown) => {
  try {
    return void read(file);
  } catch (error) {
    return { code: codeOf(error), message: (error as Error).message };
  }
};

describe('readOffers', () => {
  it('reads offers by the item of the bundle, whichever of its ids they are under', () => {
    const { entryOf } = read(anOffersFile({ 'SKU-2': { price: { gb: 3 } }, mug: { availability: 'out_of_stock' } }));
    expect(entryOf(2)?.price?.['gb']).toBe(3);
    expect(entryOf(1)).toMatchObject({ availability: 'out_of_stock', promotion: undefined });
    expect(entryOf(3)).toBeUndefined();
  });

  it("takes the item's own id where an alias speaks of it too", () => {
    const { entryOf } = read(anOffersFile({ plate: { price: { gb: 2 } }, 'SKU-2': { price: { gb: 3 } } }));
    expect(entryOf(2)?.price?.['gb']).toBe(2);
  });

  it('is valid for a day where nothing is said, and looked for every 15 minutes', () => {
    const { validUntil, refreshMs } = read({
      ...anOffersFile({ mug: {} }),
      validUntil: undefined,
      generatedAt: '2026-11-22T10:00:00Z',
    });
    expect(new Date(validUntil).toISOString()).toBe('2026-11-23T10:00:00.000Z');
    expect(refreshMs).toBe(900_000);
  });

  it('leaves out what is no price, no availability and no text, and nothing beside them', () => {
    const odd = {
      price: { gb: Number.NaN, de: -1, us: '3', fr: 1e12, it: null, es: 4 },
      regularPrice: [1],
      availability: 'maybe',
      promotion: { html: '<b>' },
      url: 'https://evil.test/',
      imageUrl: 'https://evil.test/a.png',
      title: 'Other',
    };
    const entry = read(anOffersFile({ mug: odd as unknown as OfferEntry })).entryOf(1);
    expect(JSON.parse(JSON.stringify(entry))).toEqual({ price: { es: 4 }, regularPrice: {} });
  });

  it('cuts a promotion to 60 characters of one line, without what turns the reading direction', () => {
    const { entryOf } = read(anOffersFile({ mug: { promotion: `\u202e3 for 2\n${'!'.repeat(1e5)}` } }));
    expect(entryOf(1)?.promotion).toHaveLength(60);
    expect(entryOf(1)?.promotion).toMatch(/^3 for 2!+$/);
  });

  it('follows no prototype', () => {
    const text = JSON.stringify(anOffersFile({ mug: { price: { gb: 2 } } })).replace(
      '"mug"',
      '"__proto__":{"price":{"gb":1}},"mug"',
    );
    const { entryOf } = readOffers(new TextEncoder().encode(text), index);
    expect(entryOf(1)?.price?.['gb']).toBe(2);
    expect(entryOf(1)?.price?.['constructor']).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'price')).toBe(false);
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '<!doctype html>', /no JSON text in UTF-8/],
    ['deep nesting', '['.repeat(1e5), /no JSON text in UTF-8/],
    ['a list', [], /"it" is an object/],
    ['another format', { ...anOffersFile({}), formatVersion: 2 }, /"formatVersion" is 2/],
    ['no date', { ...anOffersFile({}), generatedAt: 'today' }, /"generatedAt" is "today"/],
    ['no markets', { ...anOffersFile({}), markets: {} }, /"markets" has 0 entries/],
    [
      'a market of no currency',
      { ...anOffersFile({}), markets: { gb: { currency: '£' } } },
      /in "markets.gb", "currency" is "£"/,
    ],
    ['a default that is no market', { ...anOffersFile({}), defaultMarket: 'us' }, /"defaultMarket" is "us", which is none/],
    [
      'items of another shop',
      anOffersFile({ x1: {}, x2: {} }),
      /None of the 2 items of offers.json is in the bundle: "x1" there, "mug" here/,
    ],
  ])('refuses %s, and says what to do', (_, file, message) => {
    expect(errorOf(file)).toEqual({ code: 'offers-invalid', message: expect.stringMatching(message) });
    expect(errorOf(file)?.message).toMatch(/Write it (with|from)/);
  });

  it('survives every JSON: it is read, or refused by its code', () => {
    const file = fc.record({
      formatVersion: fc.constantFrom(1, 2),
      generatedAt: fc.constantFrom('2026-11-22T10:00:00Z', ''),
      markets: fc.oneof(fc.constant({ gb: { currency: 'GBP' } }), fc.jsonValue()),
      items: fc.oneof(fc.dictionary(fc.constantFrom('mug', 'plate', '__proto__', 'SKU-2'), fc.jsonValue()), fc.jsonValue()),
    });
    fc.assert(
      fc.property(file, (value) => {
        try {
          const { entryOf } = read(value);
          for (const row of [0, 1, 2, 3])
            for (const price of Object.values(entryOf(row)?.price ?? {})) expect(price >= 0 && price <= 1e9).toBe(true);
        } catch (error) {
          expect(codeOf(error)).toBe('offers-invalid');
        }
      }),
    );
  });

  it('takes what the schema of the command line takes', () => {
    const files: OffersFile[] = [
      anOffersFile({ mug: { price: { gb: 2 }, regularPrice: { gb: 3 }, availability: 'in_stock', promotion: '3 for 2' } }),
      { ...anOffersFile({ mug: {} }), validUntil: undefined, refreshMinutes: 60, defaultMarket: 'gb' },
    ];
    for (const file of files) {
      expect(offersSchema.safeParse(file).success).toBe(true);
      expect(() => read(file)).not.toThrow();
    }
  });
});
