import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../src/train/event-log.js';
import { addChance, simulate } from '../../../src/train/simulate/simulate.js';

const { log, catalog } = simulate({ seed: 5, sessions: 3000 });

/** Every view of the log and whether its item was added. */
const views = log.sessionIds.flatMap((_, s) => {
  const events = eventsOf(log, s);
  const added = new Set(events.filter(({ type }) => type === 'add_to_cart').map(({ itemId }) => itemId));
  return events
    .filter(({ type }) => type === 'view_item')
    .map(({ itemId, dwellMs, scrollDepthRatio }) => ({ itemId, dwellMs, scrollDepthRatio, added: added.has(itemId) }));
});
const shareAdded = (some: typeof views) => some.filter(({ added }) => added).length / some.length;

describe('simulate', () => {
  it('draws browsing sessions over about 200 items with prices and categories', () => {
    expect(log.kind).toBe('sessions');
    expect(catalog).toHaveLength(200);
    expect(catalog.every(({ price }) => price !== undefined && price > 0)).toBe(true);
    expect(log.sessionIds).toHaveLength(3000);
  });

  it('lets long looks be added more often than short ones, as stated', () => {
    const long = views.filter(({ dwellMs }) => (dwellMs as number) > 24_000);
    const short = views.filter(({ dwellMs }) => (dwellMs as number) < 6_000);
    const expected = (some: typeof views) =>
      some.reduce((sum, view) => sum + addChance(view.dwellMs as number, view.scrollDepthRatio as number), 0) / some.length;
    expect(shareAdded(long)).toBeCloseTo(expected(long), 1);
    expect(shareAdded(short)).toBeCloseTo(expected(short), 1);
    expect(shareAdded(long)).toBeGreaterThan(3 * shareAdded(short));
  });

  it('lets pages read to the end be added more often', () => {
    const deep = views.filter(({ scrollDepthRatio }) => (scrollDepthRatio as number) > 0.8);
    const shallow = views.filter(({ scrollDepthRatio }) => (scrollDepthRatio as number) < 0.3);
    expect(shareAdded(deep)).toBeGreaterThan(1.4 * shareAdded(shallow));
  });

  it('keeps most of a session in one category', () => {
    const categories = new Map(catalog.map(({ itemId, category }) => [itemId, category]));
    const same = log.sessionIds.flatMap((_, s) => {
      const seen = eventsOf(log, s).flatMap(({ itemId, type }) =>
        type === 'view_item' ? [categories.get(itemId as string)] : [],
      );
      return seen.slice(1).map((category, i) => (category === seen[i] ? 1 : 0));
    });
    expect(same.reduce<number>((sum, each) => sum + each, 0) / same.length).toBeGreaterThan(0.5);
  });

  it('repeats with its seed', () => {
    expect(simulate({ seed: 9, sessions: 200 })).toEqual(simulate({ seed: 9, sessions: 200 }));
    expect([...simulate({ seed: 9, sessions: 200 }).log.item]).not.toEqual([...simulate({ seed: 8, sessions: 200 }).log.item]);
  });
});
