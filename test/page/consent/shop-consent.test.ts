import { describe, expect, it } from 'vitest';
import { type ConsentAnswer, createConsentGate } from '../../../src/page/consent/consent-gate.js';
import { readShopConsent } from '../../../src/page/consent/shop-consent.js';

describe('createConsentGate', () => {
  it('goes from pending to granted, to denied and back, and tells of each', () => {
    const seen: ConsentAnswer[] = [];
    const gate = createConsentGate('pending', (answer) => seen.push(answer));
    gate.answer('granted');
    gate.answer('denied');
    gate.answer('granted');
    expect(seen).toEqual(['granted', 'denied', 'granted']);
    expect(gate.state).toBe('granted');
  });

  it('tells nothing when the answer is the one given before', () => {
    const seen: ConsentAnswer[] = [];
    createConsentGate('granted', (answer) => seen.push(answer)).answer('granted');
    expect(seen).toEqual([]);
  });

  it('has the new state already when it tells of it', () => {
    const seen: string[] = [];
    const gate = createConsentGate('pending', () => seen.push(gate.state));
    gate.answer('denied');
    expect(seen).toEqual(['denied']);
  });
});

describe('readShopConsent', () => {
  it.each(['granted', 'denied'])('takes the word %s', (word) => {
    expect(readShopConsent(word)).toBe(word);
  });

  it.each([undefined, null, '', 'auto', 'GRANTED', 'true', true, { toString: () => 'granted' }])('holds back at %s', (value) => {
    expect(readShopConsent(value)).toBe('pending');
  });
});
