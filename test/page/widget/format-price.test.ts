import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPrice } from '../../../src/page/widget/format-price.js';

describe('formatPrice', () => {
  it.each([
    [1234.5, 'GBP', 'en-GB', '£1,234.50'],
    [1200, 'JPY', 'en-US', '¥1,200'],
    [0, 'USD', 'en-US', '$0.00'],
  ])('writes %d %s in %s as %s', (price, currency, locale, text) => {
    expect(formatPrice(price, currency, locale)).toBe(text);
  });

  it("falls back to the browser's own language when it does not know the locale", () => {
    expect(formatPrice(1, 'GBP', 'not a locale')).toBe(formatPrice(1, 'GBP', undefined));
    expect(formatPrice(1, 'GBP', 'not a locale')).not.toBe('');
  });

  it.each([
    [undefined, 'GBP'],
    [Number.NaN, 'GBP'],
    [Number.POSITIVE_INFINITY, 'GBP'],
    [-1, 'GBP'],
    [1, undefined],
    [1, ''],
    [1, 'pounds'],
  ])('shows nothing for %s %s', (price, currency) => {
    expect(formatPrice(price, currency, 'en-GB')).toBe('');
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.double(), fc.string(), fc.string(), (...args) => typeof formatPrice(...args) === 'string'));
  });
});
