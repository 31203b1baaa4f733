import { describe, expect, it } from 'vitest';
import type { NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { createSequenceNeighbours } from '../../../src/train/fit/sequence-neighbours.js';

/** Rows 2 and 3 are as near to row 1, row 4 is less; all are one edge from it. */
const EMBEDDINGS = Float32Array.from([0, 0, 1, 0, 0.8, 0.6, 0.8, -0.6, 0.6, 0.8]);
const GRAPH: NeighbourTable = {
  starts: Uint32Array.of(0, 0, 3, 3, 3, 3),
  rows: Uint32Array.of(2, 3, 4),
  weights: new Float32Array(3).fill(1),
};
const NONE: NeighbourTable = { starts: new Uint32Array(6), rows: new Uint32Array(), weights: new Float32Array() };

function weigh(popularity: readonly number[], popularityPower?: number): number[] {
  const into = new Float32Array(5);
  const near = { embeddings: EMBEDDINGS, dim: 2, graph: GRAPH, supported: NONE, neighbours: 3, strength: () => 1 };
  const found = [...createSequenceNeighbours({ ...near, popularity, popularityPower })(1, into)];
  expect(found.sort()).toEqual([2, 3, 4]);
  return [...into];
}

describe('neighbours by vectors', () => {
  it('weigh the more popular of rows as near by a power of its count', () => {
    const [, , rare, common] = weigh([0, 9, 1, 16, 1], 0.25) as [number, number, number, number];
    expect(common / rare).toBeCloseTo(2);
  });

  it('weigh nearness alone without a power', () => {
    const [, , rare, common, far] = weigh([0, 9, 1, 16, 1]) as [number, number, number, number, number];
    expect(common).toBeCloseTo(rare);
    expect(far).toBeLessThan(rare);
  });

  it('share out the strength of the row', () => {
    expect(weigh([0, 9, 1, 16, 1], 0.25).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  });
});
