import { describe, expect, it } from 'vitest';
import type { NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { createSequenceNeighbours } from '../../../src/train/fit/sequence-neighbours.js';
import { shareVectors } from '../../../src/train/fit/shared-vectors.js';

const DIM = 2;
/** 1 had five visitors; 2 and 3 are alike and had three each; 4 points elsewhere; 5 to 8 are alike, and one visitor alone had 5 and 6. */
const VISITORS = [[], [1, 2, 3, 4, 5], [1, 2, 3], [3, 4, 5], [1, 2], [9], [9], [6, 7, 8], [10]];
const VECTORS = [
  [0, 0],
  [1, 0],
  [0.6, 0.8],
  [0.8, 0.6],
  [-1, 0],
  [0, 1],
  [0, 1],
  [0.1, 0.99],
  [-0.1, 0.99],
];
const ROWS = VISITORS.map((_, row) => row).slice(1);

function share(minSupport = 5) {
  const starts = Uint32Array.from({ length: VISITORS.length + 1 }, (_, row) => VISITORS.slice(0, row).flat().length);
  const visitors = { starts, visitors: Uint32Array.from(VISITORS.flat()), visitorCount: 11 };
  return shareVectors(Float32Array.from(VECTORS.flat()), { dim: DIM, graph: COMPLETE, visitors, minSupport });
}

/** Every row is one edge from every other. */
const COMPLETE: NeighbourTable = {
  starts: Uint32Array.from({ length: ROWS.length + 2 }, (_, row) => Math.max(0, row - 1) * (ROWS.length - 1)),
  rows: Uint32Array.from(ROWS.flatMap((row) => ROWS.filter((other) => other !== row))),
  weights: new Float32Array(ROWS.length * (ROWS.length - 1)).fill(1),
};

const vectorOf = ({ embeddings }: ReturnType<typeof share>, row: number) => [...embeddings.subarray(row * DIM, (row + 1) * DIM)];

describe('shared vectors', () => {
  it('leave a row its own that enough visitors touched', () => {
    expect(vectorOf(share(), 1)).toEqual([1, 0]);
    expect(share().groupOf(1)).toBeUndefined();
  });

  it('are the mean of a group that enough visitors touched together, each visitor counting alike', () => {
    const shared = share();
    expect(shared.groupOf(2)).toEqual([2, 3]);
    expect(vectorOf(shared, 2)).toEqual(vectorOf(shared, 3));
    expect(vectorOf(shared, 2)[0]).toBeCloseTo(Math.SQRT1_2);
  });

  it('are none where no group of like rows has enough visitors', () => {
    const shared = share();
    for (const row of [4, 6]) {
      expect(shared.isPublic(row)).toBe(false);
      expect(vectorOf(shared, row)).toEqual([0, 0]);
    }
  });

  it('never join two rows for what the same few visitors did', () => {
    expect(share().groupOf(5)).toEqual([5, 7, 8]);
    expect(share().groupOf(6)).toBeUndefined();
  });

  it('make nearest items of whole groups, and of nobody without a vector', () => {
    const shared = share();
    // one edge leads from 1, to 2; two from 2, to 1 and 6
    const graph: NeighbourTable = {
      starts: Uint32Array.from([0, 0, 1, 3, 3, 3, 3, 3, 3, 3]),
      rows: Uint32Array.from([2, 1, 6]),
      weights: Float32Array.from([1, 1, 1]),
    };
    const none: NeighbourTable = { starts: new Uint32Array(10), rows: new Uint32Array(), weights: new Float32Array() };
    const weigh = createSequenceNeighbours({ ...shared, dim: DIM, graph, supported: none, neighbours: 9, strength: () => 1 });
    const into = new Float32Array(9);
    expect([...weigh(1, into)].sort()).toEqual([2, 3]);
    expect(into[2]).toBeCloseTo(into[3] as number);
    expect([...weigh(6, into)]).toEqual([]);
    expect([...weigh(3, into)]).toEqual([1]);
  });
});
