import { describe, expect, it } from 'vitest';
import type { ItemSessions } from '../../../src/train/fit/item-sessions.js';
import { poolEdges } from '../../../src/train/fit/pooled-edges.js';
import { sessionsOf } from '../../support/item-sessions.js';

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

function edgesOf(sessions: ItemSessions, row: number, pooling: Partial<Parameters<typeof poolEdges>[1]> = {}) {
  const { starts, rows, weights } = poolEdges(sessions, { count: 6, minSupport: 3, isPublic: () => true, ...pooling });
  return Array.from(rows.subarray(starts[row], starts[row + 1]), (other, i) => [other, weights[(starts[row] as number) + i]]);
}

describe('counted edges', () => {
  it('have a weight of their own where enough visitors walked them', () => {
    const edges = edgesOf(sessionsOf([...times(4, [1, 2]), ...times(3, [1, 3])]), 1);
    expect(edges.map(([row]) => row)).toEqual([2, 3]);
    expect(edges[0]?.[1]).toBeGreaterThan(edges[1]?.[1] as number);
  });

  it('share the mean weight of those that enough visitors walked together', () => {
    const edges = edgesOf(sessionsOf([...times(3, [1, 2]), [1, 3], [1, 3], [1, 4]]), 1);
    expect(edges.map(([row]) => row)).toEqual([2, 3, 4]);
    expect(edges[1]?.[1]).toBe(edges[2]?.[1]);
  });

  it('are left out where too few visitors walked them all', () => {
    expect(edgesOf(sessionsOf([...times(3, [1, 2]), [1, 3], [1, 4]]), 1).map(([row]) => row)).toEqual([2]);
  });

  it('are not pooled with those of the same visitors', () => {
    const edges = edgesOf(
      sessionsOf([
        [1, 3, 4],
        [1, 5],
        [1, 6],
      ]),
      1,
    );
    expect(edges).toHaveLength(3);
    expect(edges.filter(([row]) => row === 3 || row === 4)).toHaveLength(1);
  });

  it('are not pooled where the visitors of one are all visitors of another', () => {
    const sessions = sessionsOf([...times(5, [1, 3]), [1, 4], [1, 4], [1, 5]], [0, 0, 0, 0, 0, 0, 1, 2]);
    expect(edgesOf(sessions, 1)).toEqual([]);
  });

  it('are pooled until as many visitors as are asked for stand behind them', () => {
    const single = Array.from({ length: 12 }, (_, i) => [1, i + 2]);
    expect(edgesOf(sessionsOf(single), 1, { count: 13, minSupport: 12 })).toHaveLength(12);
  });

  it('count a visitor once, however many sessions', () => {
    expect(edgesOf(sessionsOf(times(3, [1, 2]), [7, 7, 7]), 1)).toEqual([]);
  });

  it('are the same of all rows that share a vector, and lead to each of them with a part of the weight', () => {
    const sessions = sessionsOf([
      [1, 2],
      [1, 3],
      [1, 3],
    ]);
    const groupOf = (row: number) => (row === 2 || row === 3 ? [2, 3] : undefined);
    const [to2, to3] = edgesOf(sessions, 1, { groupOf });
    expect([to2?.[0], to3?.[0]]).toEqual([2, 3]);
    expect(to2?.[1]).toBe(to3?.[1]);
    expect(edgesOf(sessions, 2, { groupOf })).toEqual(edgesOf(sessions, 3, { groupOf }));
  });

  it('neither lead to a row without a vector nor from it', () => {
    const sessions = sessionsOf(times(3, [1, 2]));
    for (const row of [1, 2]) expect(edgesOf(sessions, row, { isPublic: (each) => each !== 2 })).toEqual([]);
  });
});
