import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, sizesFor } from '../../src/train/settings.js';

const sizesOf = (kind: 'carts' | 'sessions', items: number) => sizesFor({ kind, itemIds: Array.from({ length: items }, String) });

describe('sizesFor', () => {
  it('gives the bytes of carts to their neighbours, those of browsing to vectors', () => {
    expect(sizesOf('carts', 3000)).toEqual({ dim: 16, units: 16, neighbours: 32 });
    expect(sizesOf('carts', 900).neighbours).toBe(64);
    expect(sizesOf('sessions', 3000)).toEqual({ dim: DEFAULT_SETTINGS.dim, units: DEFAULT_SETTINGS.units, neighbours: 20 });
  });

  it('narrows the vectors of large catalogues of browsing', () => {
    expect(sizesOf('sessions', 10_001).dim).toBe(40);
  });
});
