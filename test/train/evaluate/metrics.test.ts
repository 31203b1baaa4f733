import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUTOFFS, coverage, popularityBias, rankingMetrics, rankOf } from '../../../src/train/evaluate/metrics.js';

const list = (...scores: number[]) => scores.map((score, i) => ({ itemId: `i${i + 1}`, score }));

describe('rankOf', () => {
  it('is the place of the target', () => expect(rankOf(list(9, 7, 5), 'i2')).toBe(2));
  it('is the mean place of those that tie', () => expect(rankOf(list(9, 7, 7, 7), 'i4')).toBe(3));
  it('is the place on the list, whatever the scores', () => expect(rankOf(list(5, 9, 7), 'i3')).toBe(3));
  it('is a miss when the target is not there', () => expect(rankOf(list(9), 'i2')).toBe(Number.POSITIVE_INFINITY));
});

describe('rankingMetrics', () => {
  it('agrees with a calculation by hand', () => {
    const { hr, precision, recall, f1, mrr, ndcg } = rankingMetrics([1, 3, 11, Number.POSITIVE_INFINITY], 10);
    expect(hr).toBe(0.5);
    expect(precision).toBeCloseTo(0.05);
    expect(recall).toBe(0.5);
    expect(f1).toBeCloseTo((2 * 0.05 * 0.5) / 0.55);
    expect(mrr).toBeCloseTo((1 + 1 / 3) / 4);
    expect(ndcg).toBeCloseTo((1 + 0.5) / 4);
  });

  const ranks = fc.array(fc.oneof(fc.double({ min: 1, max: 30, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY)));

  it('stays within 0–1', () => {
    fc.assert(
      fc.property(ranks, fc.constantFrom(...CUTOFFS), (some, k) => {
        for (const value of Object.values(rankingMetrics(some, k))) expect(value >= 0 && value <= 1).toBe(true);
      }),
    );
  });

  it('is 1 for a perfect ranking', () => {
    for (const k of CUTOFFS) expect(rankingMetrics([1, 1, 1], k)).toMatchObject({ hr: 1, recall: 1, mrr: 1, ndcg: 1 });
  });

  it('never falls as k grows', () => {
    fc.assert(
      fc.property(ranks, (some) => {
        const values = CUTOFFS.map((k) => rankingMetrics(some, k));
        for (const name of ['hr', 'recall', 'mrr', 'ndcg'] as const) {
          for (let i = 1; i < values.length; i++)
            expect(values[i]?.[name]).toBeGreaterThanOrEqual(values[i - 1]?.[name] as number);
        }
      }),
    );
  });
});

describe('coverage and popularityBias', () => {
  it('counts distinct items over the catalogue', () => expect(coverage([['a', 'b'], ['b']], 8)).toBe(0.25));
  it('is the mean popularity of what is recommended', () => {
    expect(popularityBias([['a', 'b'], ['a']], (itemId) => (itemId === 'a' ? 1 : 0.4))).toBeCloseTo(0.8);
  });
});
