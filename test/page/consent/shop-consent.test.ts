import { describe, expect, it } from 'vitest';
import { readShopConsent } from '../../../src/page/consent/shop-consent.js';

describe('readShopConsent', () => {
  it.each(['granted', 'denied', 'auto'])('takes the word %s', (word) => {
    expect(readShopConsent(word)).toBe(word);
  });

  it.each([undefined, null, '', 'GRANTED', 'true', true, { toString: () => 'granted' }])('holds back at %s', (value) => {
    expect(readShopConsent(value)).toBe('pending');
  });
});
