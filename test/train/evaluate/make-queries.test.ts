import { describe, expect, it } from 'vitest';
import { makeQueries, type QueryOptions } from '../../../src/train/evaluate/make-queries.js';
import { aLog } from '../../support/a-log.js';

const knowsAll: QueryOptions = { protocol: 'masked-basket', seed: 1, isKnown: () => true };
const all = (log: ReturnType<typeof aLog>, options: Partial<QueryOptions> = {}) =>
  makeQueries(log, { from: 0, to: log.sessionIds.length }, { ...knowsAll, ...options });

describe('masked basket', () => {
  const log = aLog([{ events: ['a', 'b', 'a', 'c'] }, { events: ['a'] }, { events: ['d', 'e'] }]);

  it('hides one item and shows the others in line order, for baskets of two known items', () => {
    const queries = all(log);
    expect(queries.map(({ sessionId }) => sessionId)).toEqual(['s0', 's2']);
    const [first] = queries;
    expect(first?.shown).toEqual(['a', 'b', 'c'].filter((item) => item !== first?.target));
    expect(first?.events.map(({ itemId }) => itemId)).toEqual(['a', 'b', 'a', 'c'].filter((item) => item !== first?.target));
    expect(first?.exclude).toBe('shown');
  });

  it('leaves out baskets of which training knows fewer than two items, and may hide a cold one', () => {
    expect(all(log, { isKnown: (item) => item !== 'd' }).map(({ sessionId }) => sessionId)).toEqual(['s0']);
    const targets = new Set(
      Array.from({ length: 30 }, (_, seed) => all(log, { seed, isKnown: (item) => item !== 'a' })[0]?.target),
    );
    expect(targets).toEqual(new Set(['a', 'b', 'c']));
  });

  it('repeats with its seed, and a session has its mask whatever the range', () => {
    expect(all(log)).toEqual(all(log));
    expect(makeQueries(log, { from: 2, to: 3 }, knowsAll)).toEqual(all(log).slice(1));
  });
});

describe('growing cart', () => {
  it('shows the first 1, 3 and 5 lines and asks for the next', () => {
    const queries = all(aLog([{ events: ['a', 'b', 'c', 'd', 'e'] }]), { protocol: 'growing-cart' });
    expect(queries.map(({ shown, target, later }) => ({ shown, target, later }))).toEqual([
      { shown: ['a'], target: 'b', later: ['b', 'c', 'd', 'e'] },
      { shown: ['a', 'b', 'c'], target: 'd', later: ['d', 'e'] },
    ]);
  });
});

describe('next item', () => {
  const log = aLog([{ events: ['view_item:a', 'view_item:b', 'view_item:a', 'view_item:c'] }]);

  it('asks for every next item, repeats allowed', () => {
    const queries = all(log, { protocol: 'next-item' });
    expect(queries.map(({ target }) => target)).toEqual(['b', 'a', 'c']);
    expect(queries[1]).toMatchObject({ shown: ['a', 'b'], exclude: 'none', now: 60_000 });
  });

  it('asks for new items only and leaves out what was shown', () => {
    const queries = all(log, { protocol: 'next-new-item' });
    expect(queries.map(({ target, exclude }) => [target, exclude])).toEqual([
      ['b', 'shown'],
      ['c', 'shown'],
    ]);
    expect(queries[1]?.events).toHaveLength(3);
  });
});

describe('a cart page', () => {
  it('asks what a masked basket asks of carts of five items or fewer, under the rules of the cart', () => {
    const log = aLog([{ events: ['a', 'b', 'c'] }, { events: ['a', 'b', 'c', 'd', 'e', 'f'] }, { events: [...'abcdefg'] }]);
    const masked = all(log, { protocol: 'masked-basket' });
    expect(masked).toHaveLength(3);
    expect(all(log, { protocol: 'cart-page' })).toEqual(masked.slice(0, 2).map((query) => ({ ...query, exclude: 'cart' })));
  });

  it('asks nothing of a log whose carts are not known', () => {
    const log = aLog([{ events: ['view_item:x', 'purchase:a', 'purchase:b'] }]);
    expect(all(log, { protocol: 'cart-page' })).toEqual([]);
  });
});

describe('next add', () => {
  it('asks for what is added and is not in the cart', () => {
    const log = aLog([{ events: ['view_item:a', 'view_item:b', 'add_to_cart:b', 'add_to_cart:b', 'add_to_cart:a'] }]);
    const queries = all(log, { protocol: 'next-add' });
    expect(queries.map(({ target, shown, exclude }) => ({ target, shown, exclude }))).toEqual([
      { target: 'b', shown: ['a', 'b'], exclude: 'cart' },
      { target: 'a', shown: ['a', 'b'], exclude: 'cart' },
    ]);
  });
});

describe('history', () => {
  const log = aLog([
    { visitor: 'v', events: ['x', 'y'], day: 1 },
    { visitor: 'w', events: ['z', 'q'], day: 1 },
    { visitor: 'v', events: ['y', 'x'], day: 20 },
    { visitor: 'v', events: ['a', 'b'], day: 40 },
    { visitor: 'v', events: ['c', 'd'], day: 40 },
    { events: ['e', 'f'], day: 41 },
  ]);
  const historyOf = (days: number) =>
    all(log, { historyDays: days }).map(({ history }) => history.map(({ itemId, day }) => `${itemId}@${day}`));

  it('is the strictly earlier purchases of the visitor', () => {
    expect(historyOf(365)).toEqual([[], [], ['x@1', 'y@1'], ['x@1', 'y@1', 'y@20', 'x@20'], ['x@1', 'y@1', 'y@20', 'x@20'], []]);
  });

  it('ends where the device forgets', () => expect(historyOf(30)[3]).toEqual(['y@20', 'x@20']));
  it('is empty for the anonymous', () => expect(historyOf(0).flat()).toEqual([]));
});

describe('a sample of the queries', () => {
  it('is of the size asked for, in order and seeded', () => {
    const log = aLog(Array.from({ length: 50 }, () => ({ events: ['a', 'b'] })));
    const sample = all(log, { maxQueries: 10 });
    expect(sample).toHaveLength(10);
    expect(sample).toEqual(all(log, { maxQueries: 10 }));
    const places = sample.map(({ sessionId }) => Number(sessionId.slice(1)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
