import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../src/train/evaluate/bootstrap.js';

const ids = (n: number) => Array.from({ length: n }, (_, i) => `s${i}`);

describe('bootstrap', () => {
  it('has no width where all values are equal', () => {
    expect(bootstrap([0.3, 0.3, 0.3], ids(3), 1)).toEqual({
      mean: expect.closeTo(0.3),
      low: expect.closeTo(0.3),
      high: expect.closeTo(0.3),
    });
  });

  it('comes near the normal interval of a coin', () => {
    const coin = Array.from({ length: 400 }, (_, i) => i % 2);
    const { mean, low, high } = bootstrap(coin, ids(400), 1);
    expect(mean).toBe(0.5);
    expect(low).toBeCloseTo(0.5 - 1.96 * 0.025, 1.7);
    expect(high).toBeCloseTo(0.5 + 1.96 * 0.025, 1.7);
  });

  it('is wider where the values of a session agree', () => {
    const values = Array.from({ length: 400 }, (_, i) => Math.floor(i / 10) % 2);
    const sessions = values.map((_, i) => `s${Math.floor(i / 10)}`);
    const alone = bootstrap(values, ids(400), 1);
    const grouped = bootstrap(values, sessions, 1);
    expect(grouped.high - grouped.low).toBeGreaterThan(2 * (alone.high - alone.low));
  });

  it('holds the mean and repeats with its seed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 }),
        fc.integer(),
        (values, seed) => {
          const interval = bootstrap(values, ids(values.length), seed);
          expect(interval.low).toBeLessThanOrEqual(interval.mean + 1e-9);
          expect(interval.high).toBeGreaterThanOrEqual(interval.mean - 1e-9);
          expect(bootstrap(values, ids(values.length), seed)).toEqual(interval);
        },
      ),
      { numRuns: 20 },
    );
  });
});
