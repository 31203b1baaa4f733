import { describe, expect, it } from 'vitest';
import { decodeNeighbours, encodeNeighbours, type NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { markUnsupported, trimByTraffic, trimToBytes } from '../../../src/train/fit/neighbour-builder.js';

/** Row r of 40 has the rows after it as neighbours, the nearest strongest. */
function aTable(size: number): NeighbourTable {
  const count = 40;
  const lists = Array.from({ length: count }, (_, i) => Array.from({ length: size }, (_, n) => ((i + n + 1) % count) + 1));
  const starts = new Uint32Array(count + 2);
  lists.forEach((list, i) => {
    starts[i + 2] = (starts[i + 1] as number) + list.length;
  });
  const weights = Float32Array.from(lists.flatMap((list) => list.map((_, n) => 1 / (n + 1))));
  return { starts, rows: Uint32Array.from(lists.flat()), weights };
}

const neighboursOf = ({ starts, rows }: NeighbourTable, row: number) => [...rows.subarray(starts[row], starts[row + 1])];

describe('trimToBytes', () => {
  it('shortens every list alike, weakest first, until the file fits', () => {
    const whole = aTable(12);
    const trimmed = trimToBytes(whole, encodeNeighbours(aTable(5)).length);
    expect(encodeNeighbours(trimmed).length).toBeLessThanOrEqual(encodeNeighbours(aTable(5)).length);
    expect(neighboursOf(trimmed, 3)).toEqual(neighboursOf(whole, 3).slice(0, 5));
  });

  it('leaves a table that fits as it is', () => {
    const whole = aTable(3);
    expect(trimToBytes(whole, 10_000)).toBe(whole);
  });
});

describe('trimByTraffic', () => {
  const bytes = encodeNeighbours(aTable(5)).length;
  const even = new Float64Array(41).fill(1);
  const lengths = ({ starts }: NeighbourTable) => Array.from(starts.subarray(2), (start, i) => start - (starts[i + 1] as number));

  it('fits, and leaves every row its strongest neighbour', () => {
    const trimmed = trimByTraffic(aTable(12), bytes, even);
    expect(encodeNeighbours(trimmed).length).toBeLessThanOrEqual(bytes);
    for (const row of [1, 20, 40]) expect(neighboursOf(trimmed, row)[0]).toBe(neighboursOf(aTable(12), row)[0]);
    expect(Math.max(...lengths(trimByTraffic(aTable(12), 1, even)))).toBe(1);
  });

  it('keeps more of a row that many ask, and of what leads to a rare one', () => {
    const lists = lengths(trimByTraffic(aTable(12), bytes, even.with(3, 50)));
    expect(lists[2]).toBe(12);
    const trimmed = trimByTraffic(aTable(12), bytes, even.with(20, 1000));
    const leads = [9, 10, 11, 12, 13, 14, 15, 16, 17, 18].filter((row) => neighboursOf(trimmed, row).includes(20));
    expect(leads).toEqual([]);
    expect(neighboursOf(trimmed, 19)).toContain(20);
  });

  it('leaves a table that fits as it is', () => {
    const whole = aTable(3);
    expect(trimByTraffic(whole, 10_000, even)).toBe(whole);
  });
});

describe('markUnsupported', () => {
  it('tells the edges that enough visitors walked from the others, through the file', () => {
    const marked = markUnsupported(aTable(4), (row, other) => other === row + 1);
    const { folded, rows, starts } = decodeNeighbours(encodeNeighbours(marked));
    const supported = [...rows.subarray(starts[7], starts[8])].filter((_, i) => folded?.[(starts[7] as number) + i] === 0);
    expect(supported).toEqual([8]);
  });

  it('marks nothing where every edge is supported', () => {
    expect(markUnsupported(aTable(4), () => true).folded).toBeUndefined();
  });
});
