import { beforeAll, describe, expect, it } from 'vitest';
import { SILENT } from '../../../src/train/progress.js';
import { NEARNESS } from '../../../src/train/fit/nearness.js';
import { fitTables } from '../../../src/train/fit/tables.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';
import { DEFAULT_SETTINGS } from '../../../src/train/settings.js';
import { aLog, type LogSession } from '../../support/a-log.js';

const settings = { ...DEFAULT_SETTINGS, dim: 8, epochs: 1, minSupport: 5 };

/** Many visitors buy a, b and c together; one alone bought three things that nobody else did. */
const ORDERS: LogSession[] = [
  ...Array.from({ length: 80 }, (_, i) => ({ visitor: `v${i % 40}`, events: ['a', 'b', 'c', `d-${i % 4}`] })),
  { visitor: 'one', events: ['secret-1', 'secret-2', 'secret-3'] },
];

describe('the tables of a bundle', () => {
  beforeAll(openTensorflow);

  it.each([['purchase'], ['view_item']])(
    'have no edge of an item that fewer visitors touched than an edge needs (%s)',
    (type) => {
      const log = aLog(ORDERS.map(({ events, ...order }) => ({ ...order, events: events.map((item) => `${type}:${item}`) })));
      const { neighbours, index, isPublic } = fitTables(log, {
        range: { from: 0, to: 81 },
        catalog: [],
        settings,
        progress: SILENT,
      });
      const degreeOf = (itemId: string) => {
        const row = index.rowOf(itemId);
        return (neighbours.starts[row + 1] as number) - (neighbours.starts[row] as number);
      };
      expect(degreeOf('a')).toBeGreaterThan(0);
      for (const secret of ['secret-1', 'secret-2', 'secret-3']) {
        expect(isPublic(index.rowOf(secret))).toBe(false);
        expect(degreeOf(secret)).toBe(0);
        expect([...neighbours.rows]).not.toContain(index.rowOf(secret));
      }
    },
  );

  it('mark an edge between like items that too few visitors had both of', () => {
    const orders = Array.from({ length: 480 }, (_, i): LogSession => {
      const item = ['cup', 'plate', 'train', 'plane'][i % 4] as string;
      return { visitor: `v${i}`, events: [item, `of-${item}`].map((each) => `purchase:${each}`) };
    });
    const titled = ['rose cup', 'rose plate', 'tin train', 'tin plane'].map((title) => ({
      itemId: title.split(' ')[1] as string,
      title,
    }));
    const { neighbours, index } = fitTables(aLog(orders), {
      range: { from: 0, to: orders.length },
      catalog: titled,
      settings,
      progress: SILENT,
    });
    const { starts, rows, folded } = neighbours;
    const from = index.rowOf('cup');
    const edges = Array.from(rows.subarray(starts[from], starts[from + 1]), (row, e) => [
      index.itemIdOf(row),
      folded?.[(starts[from] as number) + e],
    ]);
    expect(edges).toContainEqual(['of-cup', 0]);
    expect(edges).toContainEqual(['plate', 1]);
    expect(edges.map(([itemId]) => itemId)).not.toContain('train');
  });

  it('find what is bought together on carts of which hardly any pair has enough visitors, and nothing of one visitor alone', () => {
    const shelves = ['tea', 'tools'].map((shelf) => Array.from({ length: 10 }, (_, i) => `${shelf}-${i}`));
    const pairs = shelves.flatMap((items) => items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b])));
    const orders = [0, 1, 2].flatMap((round) =>
      pairs.map((items, i): LogSession => ({ visitor: `v${round}-${i}`, events: items.map((item) => `purchase:${item}`) })),
    );
    const log = aLog([...orders, { visitor: 'one', events: ['purchase:secret-1', 'purchase:secret-2'] }]);
    const range = { from: 0, to: orders.length + 1 };
    const { neighbours, index, isPublic } = fitTables(log, { range, catalog: [], settings, progress: SILENT });
    const { starts, rows, folded } = neighbours;
    const edgesOf = (itemId: string) => {
      const row = index.rowOf(itemId);
      return Array.from(rows.subarray(starts[row], starts[row + 1]), (other) => index.itemIdOf(other));
    };
    for (const item of shelves.flat()) {
      const own = edgesOf(item)
        .slice(0, 5)
        .filter((other) => other.startsWith(item.split('-')[0] as string));
      expect(own).toHaveLength(5);
    }
    expect([...(folded ?? [])]).not.toContain(0);
    for (const secret of ['secret-1', 'secret-2']) {
      expect(isPublic(index.rowOf(secret))).toBe(false);
      expect(edgesOf(secret)).toEqual([]);
      expect([...rows]).not.toContain(index.rowOf(secret));
    }
  });

  it('give no edge of sparse carts that too few visitors had a weight of its own', () => {
    const shelf = Array.from({ length: 12 }, (_, i) => `item-${i}`);
    const pairs = shelf.flatMap((a, i) => shelf.slice(i + 1).map((b) => [a, b]));
    const fitOf = (visits: readonly number[], isLarge: boolean) => {
      const orders = visits.flatMap((round) =>
        pairs.map((items, i): LogSession => ({ visitor: `v${round}-${i}`, events: items.map((item) => `purchase:${item}`) })),
      );
      const range = { from: 0, to: orders.length };
      const nearness = { ...NEARNESS['sparse-carts'], source: 'sparse-carts' } as const;
      return fitTables(aLog(orders), { range, catalog: [], settings, progress: SILENT, ...(isLarge && { nearness }) });
    };
    const { neighbours, source, withNearness } = fitOf([0, 1, 2], true);
    expect(source).toBe('sparse-carts');
    expect(neighbours.rows.length).toBeGreaterThan(0);
    // three visitors an edge, five a weight: without nearest items all that is left are pools
    const pooled = withNearness?.({ share: 0, popularityPower: 0 }).neighbours as typeof neighbours;
    for (let row = 1; row <= shelf.length; row++) {
      const [begin, end] = [pooled.starts[row] as number, pooled.starts[row + 1] as number];
      expect(end - begin).toBeGreaterThan(1);
      const weights = [...pooled.weights.subarray(begin, end)];
      for (const weight of weights) expect(weights.filter((each) => each === weight).length).toBeGreaterThan(1);
    }
    // a young shop has too few carts for pools
    const few = fitOf([0, 1, 2], false);
    expect(few.source).toBe('few-sparse-carts');
    expect(few.withNearness?.({ share: 0, popularityPower: 0 }).neighbours.rows).toHaveLength(0);
  });
});
