import { describe, expect, it } from 'vitest';
import type { NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { poolCartEdges } from '../../../src/train/fit/pooled-carts.js';
import { sessionsOf } from '../../support/item-sessions.js';

const COUNT = 6;

/** 1 leads to 2 with a weight of 9, and to 6, which nobody had with it. */
const SUPPORTED: NeighbourTable = {
  starts: Uint32Array.from([0, 0, 2, 2, 2, 2, 2, 2]),
  rows: Uint32Array.from([2, 6]),
  weights: Float32Array.from([9, 4]),
};

/** Every row leads to every other by as much as its number. */
const weighOf = () => (row: number, into: Float32Array) => {
  const others = Array.from({ length: COUNT }, (_, i) => i + 1).filter((other) => other !== row);
  for (const other of others) into[other] = other;
  return others;
};

function edgesOf(row: number, carts: readonly (readonly number[])[]) {
  const { starts, rows, weights } = poolCartEdges(sessionsOf(carts), {
    count: COUNT,
    minSupport: 3,
    isPublic: () => true,
    weighOf,
    supported: SUPPORTED,
  });
  return Array.from(rows.subarray(starts[row], starts[row + 1]), (other, i) => [other, weights[(starts[row] as number) + i]]);
}

describe('pooled edges of carts', () => {
  it('share a weight of the log’s own kind, beside edges that need no pool and keep theirs', () => {
    const carts = [
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 3],
      [1, 3],
      [1, 5],
    ];
    expect(edgesOf(1, carts)).toEqual([
      [2, 9],
      [3, 4],
      [5, 4],
      [6, 4],
    ]);
  });

  it('are left out where too few visitors had them all', () => {
    expect(
      edgesOf(1, [
        [1, 3],
        [1, 5],
      ]).map(([row]) => row),
    ).toEqual([2, 6]);
    expect(
      edgesOf(3, [
        [1, 3],
        [1, 5],
      ]),
    ).toEqual([]);
  });

  it('count what is weighed anew where rows share a vector', () => {
    const counted: number[][] = [];
    poolCartEdges(
      sessionsOf([
        [1, 2],
        [1, 3],
      ]),
      {
        count: COUNT,
        minSupport: 3,
        isPublic: () => true,
        groupOf: (row) => (row === 2 || row === 3 ? [2, 3] : undefined),
        weighOf: (sessions, { counts, popularity }) => {
          counted.push([...sessions.rows], [...counts], [...popularity]);
          return weighOf();
        },
        supported: SUPPORTED,
      },
    );
    const each = [0, 2, 2, 0, 0, 0, 0];
    expect(counted).toEqual([[1, 2, 1, 2], each, each]);
  });
});
