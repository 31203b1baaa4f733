import { describe, expect, it } from 'vitest';
import { encodeNeighbours } from '../../../src/core/model/neighbour-encoder.js';
import type { NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { createTrafficCut } from '../../../src/train/fit/traffic-cut.js';
import { aNeighbourTable, neighboursOf } from '../../support/a-neighbour-table.js';

describe('a cut by traffic', () => {
  const bytes = encodeNeighbours(aNeighbourTable(5)).length;
  const even = new Float64Array(41).fill(1);
  const cut = (popularity: Float64Array) => createTrafficCut(aNeighbourTable(12), popularity)(bytes);
  const lengths = ({ starts }: NeighbourTable) => Array.from(starts.subarray(2), (start, i) => start - (starts[i + 1] as number));

  it('fits, and leaves every row its strongest neighbour', () => {
    const trimmed = cut(even);
    expect(encodeNeighbours(trimmed).length).toBeLessThanOrEqual(bytes);
    for (const row of [1, 20, 40]) expect(neighboursOf(trimmed, row)[0]).toBe(neighboursOf(aNeighbourTable(12), row)[0]);
    expect(Math.max(...lengths(createTrafficCut(aNeighbourTable(12), even)(1)))).toBe(1);
  });

  it('keeps more of a row that many ask, and of what leads to a rare one', () => {
    const lists = lengths(cut(even.with(3, 50)));
    expect(lists[2]).toBe(12);
    const trimmed = cut(even.with(20, 1000));
    const leads = [9, 10, 11, 12, 13, 14, 15, 16, 17, 18].filter((row) => neighboursOf(trimmed, row).includes(20));
    expect(leads).toEqual([]);
    expect(neighboursOf(trimmed, 19)).toContain(20);
  });

  it('leaves a table that fits as it is', () => {
    const whole = aNeighbourTable(3);
    expect(createTrafficCut(whole, even)(10_000)).toBe(whole);
  });

  it('takes the bytes that it counted', () => {
    // an edge that fits by one byte more is kept
    const whole = encodeNeighbours(aNeighbourTable(12)).length;
    expect(createTrafficCut(aNeighbourTable(12), even)(whole)).toEqual(aNeighbourTable(12));
    expect(createTrafficCut(aNeighbourTable(12), even)(whole - 1).rows.length).toBeLessThan(aNeighbourTable(12).rows.length);
  });

  it('leaves rows without neighbours as they are', () => {
    const { starts, rows, weights } = aNeighbourTable(12);
    const longer = { starts: Uint32Array.from([...starts, rows.length, rows.length]), rows, weights };
    const trimmed = createTrafficCut(longer, new Float64Array(43).fill(1))(bytes);
    expect(encodeNeighbours(trimmed).length).toBeLessThanOrEqual(bytes);
    expect([...trimmed.starts.subarray(41)]).toEqual([trimmed.rows.length, trimmed.rows.length, trimmed.rows.length]);
  });
});
