import { describe, expect, it } from 'vitest';
import { createItemLikeness, type ItemLikeness } from '../../../src/train/evaluate/item-likeness.js';
import { diversity, exposureByPopularity, exposureShares, nearDuplicates } from '../../../src/train/evaluate/list-metrics.js';

const titles: Readonly<Record<string, string>> = {
  red: 'RED RETROSPOT CHARLOTTE BAG',
  blue: 'Charlotte Bag, Retrospot, blue',
  plural: 'Charlotte bags retrospot',
  other: 'CHARLOTTE BAG SUKI DESIGN',
  large: 'Set of 6 large spice tins',
  small: 'SET OF 3 SMALL SPICE TINS',
  bag: 'RED BAG',
  sack: 'BLUE BAG',
};
const catalog = [
  ...Object.entries(titles).map(([itemId, title]) => ({ itemId, title })),
  { itemId: 'shirt-s', title: 'Shirt', variantOf: 'shirt', category: 'Clothes > Shirts' },
  { itemId: 'shirt', title: 'Oxford', category: 'Clothes' },
];
const likeness = createItemLikeness(catalog) as ItemLikeness;

describe('isNearDuplicate', () => {
  it.each([
    ['red', 'blue'], // a colour apart, in another order
    ['red', 'plural'],
    ['large', 'small'], // a size and a number apart
    ['shirt-s', 'shirt'], // a variant and what it is a variant of
  ])('takes %s and %s for the same thing', (a, b) => {
    expect(likeness.isNearDuplicate(a, b)).toBe(true);
    expect(likeness.isNearDuplicate(b, a)).toBe(true);
  });

  it.each([
    ['red', 'other'], // another design
    ['bag', 'sack'], // one word names a kind of thing
    ['red', 'nowhere'],
    ['large', 'red'],
  ])('tells %s and %s apart', (a, b) => expect(likeness.isNearDuplicate(a, b)).toBe(false));

  it.each([
    ['red', 'other', false, false], // two of six words, and no more of the characters
    ['red', 'blue', true, false], // three of five words, in another order
    ['large', 'small', false, false],
    ['red', 'plural', true, true],
  ])('is checked by plain words and characters: %s and %s', (a, b, byWords, byTrigrams) => {
    expect([likeness.isNearByWords(a, b), likeness.isNearByTrigrams(a, b)]).toEqual([byWords, byTrigrams]);
    expect([likeness.isNearByWords(b, a), likeness.isNearByTrigrams(b, a)]).toEqual([byWords, byTrigrams]);
    expect([likeness.isNearByWords(a, a), likeness.isNearByTrigrams(a, a)]).toEqual([true, true]);
  });

  it('says nothing where the catalogue has no titles', () => {
    expect(createItemLikeness([{ itemId: 'x', title: 'x' }])).toBeUndefined();
  });
});

describe('figures of slates', () => {
  it('count near-duplicates of what is shown', () => {
    expect(nearDuplicates([['blue', 'other'], ['red']], [['red'], ['shirt']], likeness.isNearDuplicate)).toBeCloseTo(1 / 3);
  });

  it('measure how different the titles on a slate are', () => {
    expect(likeness.titleLikeness('bag', 'sack')).toBeCloseTo(1 / 3);
    expect(diversity([['bag', 'sack'], ['red']], likeness)).toBeCloseTo(2 / 3);
  });

  it('share the exposures out by department and by popularity', () => {
    expect(exposureShares([['shirt', 'red'], ['shirt-s']], likeness.departmentOf)).toEqual({
      Clothes: expect.closeTo(2 / 3),
      other: expect.closeTo(1 / 3),
    });
    const shares = exposureByPopularity([['red', 'blue', 'bag', 'sack']], (itemId) => (itemId === 'red' ? 1 : 0.05));
    expect([shares.length, shares[0], shares[9]]).toEqual([10, 0.75, 0.25]);
  });
});
