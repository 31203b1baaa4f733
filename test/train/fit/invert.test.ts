import { beforeAll, describe, expect, it } from 'vitest';
import { invert, invertDense } from '../../../src/train/fit/invert.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';

/** A Gram matrix with a ridge: symmetric positive definite. */
function aGram(size: number): Float32Array {
  const random = createRandom(size, 'gram');
  const rows = Array.from({ length: 2 * size }, () => Float64Array.from({ length: size }, () => (random.next() < 0.1 ? 1 : 0)));
  return Float32Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return rows.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), i === j ? 5 : 0);
  });
}

describe('invert', () => {
  beforeAll(openTensorflow);

  it.each([1, 7, 256, 300])('agrees with an unblocked inverse for %i rows', (size) => {
    const gram = aGram(size);
    const expected = invertDense(Float64Array.from(gram), size);
    const found = invert(gram.slice(), size);
    expect(Math.max(...found.map((value, i) => Math.abs(value - (expected[i] as number))))).toBeLessThan(1e-5);
  });

  it('gives the identity when multiplied with what it inverted', () => {
    const gram = aGram(20);
    const inverse = invertDense(Float64Array.from(gram), 20);
    for (let i = 0; i < 20; i++) {
      for (let j = 0; j < 20; j++) {
        let sum = 0;
        for (let k = 0; k < 20; k++) sum += (gram[i * 20 + k] as number) * (inverse[k * 20 + j] as number);
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 8);
      }
    }
  });

  it('refuses a singular matrix', () => {
    expect(() => invert(new Float32Array(4), 2)).toThrow(expect.objectContaining({ code: 'model-nonfinite' }));
  });
});
