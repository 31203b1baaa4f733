import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reason, ReasonCode } from '../../../src/core/domain/slate.js';
import { type Sentence, toReasonSentence, toSentence } from '../../../src/page/widget/sentence.js';
import { ENGLISH } from '../../../src/page/widget/strings.js';
import { ENGLISH_TOOLS } from '../../../src/page/widget/tool-strings.js';

const CODES: readonly ReasonCode[] = [
  'often-bought-with',
  'goes-with-viewed',
  'you-looked-at-this',
  'you-spent-time-on-this',
  'bought-before',
  'because-you-bought',
  'popular-in-category',
  'popular',
  'picked-by-shop',
];
const lineOf = (sentence: Sentence) => {
  const line = document.createElement('p');
  line.append(...sentence);
  return line;
};
const words = (reason: Reason) => lineOf(toReasonSentence(reason, { ...ENGLISH, ...ENGLISH_TOOLS })).textContent;

describe('toReasonSentence', () => {
  it.each(CODES)('has words for %s, without the name and without a gap', (code) => {
    expect(words({ code })).toMatch(/^[A-Z][^{}]+[a-z]$/);
  });

  it('names the cart item it was bought with', () => {
    expect(words({ code: 'often-bought-with', title: 'Red Mug' })).toBe('Often bought with Red Mug');
  });

  it('names the last level of the category', () => {
    expect(words({ code: 'popular-in-category', category: 'Home > Kitchen' })).toBe('Popular in Kitchen');
  });

  it.each(['constructor', '__proto__', 'toString', 'from-the-future'])('says nothing for a code it does not know: %s', (code) => {
    expect(words({ code: code as ReasonCode, title: 'x' })).toBe('');
  });
});

describe('toSentence', () => {
  it('keeps any name whole, also one that looks like a template or markup, in a bdi of its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('{name}', '<b>', '$&')), (name) => {
        const line = lineOf(toSentence(ENGLISH.added, name));
        expect([...line.childNodes].map((node) => [node.nodeName, node.textContent])).toEqual([
          ['#text', 'Added '],
          ['BDI', name],
          ['#text', ' to your cart.'],
        ]);
      }),
    );
  });

  it('cuts a name that nobody could read to the end', () => {
    expect(lineOf(toSentence(ENGLISH['add-suffix'], 'x'.repeat(1_000_000))).textContent).toBe(` ${'x'.repeat(200)}… to cart`);
  });
});
