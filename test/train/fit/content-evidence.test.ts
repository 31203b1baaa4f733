import { describe, expect, it } from 'vitest';
import { addContentEvidence } from '../../../src/train/fit/content-evidence.js';
import type { ContentVectors } from '../../../src/train/fit/content-vectors.js';
import { countPairs, type PairCounts } from '../../../src/train/fit/pair-counts.js';
import { createRestrictedEase, EASE_SHAPE } from '../../../src/train/fit/restricted-ease.js';
import { sessionsOf } from '../../support/sessions-of.js';

const COUNT = 5;
const shape = { lengthPower: 0, unitsPower: 0, oldShare: 0, gapLines: 5, farShare: 1 };
/** Row 1 is like row 3, and lists it; row 3 does not list row 1. Row 2 has one common word with row 4. */
const vectors: ContentVectors = {
  similarTo: (row) => (row === 1 ? [{ row: 3, similarity: 0.5 }] : row === 2 ? [{ row: 4, similarity: 0.05 }] : []),
};
const pairs = countPairs(
  sessionsOf([
    [1, 2],
    [1, 2],
    [3, 4],
    [1, 3],
  ]),
  COUNT,
  shape,
);

function countOf({ starts, rows, counts }: PairCounts, row: number, other: number): number {
  const at = rows.subarray(starts[row], starts[row + 1]).indexOf(other);
  return at < 0 ? 0 : (counts[(starts[row] as number) + at] as number);
}

describe('addContentEvidence', () => {
  const found = addContentEvidence(pairs, vectors, { worth: 4, isSupported: () => true });

  it('adds what a likeness is worth to a counted pair, both ways', () => {
    expect([countOf(found, 1, 3), countOf(found, 3, 1)]).toEqual([1 + 4 * 0.5, 1 + 4 * 0.5]);
  });

  it('raises the diagonal of items that are like others, so that no weight exceeds what its evidence bears', () => {
    expect([...found.diagonal]).toEqual([...pairs.diagonal].map((count, row) => count + (row === 1 || row === 3 ? 4 : 0)));
  });

  it('leaves every other pair as it was counted', () => {
    expect([countOf(found, 1, 2), countOf(found, 3, 4), countOf(found, 2, 4), found.meanWeight]).toEqual([2, 1, 0, 1]);
  });

  it('lets the likeness alone speak of a like pair that too few visitors had', () => {
    const alone = addContentEvidence(pairs, vectors, { worth: 4, isSupported: () => false });
    expect([countOf(alone, 1, 3), countOf(alone, 3, 1), countOf(alone, 1, 2)]).toEqual([2, 2, 2]);
  });

  it('makes a pair of items that no cart held together', () => {
    const apart = addContentEvidence(
      countPairs(
        sessionsOf([
          [1, 2],
          [3, 4],
        ]),
        COUNT,
        shape,
      ),
      vectors,
      { worth: 4, isSupported: () => true },
    );
    expect([countOf(apart, 1, 3), countOf(apart, 3, 1)]).toEqual([2, 2]);
  });
});

describe('the restricted EASE with content', () => {
  const popularity = new Float64Array(COUNT + 1).fill(1);
  const weightOf = (content: number) => {
    const into = new Float32Array(COUNT + 1);
    const apart = sessionsOf([
      [1, 2],
      [3, 4],
      [1, 2],
      [3, 4],
    ]);
    const weigh = createRestrictedEase(apart, popularity, {
      shape: { ...EASE_SHAPE, content },
      content: { vectors, isSupported: () => true },
    });
    return [...weigh(1, into)].includes(3) ? into[3] : 0;
  };

  it('lets items of one range ask for each other where carts say nothing of them', () => {
    expect(weightOf(3)).toBeGreaterThan(0);
  });

  it('hears carts alone where content is worth nothing', () => {
    expect(weightOf(0)).toBe(0);
  });
});
