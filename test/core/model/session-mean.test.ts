import { describe, expect, it } from 'vitest';
import { type ItemTable, scoreItems } from '../../../src/core/model/item-table.js';
import { MEAN_STEPS, meanWeight, writeSessionMean } from '../../../src/core/model/session-mean.js';

/** Rows 1–4 point along x, y, −x and x again. */
const TABLE: ItemTable = {
  count: 4,
  dim: 2,
  scale: 0.5,
  min: -1,
  bytes: Uint8Array.from([2, 2, 4, 2, 2, 4, 0, 2, 4, 2]),
};

function meanOf(rows: readonly number[]): number[] | undefined {
  const into = new Float32Array(2);
  return writeSessionMean(rows, TABLE, into) ? [...into] : undefined;
}

describe('the mean of a session', () => {
  it('is a unit vector in which the newest item weighs most', () => {
    const [x, y] = meanOf([2, 1]) as [number, number];
    expect(Math.hypot(x, y)).toBeCloseTo(1, 6);
    expect(y / x).toBeCloseTo(meanWeight(1), 6);
  });

  it('scores the catalogue by cosine', () => {
    const into = new Float32Array(2);
    writeSessionMean([1], TABLE, into);
    expect([...scoreItems(TABLE, into)].slice(1)).toEqual([1, 0, -1, 1]);
  });

  it('counts a step that repeats the one before it once, and skips unknown items', () => {
    expect(meanOf([2, 2, 0, 2, 1, 1, 0])).toEqual(meanOf([2, 1]));
  });

  it('has nothing to say without a known item, or where items cancel out', () => {
    expect(meanOf([])).toBeUndefined();
    expect(meanOf([0, 0])).toBeUndefined();
  });

  it('forgets what lies further back than its reach', () => {
    const recent = Array.from({ length: MEAN_STEPS }, (_, i) => (i % 2 === 0 ? 1 : 4));
    expect(meanOf([2, ...recent])).toEqual(meanOf(recent));
  });
});
