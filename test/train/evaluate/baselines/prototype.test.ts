import { beforeAll, describe, expect, it } from 'vitest';
import { toFitData } from '../../../../src/train/evaluate/baselines/fit-data.js';
import { createPrototype } from '../../../../src/train/evaluate/baselines/prototype.js';
import { openTensorflow } from '../../../../src/train/fit/tensorflow.js';
import { aLog } from '../../../support/a-log.js';
import { aQuery, scoresOf } from '../../../support/a-query.js';

const PLAIN = { own: 0, related: 0, repeats: 0 };

describe('the prototype on sessions', () => {
  // both sessions on one day: no age, and 2^-½ and 3^-½ for their lengths
  const log = aLog([
    { day: 0, events: ['view_item:a', 'view_item:b'] },
    { day: 0, events: ['view_item:a', 'view_item:b', 'view_item:c'] },
  ]);
  const data = toFitData({ log, range: { from: 0, to: 2 }, protocol: 'next-item', seed: 1 });
  const near = (gap: number) => Math.exp(-(gap - 1) / 3);
  const [two, three] = [2 ** -0.5, 3 ** -0.5];
  /** from an item in `own` sessions to one in `other`; the table keeps 255 levels */
  const edge = (sum: number, own: number, other: number) => sum * own ** -0.75 * other ** -0.1;
  const table = {
    a: { b: edge(two + three, 2, 2), c: edge(three * near(2), 2, 1) },
    b: { a: edge(0.8 * (two + three), 2, 2), c: edge(three, 2, 1) },
    c: { a: edge(0.8 * three * near(2), 1, 2), b: edge(0.8 * three, 1, 2) },
  };

  it('agrees with a calculation by hand: two hops, as a share of the best', () => {
    const sum = table.a.b + table.a.c;
    const [toB, toC] = [(1.5 * table.a.b) / sum, (1.5 * table.a.c) / sum];
    const expected = { b: table.a.b + toC * table.c.b, c: table.a.c + toB * table.b.c };
    const best = Math.max(toB * table.b.a + toC * table.c.a, expected.b, expected.c);
    const answer = scoresOf(createPrototype(data, PLAIN).recommend(aQuery('a'), 5));
    expect(answer.b).toBeCloseTo(expected.b / best, 2);
    expect(answer.c).toBeCloseTo(expected.c / best, 2);
  });

  it('answers with what was looked at last where it may', () => {
    const query = { ...aQuery('c', 'a'), exclude: 'none' } as const;
    const [first] = createPrototype(data, { ...PLAIN, repeats: 3 }).recommend(query, 3);
    expect(first?.itemId).toBe('a');
  });
});

describe('the prototype on carts', () => {
  beforeAll(openTensorflow);
  const log = aLog(
    Array.from({ length: 60 }, (_, i) => ({
      day: 0,
      events: i % 3 === 0 ? ['a', 'b'] : i % 3 === 1 ? ['c', 'd'] : ['e', 'a', 'b'],
    })),
  );
  const data = toFitData({ log, range: { from: 0, to: 60 }, protocol: 'masked-basket', seed: 1 });

  it('recommends what goes with the cart, and keeps nothing that it holds', () => {
    const answer = createPrototype(data, PLAIN).recommend(aQuery('c'), 5);
    expect(answer[0]).toEqual({ itemId: 'd', score: 1 });
    expect(answer.map(({ itemId }) => itemId)).not.toContain('c');
  });

  it('adds own purchases and what goes with them, newer ones more', () => {
    const history = [
      { itemId: 'e', day: 90 },
      { itemId: 'a', day: 0 },
    ];
    const query = { ...aQuery('c'), history, now: 90 * 86_400_000 };
    const own = scoresOf(createPrototype(data, { ...PLAIN, own: 0.4 }).recommend(query, 5));
    expect([own.d, own.e, own.a]).toEqual([1, expect.closeTo(0.4), expect.closeTo(0.2)]);
    const related = createPrototype(data, { ...PLAIN, related: 0.4 }).recommend(query, 5);
    expect(related.map(({ itemId }) => itemId)).toContain('b');
  });
});
