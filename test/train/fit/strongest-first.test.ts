import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/train/fit/random.js';
import { createStrongestFirst } from '../../../src/train/fit/strongest-first.js';

describe('rows by weight', () => {
  it('come heaviest first, ties by row, without those of no weight', () => {
    const rank = createStrongestFirst(5);
    expect([...rank([1, 2, 3, 4, 5], Float32Array.of(0, 0.5, 2, 0, 2, 1e-40))]).toEqual([2, 4, 1, 5]);
  });

  it('come as a comparison sorts them, up to the largest row', () => {
    const count = 2 ** 21 - 1;
    const random = createRandom(3);
    const weights = new Float32Array(count + 1);
    const rows = Array.from({ length: 2000 }, (_, i) => count - 7 * i);
    for (const row of rows) weights[row] = random.below(500) * 10 ** (random.below(60) - 30);
    const heavy = rows.filter((row) => (weights[row] as number) > 0);
    heavy.sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b);
    expect([...createStrongestFirst(count)(rows, weights)]).toEqual(heavy);
    expect(() => createStrongestFirst(count + 1)).toThrow(/2097152 rows/);
  });
});
