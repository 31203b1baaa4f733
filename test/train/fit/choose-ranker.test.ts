import { describe, expect, it } from 'vitest';
import { firstUnlessBeaten } from '../../../src/train/fit/choose-ranker.js';

/** A ranker that puts the targets of these questions there. */
const ranking = (name: string, ...ranks: number[]) => ({ name, ranks: Float64Array.from(ranks) });
const sessions = Array.from({ length: 8 }, (_, i) => `session-${i}`);

describe('firstUnlessBeaten', () => {
  const first = ranking('first', 2, 2, 2, 2, 2, 2, 2, 2);

  it('keeps the first of rankers of which each finds what the other does not', () => {
    const mixed = ranking('mixed', 1, 1, 1, 1, 1, 3, 30, 2);
    expect(firstUnlessBeaten([first, mixed], sessions).name).toBe('first');
  });

  it('takes one that finds clearly more', () => {
    const better = ranking('better', 1, 1, 1, 1, 1, 2, 2, 1);
    expect(firstUnlessBeaten([first, better], sessions).name).toBe('better');
    expect(firstUnlessBeaten([better, first], sessions).name).toBe('better');
  });
});
