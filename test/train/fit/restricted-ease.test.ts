import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPairFiller } from '../../../src/train/fit/companion-counts.js';
import { countPairs } from '../../../src/train/fit/pair-counts.js';
import { createRestrictedEase, EASE_SHAPE } from '../../../src/train/fit/restricted-ease.js';
import { createSolver } from '../../../src/train/fit/solve-positive.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';
import { createEase } from '../../support/dense-ease.js';
import { sessionsOf } from '../../support/sessions-of.js';

const COUNT = 12;
/** A cart that makes every item a companion of every other. */
const EVERYTHING = Array.from({ length: COUNT }, (_, i) => i + 1);
const someCarts = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: COUNT }), { minLength: 1, maxLength: 6 }), {
  minLength: 20,
  maxLength: 60,
});
const popularity = new Float64Array(COUNT + 1).fill(1);

describe('the restricted EASE', () => {
  beforeAll(openTensorflow);

  it('gives the weights of the full inverse where every item is a companion of every other', () => {
    fc.assert(
      fc.property(someCarts, (carts) => {
        const sessions = sessionsOf([...carts, EVERYTHING]);
        const flat = { ...EASE_SHAPE, farShare: 1, targetPower: 0, unitsPower: 0 };
        const restricted = createRestrictedEase(sessions, popularity, { shape: { ...flat, ridge: 2 } });
        const { meanWeight } = countPairs(sessions, COUNT, flat);
        const full = createEase(sessions, popularity, { size: COUNT, shape: { ...flat, ridge: 2 * meanWeight } });
        for (let row = 1; row <= COUNT; row++) {
          const expected = new Float32Array(COUNT + 1);
          full(row, expected);
          const found = new Float32Array(COUNT + 1);
          const touched = new Set(restricted(row, found));
          for (let other = 1; other <= COUNT; other++) {
            if (other === row) continue;
            const weight = touched.has(other) ? (found[other] as number) : 0;
            expect(weight).toBeCloseTo(Math.max(0, expected[other] as number), 4);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('stays finite on baskets longer than the pairs that are counted', () => {
    const long = Array.from({ length: 20 }, (_, cart) => Array.from({ length: 700 }, (_, i) => ((i * 7 + cart * 31) % 600) + 1));
    const flat = { ...EASE_SHAPE, farShare: 1, lengthPower: 0.5, ridge: 25 };
    const weigh = createRestrictedEase(sessionsOf(long), new Float64Array(601).fill(1), { shape: flat });
    for (let row = 1; row <= 600; row += 37) {
      const into = new Float32Array(601);
      for (const other of weigh(row, into)) expect(into[other]).toBeLessThan(10);
    }
  });

  it('weighs lines that stand close together higher, unless the order of lines says nothing', () => {
    const carts = Array.from({ length: 30 }, () => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const weights = (farShare: number) => {
      const into = new Float32Array(COUNT + 1);
      createRestrictedEase(sessionsOf(carts), popularity, { shape: { ...EASE_SHAPE, farShare } })(1, into);
      return into;
    };
    const near = weights(0.1);
    expect(near[2]).toBeGreaterThan(2 * (near[10] as number));
    const flat = weights(1);
    expect(flat[2]).toBeCloseTo(flat[10] as number, 5);
  });
});

describe('countPairs', () => {
  it('counts a pair by its weight in each cart, an item once, in both directions', () => {
    const shape = { lengthPower: 1, unitsPower: 0, oldShare: 0, gapLines: 1, farShare: 0 };
    const { starts, rows, counts, diagonal, meanWeight } = countPairs(sessionsOf([[1, 2], [1, 3, 2], [3]]), 3, shape);
    const countOf = (row: number, other: number) => {
      const at = rows.subarray(starts[row], starts[row + 1]).indexOf(other);
      return at < 0 ? 0 : counts[(starts[row] as number) + at];
    };
    expect(countOf(1, 2)).toBeCloseTo(Math.exp(-1) / 2 + Math.exp(-2) / 3, 6);
    expect(countOf(2, 1)).toBe(countOf(1, 2));
    expect(countOf(1, 1)).toBe(0);
    expect([...diagonal]).toEqual([0, 1 / 2 + 1 / 3, 1 / 2 + 1 / 3, 1 / 3 + 1]);
    expect(meanWeight).toBeCloseTo((1 / 2 + 1 / 3 + 1) / 3, 12);
  });

  it('weighs a cart by its age, of which a share does not fade, and by the units of its lines', () => {
    const shape = { lengthPower: 0, unitsPower: 2, oldShare: 0.25, gapLines: 1, farShare: 1 };
    const carts = { ...sessionsOf([[1, 2], [3], [4]]), decay: Float64Array.of(0, 0.5, 1), units: Float64Array.of(2, 1, 3) };
    const { counts, diagonal } = countPairs(carts, 4, shape);
    expect([...counts]).toEqual([1, 1]);
    expect([...diagonal]).toEqual([0, 1, 1, 0.25 + 0.75 / 8, 9]);
  });
});

describe('createPairFiller', () => {
  it('gives the same counts from rows as from one matrix, bit by bit, whatever stood there before', () => {
    const someRows = fc.uniqueArray(fc.integer({ min: 1, max: COUNT }), { minLength: 1 });
    fc.assert(
      fc.property(someCarts, fc.array(someRows, { minLength: 1 }), (carts, questions) => {
        const pairs = countPairs(sessionsOf(carts), COUNT, EASE_SHAPE);
        const [read, looked] = [createPairFiller(pairs, 0), createPairFiller(pairs)];
        for (const among of questions) {
          const size = among.length;
          const [a, b] = [new Float64Array(size * size).fill(7), new Float64Array(size * size).fill(7)];
          read(among, a);
          looked(among, b);
          for (let place = 0; place < size; place++) a[place * size + place] = b[place * size + place] = 0;
          expect(b).toEqual(a);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('createSolver', () => {
  const size = 11; // two fours and what is left

  it('solves positive definite systems', () => {
    const vectors = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: size * size, maxLength: size * size });
    fc.assert(
      fc.property(vectors, vectors, (factor, right) => {
        const at = (i: number, j: number) => (i === j ? 0.5 : 0) + dot(factor, i, j);
        const matrix = Float64Array.from({ length: size * size }, (_, place) => at(Math.floor(place / size), place % size));
        const solution = Float64Array.from(right.slice(0, size));
        createSolver(size)(matrix.slice(), size, solution);
        for (let i = 0; i < size; i++) {
          const product = solution.reduce((sum, x, j) => sum + (matrix[i * size + j] as number) * x, 0);
          expect(product).toBeCloseTo(right[i] as number, 6);
        }
      }),
    );
  });

  it('raises the diagonal where the matrix is not definite, until it is', () => {
    const solution = Float64Array.from([1, 1]);
    createSolver(2)(Float64Array.from([1, 2, 2, 1]), 2, solution);
    // 1.5 and 2.25 on the diagonal: (2.25 2; 2 2.25) · x = (1 1)
    expect([...solution]).toEqual([expect.closeTo(1 / 4.25, 9), expect.closeTo(1 / 4.25, 9)]);
  });

  function dot(factor: readonly number[], i: number, j: number): number {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += (factor[i * size + k] as number) * (factor[j * size + k] as number);
    return sum;
  }
});
