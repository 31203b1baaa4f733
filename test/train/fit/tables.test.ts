import { beforeAll, describe, expect, it } from 'vitest';
import { SILENT } from '../../../src/train/progress.js';
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
});
