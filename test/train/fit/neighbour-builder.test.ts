import { describe, expect, it } from 'vitest';
import { encodeNeighbours } from '../../../src/core/model/neighbour-encoder.js';
import { decodeNeighbours } from '../../../src/core/model/neighbour-table.js';
import { markUnsupported, trimToBytes } from '../../../src/train/fit/neighbour-builder.js';
import { aNeighbourTable, neighboursOf } from '../../support/a-neighbour-table.js';

describe('trimToBytes', () => {
  it('shortens every list alike, weakest first, until the file fits', () => {
    const whole = aNeighbourTable(12);
    const trimmed = trimToBytes(whole, encodeNeighbours(aNeighbourTable(5)).length);
    expect(encodeNeighbours(trimmed).length).toBeLessThanOrEqual(encodeNeighbours(aNeighbourTable(5)).length);
    expect(neighboursOf(trimmed, 3)).toEqual(neighboursOf(whole, 3).slice(0, 5));
  });

  it('leaves a table that fits as it is', () => {
    const whole = aNeighbourTable(3);
    expect(trimToBytes(whole, 10_000)).toBe(whole);
  });
});

describe('markUnsupported', () => {
  it('tells the edges that enough visitors walked from the others, through the file', () => {
    const marked = markUnsupported(aNeighbourTable(4), (row, other) => other === row + 1);
    const { folded, rows, starts } = decodeNeighbours(encodeNeighbours(marked));
    const supported = [...rows.subarray(starts[7], starts[8])].filter((_, i) => folded?.[(starts[7] as number) + i] === 0);
    expect(supported).toEqual([8]);
  });

  it('marks nothing where every edge is supported', () => {
    expect(markUnsupported(aNeighbourTable(4), () => true).folded).toBeUndefined();
  });
});
