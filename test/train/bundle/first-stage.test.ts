import { describe, expect, it } from 'vitest';
import { createItemColumns } from '../../../src/core/model/item-facts.js';
import type { NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { pickFirstStage } from '../../../src/train/bundle/first-stage.js';

/** Every item suggests the six after it, the nearest most. */
function aTable(count: number): NeighbourTable {
  const degree = 6;
  return {
    starts: Uint32Array.from({ length: count + 2 }, (_, row) => Math.max(0, row - 1) * degree),
    rows: Uint32Array.from(
      { length: count * degree },
      (_, edge) => 1 + ((Math.floor(edge / degree) + 1 + (edge % degree)) % count),
    ),
    weights: Float32Array.from({ length: count * degree }, (_, edge) => 1 / (1 + (edge % degree))),
    folded: Uint8Array.from({ length: count * degree }, (_, edge) => edge % 2),
  };
}

describe('pickFirstStage', () => {
  it('keeps the four strongest neighbours of an item, two of the less popular half, with their marks', () => {
    const { neighbours } = pickFirstStage(aTable(40), createItemColumns(40));
    expect([...neighbours.starts.subarray(1, 4)]).toEqual([0, 4, 8]);
    const sizes = Array.from(
      { length: 40 },
      (_, i) => (neighbours.starts[i + 2] as number) - (neighbours.starts[i + 1] as number),
    );
    expect(sizes).toEqual([...Array(20).fill(4), ...Array(20).fill(2)]);
    expect([...neighbours.rows.subarray(0, 4)]).toEqual([2, 3, 4, 5]);
    expect([...(neighbours.folded ?? [])].slice(0, 4)).toEqual([0, 1, 0, 1]);
  });

  it('has cards of 1,000 items and the most popular at most, and of every neighbour', () => {
    const { neighbours, rows } = pickFirstStage(aTable(3_000), createItemColumns(3_000));
    expect(rows.length).toBeLessThanOrEqual(1_024);
    expect([...neighbours.rows].filter((row) => !rows.includes(row))).toEqual([]);
    expect(rows.slice(0, 3)).toEqual([1, 2, 3]);
  });

  it('suggests nothing that is out of stock', () => {
    const columns = createItemColumns(40);
    columns.available[2] = 0;
    const { neighbours, rows } = pickFirstStage(aTable(40), columns);
    expect([neighbours.rows.includes(2), rows.includes(2)]).toEqual([false, false]);
  });
});
