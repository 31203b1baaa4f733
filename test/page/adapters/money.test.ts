import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCurrency, toPrice } from '../../../src/page/adapters/money.js';

describe('a price', () => {
  it.each<[stated: unknown, price: number | undefined]>([
    [1299, 1299],
    [0, 0],
    ['1299', 1299],
    ['12.50', 12.5],
    ['12.5000', 12.5],
    ['12,50', 12.5],
    ['12.', 12],
    ['1,299', 1299],
    ['1,299.00', 1299],
    ['1.299,00', 1299],
    ['1.299.00', 1299],
    ['1.299.000', 1_299_000],
    ['1.299', 1.299],
    ['0,999', 0.999],
    ['1,00,000.50', 100_000.5],
    ['1 299,00 €', 1299],
    ['1\u202f299,00\u00a0€', 1299],
    ["CHF 1'299.–", 1299],
    ['CHF 12.-', 12],
    ['£12', 12],
    ['US$ 1,299.00', 1299],
    ['$12.50 USD', 12.5],
    ['Rs. 500', 500],
    ['12,50 zł', 12.5],
    [' 7 ', 7],
  ])('%s is %s', (stated, price) => expect(toPrice(stated)).toBe(price));

  it.each([
    '1.299 €', // 1299 in Germany, 1.299 in Kuwait
    'KWD 1.250',
    'on request',
    'from £12',
    '12 – 15',
    '2 for £5',
    '50%',
    '-1',
    '−1',
    '1e3',
    '0x10',
    '.50',
    '1,2,3',
    '1,29.00.00',
    'Infinity',
    'NaN',
    '',
    ' ',
    '9'.repeat(30),
    '1'.repeat(1_000_000),
    -1,
    1e9,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    null,
    undefined,
    [12],
    { value: 12 },
    12n,
  ])('is not guessed from %s', (stated) => expect(toPrice(stated)).toBeUndefined());

  it.each([
    ['en-GB', 'GBP'],
    ['en-US', 'USD'],
    ['de-DE', 'EUR'],
    ['fr-FR', 'EUR'],
    ['de-CH', 'CHF'],
    ['en-IN', 'INR'],
    ['sv-SE', 'SEK'],
    ['pl-PL', 'PLN'],
    ['nl-NL', 'EUR'],
    ['pt-BR', 'BRL'],
  ])('is what %s writes in %s', (locale, currency) => {
    const formats = [
      new Intl.NumberFormat(locale, { style: 'currency', currency }),
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code' }),
      new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    ];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom(...formats), (cents, format) => {
        expect(toPrice(format.format(cents / 100))).toBe(cents / 100);
      }),
    );
  });

  it('is what a machine writes, to the last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 - 1 }), fc.integer({ min: 0, max: 4 }), (digits, decimals) => {
        const price = digits / 10 ** decimals;
        expect(toPrice(price)).toBe(price);
        expect(toPrice(price.toFixed(decimals))).toBe(Number(price.toFixed(decimals)));
      }),
    );
  });

  it('is a sound number or none, whatever is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: fc.constantFrom(..."0123456789.,' -€£kr") })), (stated) => {
        const price = toPrice(stated);
        expect(price === undefined || (Number.isFinite(price) && price >= 0 && price < 1e9)).toBe(true);
      }),
    );
  });
});

describe('a currency', () => {
  it.each([
    ['GBP', 'GBP'],
    [' eur ', 'EUR'],
    ['£', undefined],
    ['EURO', undefined],
    [826, undefined],
    [undefined, undefined],
  ])('%s is %s', (stated, code) => expect(toCurrency(stated)).toBe(code));
});
