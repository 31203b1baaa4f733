import { describe, expect, it } from 'vitest';
import { fitContentVectors, wordsOf } from '../../../src/train/fit/content-vectors.js';
import type { CatalogRow } from '../../../src/train/event-log.js';

function vectorsOf(catalog: readonly CatalogRow[]) {
  return fitContentVectors(
    catalog.map(({ itemId }) => itemId),
    catalog,
  );
}

const TITLES = ['red mug', 'blue mugs', 'Red plate', 'lamp'].map((title, i) => ({ itemId: `i${i}`, title }));

describe('fitContentVectors', () => {
  it('compares by the words that items share: of two words of equal weight one in common is a cosine of √½', () => {
    const similar = vectorsOf(TITLES)?.similarTo(1);
    expect(similar?.map(({ row }) => row)).toEqual([2, 3]);
    for (const { similarity } of similar ?? []) expect(similarity).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it('finds nothing for an item that shares no word', () => {
    expect(vectorsOf(TITLES)?.similarTo(4)).toEqual([]);
  });

  it('lets a rare word say more than a common one', () => {
    const titles = ['gift rocket', 'gift a', 'gift b', 'gift c', 'plush rocket'];
    const similar = vectorsOf(titles.map((title, i) => ({ itemId: `i${i}`, title })))?.similarTo(1);
    expect(similar?.[0]?.row).toBe(5);
  });

  it('counts category levels, brand and price band', () => {
    const described = { title: 'x', category: 'Home > Kitchen', brand: 'Acme', price: 3 };
    const catalog = [
      { ...described, itemId: 'a' },
      { ...described, itemId: 'near', title: 'y' },
      { ...described, itemId: 'far', title: 'z', category: 'Home > Garden', brand: 'Other' },
      { itemId: 'none', title: 'q' },
    ];
    const [first, second] = vectorsOf(catalog)?.similarTo(1) ?? [];
    expect([first?.row, second?.row]).toEqual([2, 3]);
    expect(first?.similarity).toBeGreaterThan(second?.similarity ?? 1);
  });

  it('blends vectors that the shop computed in equal parts with the words', () => {
    const catalog = TITLES.map((row, i) => ({ ...row, vector: Float32Array.from(i < 2 ? [3, 0] : [0, 5]) }));
    const similar = new Map(
      vectorsOf(catalog)
        ?.similarTo(1)
        .map(({ row, similarity }) => [row, similarity]),
    );
    expect(similar.get(2)).toBeCloseTo(0.5 * Math.SQRT1_2 + 0.5, 6);
    expect(similar.get(3)).toBeCloseTo(0.5 * Math.SQRT1_2, 6);
  });

  it('keeps the angles of long vectors nearly as they are', () => {
    const axis = (i: number) => Float32Array.from({ length: 512 }, (_, at) => (at % 2 === i ? 1 : 0));
    const catalog = [axis(0), axis(0), axis(1)].map((vector, i) => ({ itemId: `i${i}`, title: `i${i}`, vector }));
    const [first, second] = vectorsOf(catalog)?.similarTo(1) ?? [];
    expect(first).toEqual({ row: 2, similarity: expect.closeTo(0.5, 3) as number });
    expect(second?.similarity ?? 0).toBeLessThan(0.2);
  });

  it('says nothing of a catalogue of mere ids and prices', () => {
    expect(vectorsOf(['a', 'b'].map((itemId) => ({ itemId, title: itemId, price: 2 })))).toBeUndefined();
  });
});

describe('wordsOf', () => {
  it('splits scripts without blanks into pairs of characters', () => {
    expect([...wordsOf('赤いマグ Cups')]).toEqual(['赤い', 'いマ', 'マグ', 'cup']);
  });
});
