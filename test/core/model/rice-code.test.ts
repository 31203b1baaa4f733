import { describe, expect, it } from 'vitest';
import { bitsOfRow, encodeNeighbours, fileBytes } from '../../../src/core/model/neighbour-encoder.js';
import { cheapestRice, riceBits } from '../../../src/core/model/rice-code.js';
import { createRandom } from '../../../src/train/fit/random.js';

/** Steps of one size in the mean, or with a few far larger ones. */
function someSteps(seed: number): Uint32Array {
  const random = createRandom(seed);
  const mean = 2 ** random.below(18);
  return Uint32Array.from({ length: 1 + random.below(40) }, () => random.below(mean) * (random.below(9) === 0 ? 12 : 1));
}

describe('Rice codes', () => {
  it('have the least number of lower bits that takes the fewest bits', () => {
    for (let seed = 0; seed < 500; seed++) {
      const steps = someSteps(seed);
      const sizes = Array.from({ length: 22 }, (_, rice) => riceBits(steps, steps.length, rice));
      expect(cheapestRice(steps, steps.length)).toBe(sizes.indexOf(Math.min(...sizes)));
    }
  });

  it('of no steps have none', () => {
    expect(cheapestRice([], 0)).toBe(0);
  });

  it('of a row take as many bits as the file has for it', () => {
    for (let seed = 0; seed < 50; seed++) {
      const steps = someSteps(seed);
      let last = 0;
      const rows = steps.map((step) => (last += step + 1));
      const table = {
        starts: Uint32Array.of(0, 0, rows.length, rows.length),
        rows,
        weights: new Float32Array(rows.length).fill(1),
      };
      expect(fileBytes(2, bitsOfRow(steps, steps.length) + bitsOfRow([], 0))).toBe(encodeNeighbours(table).length);
    }
  });
});
