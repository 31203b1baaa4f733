import { describe, expect, it } from 'vitest';
import type { NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { groupNearestFirst, groupPopularFirst } from '../../../src/train/fit/rare-groups.js';
import { createSequenceNeighbours } from '../../../src/train/fit/sequence-neighbours.js';
import { shareVectors } from '../../../src/train/fit/shared-vectors.js';

const DIM = 2;
/** 1 had five visitors; 2 and 3 are alike and had three each; 4 points elsewhere; 5 to 8 are alike, one visitor alone had 5 and 6, and 5, 7 and 8 are enough. */
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
  [0.05, 0.99],
];

function share(groupRows = groupNearestFirst) {
  const starts = Uint32Array.from({ length: VISITORS.length + 1 }, (_, row) => VISITORS.slice(0, row).flat().length);
  const visitors = { starts, visitors: Uint32Array.from(VISITORS.flat()), visitorCount: 11 };
  return shareVectors(Float32Array.from(VECTORS.flat()), {
    dim: DIM,
    graph: completeOf(VISITORS.length - 1),
    visitors,
    minSupport: 5,
    groupRows,
  });
}

/** Every row is one edge from every other. */
function completeOf(count: number): NeighbourTable {
  const rows = Array.from({ length: count }, (_, i) => i + 1);
  return {
    starts: Uint32Array.from({ length: count + 2 }, (_, row) => Math.max(0, row - 1) * (count - 1)),
    rows: Uint32Array.from(rows.flatMap((row) => rows.filter((other) => other !== row))),
    weights: new Float32Array(count * (count - 1)).fill(1),
  };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const groupOf = (row: number, groupRows = groupNearestFirst) => share(groupRows).groupOf(row)?.toSorted();
const vectorOf = ({ embeddings }: ReturnType<typeof share>, row: number) => [...embeddings.subarray(row * DIM, (row + 1) * DIM)];

describe('shared vectors', () => {
  it('leave a row its own that enough visitors touched', () => {
    expect(vectorOf(share(), 1)).toEqual([1, 0]);
    expect(share().groupOf(1)).toBeUndefined();
  });

  it('are the mean of a group that enough visitors touched together, each visitor counting alike', () => {
    const shared = share();
    expect(groupOf(5)).toEqual([5, 7, 8]);
    for (const row of [7, 8]) expect(vectorOf(shared, row)).toEqual(vectorOf(shared, 5));
    expect(vectorOf(shared, 5)[0]).toBeCloseTo(0.35 / Math.hypot(0.35, 4.96));
  });

  it('are none where no group of like rows has enough visitors', () => {
    const shared = share();
    expect(shared.isPublic(4)).toBe(false);
    expect(vectorOf(shared, 4)).toEqual([0, 0]);
  });

  it('never join two rows for what the same few visitors did', () => {
    expect(groupOf(5)).not.toContain(6);
    expect(groupOf(6)).not.toContain(5);
  });

  it('join the most alike first, whichever is the more popular', () => {
    const angles = [0, 20, 25, 60].map((degrees) => (degrees * Math.PI) / 180);
    const vectors = [0, 0, ...angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])];
    const visitors = {
      starts: Uint32Array.from([0, 0, 3, 6, 9, 12]),
      visitors: Uint32Array.from({ length: 12 }, (_, i) => i),
      visitorCount: 12,
    };
    const { groupOf: found } = shareVectors(Float32Array.from(vectors), {
      dim: DIM,
      graph: completeOf(4),
      visitors,
      minSupport: 5,
      groupRows: groupNearestFirst,
    });
    expect(found(2)).toEqual([2, 3]);
    expect(found(1)).toEqual([1, 4]);
  });

  it('join no row whose visitors all had others of the group', () => {
    // who is known to be the visitor of 1 would be known to have had 3
    const touched = [[], [1], [2], [1, 3, 4], [5]];
    const angles = [0, 1, 3, 6].map((degrees) => (degrees * Math.PI) / 180);
    const visitors = {
      starts: Uint32Array.from({ length: 6 }, (_, row) => touched.slice(0, row).flat().length),
      visitors: Uint32Array.from(touched.flat()),
      visitorCount: 6,
    };
    const { groupOf: found } = shareVectors(
      Float32Array.from([0, 0, ...angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])]),
      { dim: DIM, graph: completeOf(4), visitors, minSupport: 5, groupRows: groupNearestFirst },
    );
    expect([1, 2, 3, 4].map(found)).toEqual(times(4, undefined));
  });

  it('of the most popular first are not shared with what is unlike it', () => {
    expect(groupOf(2, groupPopularFirst)).toEqual([2, 3]);
    expect(groupOf(5, groupPopularFirst)).toEqual([5, 7, 8]);
    expect(groupOf(6, groupPopularFirst)).toBeUndefined();
  });

  it('let a row that its like leave over join the next group, to which it brings a visitor', () => {
    expect(groupOf(6)).toEqual([2, 3, 6]);
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
    expect([...weigh(1, into)].sort()).toEqual([2, 3, 6]);
    expect(into[2]).toBeCloseTo(into[3] as number);
    expect([...weigh(4, into)]).toEqual([]);
    expect([...weigh(3, into)].sort()).toEqual([1, 2, 6]);
  });
});
