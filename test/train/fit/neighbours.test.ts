import { describe, expect, it } from 'vitest';
import { CART_COOCCURRENCE, createCooccurrence, SESSION_COOCCURRENCE } from '../../../src/train/fit/cooccurrence.js';
import { toItemSessions } from '../../../src/train/fit/item-sessions.js';
import { buildNeighbours, type WeighNeighbours } from '../../../src/train/fit/neighbour-builder.js';
import { createRestrictedEase } from '../../../src/train/fit/restricted-ease.js';
import { createSupportCheck, visitorsOfRows } from '../../../src/train/fit/support.js';
import { fitVocabulary } from '../../../src/train/fit/vocabulary.js';
import { aLog, type LogSession } from '../../support/a-log.js';

/** `a` goes with `b` in many carts, with `c` in fewer, and with `d` only in those of one visitor. */
const CARTS: LogSession[] = Array.from({ length: 60 }, (_, i) => {
  if (i % 6 === 0) return { visitor: 'lonely', events: ['a', 'd'] };
  return { visitor: `v${i}`, events: i % 3 === 0 ? ['a', 'c', 'b'] : i % 3 === 1 ? ['b', 'a'] : ['c', 'e'] };
});

function prepare(sessions: readonly LogSession[]) {
  const log = aLog(sessions);
  const range = { from: 0, to: sessions.length };
  const vocabulary = fitVocabulary(log, range, []);
  const rows = toItemSessions(log, range, vocabulary);
  const rowOf = (itemId: string) => vocabulary.itemIds.indexOf(itemId) + 1;
  return { vocabulary, rows, rowOf, visitors: visitorsOfRows(rows, vocabulary.count) };
}

function neighboursOf(
  item: string,
  {
    sessions = CARTS,
    minSupport = 1,
    weigh,
  }: { sessions?: readonly LogSession[]; minSupport?: number; weigh: (prepared: ReturnType<typeof prepare>) => WeighNeighbours },
) {
  const prepared = prepare(sessions);
  const limits = {
    count: prepared.vocabulary.count,
    neighbours: 3,
    isSupported: createSupportCheck(prepared.visitors, minSupport),
  };
  const table = buildNeighbours(limits, weigh(prepared));
  const row = prepared.rowOf(item);
  return [...table.rows.slice(table.starts[row], table.starts[row + 1])].map((other) => prepared.vocabulary.itemIds[other - 1]);
}

const ease = ({ rows, vocabulary }: ReturnType<typeof prepare>) => createRestrictedEase(rows, vocabulary.popularity);
const browsing = ({ rows, vocabulary }: ReturnType<typeof prepare>) =>
  createCooccurrence(rows, vocabulary.sessions, SESSION_COOCCURRENCE);
const carts = ({ rows, vocabulary }: ReturnType<typeof prepare>) =>
  createCooccurrence(rows, vocabulary.sessions, CART_COOCCURRENCE);

describe('the neighbour table', () => {
  it.each([
    ['EASE', ease],
    ['co-occurrence of carts', carts],
  ])('puts what is bought together most often first: %s', (_, weigh) => {
    expect(neighboursOf('b', { weigh })[0]).toBe('a');
  });

  it('holds no edge that fewer distinct visitors support, however often one of them repeats it', () => {
    expect(neighboursOf('d', { weigh: carts })).toContain('a');
    expect(neighboursOf('d', { weigh: carts, minSupport: 2 })).toEqual([]);
    expect(neighboursOf('a', { weigh: ease, minSupport: 2 })).not.toContain('d');
  });

  it('counts a session of an unknown visitor as a visitor of its own', () => {
    const sessions = Array.from({ length: 4 }, () => ({ events: ['x', 'y'] }));
    expect(neighboursOf('x', { sessions, weigh: carts, minSupport: 4 })).toEqual(['y']);
    expect(neighboursOf('x', { sessions, weigh: carts, minSupport: 5 })).toEqual([]);
  });

  it('follows the order of browsing: the next item weighs more than the one before', () => {
    const sessions = Array.from({ length: 8 }, () => ({ events: ['view_item:x', 'view_item:y', 'view_item:z'] }));
    expect(neighboursOf('y', { sessions, weigh: browsing })).toEqual(['z', 'x']);
  });

  it('lists no item as its own neighbour, none twice and no more than asked for', () => {
    const { vocabulary, rows } = prepare(CARTS);
    const table = buildNeighbours(
      { count: vocabulary.count, neighbours: 2, isSupported: () => true },
      createCooccurrence(rows, vocabulary.sessions, CART_COOCCURRENCE),
    );
    for (let row = 1; row <= vocabulary.count; row++) {
      const own = [...table.rows.slice(table.starts[row], table.starts[row + 1])];
      expect(own.length).toBeLessThanOrEqual(2);
      expect(new Set([row, ...own]).size).toBe(own.length + 1);
    }
  });
});

describe('fitVocabulary', () => {
  it('orders items by popularity and puts what was never touched last', () => {
    const log = aLog(CARTS);
    const catalog = ['zz', 'a', 'unsold'].map((itemId) => ({ itemId, title: itemId }));
    const { itemIds, sessions, popularity } = fitVocabulary(log, { from: 0, to: 60 }, catalog);
    expect(itemIds[0]).toBe('a');
    expect(itemIds.slice(-2)).toEqual(['unsold', 'zz']);
    expect([...popularity.slice(1)]).toEqual([...popularity.slice(1)].sort((a, b) => b - a));
    expect(sessions[1]).toBe(40);
  });

  it('knows only what its range or the catalogue holds', () => {
    const log = aLog([{ events: ['old', 'both'] }, { events: ['new', 'both'] }]);
    expect(fitVocabulary(log, { from: 0, to: 1 }, []).itemIds).toEqual(['both', 'old']);
  });
});
