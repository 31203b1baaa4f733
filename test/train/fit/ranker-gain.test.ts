import { describe, expect, it } from 'vitest';
import { gainOf, isEarned } from '../../../src/train/fit/ranker-gain.js';

const MISSED = Number.POSITIVE_INFINITY;

describe('what one ordering finds more than another', () => {
  it('is the mean of what each question gains, misses and places beyond 20 counting nothing', () => {
    const { hr20, mrr20 } = gainOf(Float64Array.of(1, 2, 21, MISSED), Float64Array.of(2, MISSED, MISSED, 4), [
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(hr20).toBe(0);
    expect(mrr20).toBeCloseTo((0.5 + 0.5 - 0.25) / 4);
  });

  it('is surer of many sessions than of as many questions of one', () => {
    const [better, worse] = [Float64Array.of(1, 1, 1, 1, 30, 30), Float64Array.of(30, 30, 30, 30, 1, 1)];
    const apart = gainOf(better, worse, ['a', 'b', 'c', 'd', 'e', 'f']);
    const together = gainOf(better, worse, ['a', 'a', 'a', 'a', 'b', 'b']);
    expect(apart.error).toBeCloseTo(Math.sqrt(4 * (2 - 2 / 3) ** 2 + 2 * (2 + 2 / 3) ** 2) / 6);
    expect(together.error).toBeGreaterThan(apart.error);
  });

  it('earns a place above one standard error, and where nothing differs none', () => {
    const same = gainOf(Float64Array.of(3, 4), Float64Array.of(3, 4), ['a', 'b']);
    expect(same).toEqual({ hr20: 0, mrr20: 0, error: 0 });
    expect(isEarned(same)).toBe(false);
    expect(isEarned({ hr20: 0.002, mrr20: 0.002, error: 0.003 })).toBe(true);
    expect(isEarned({ hr20: 0.002, mrr20: -0.002, error: 0.003 })).toBe(false);
  });
});
