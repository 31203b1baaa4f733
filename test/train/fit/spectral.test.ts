import { describe, expect, it } from 'vitest';
import { narrowRows } from '../../../src/train/fit/spectral.js';

describe('narrowRows', () => {
  it('keeps the leading columns, each row of length 1 again', () => {
    const rows = Float32Array.of(0, 0, 0, 3, 4, 12);
    expect([...narrowRows(rows, { width: 3, dim: 2 })].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 0, 0.6, 0.8]);
  });

  it('changes nothing where nothing is to be left out', () => {
    const rows = Float32Array.of(1, 2);
    expect(narrowRows(rows, { width: 2, dim: 4 })).toBe(rows);
  });
});
