import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../../src/core/domain/event.js';
import { eventsOf } from '../../../src/train/event-log.js';
import { createEventLogBuilder } from '../../../src/train/input/event-log-builder.js';
import { DEFAULT_FILTERS, dropSuspects } from '../../../src/train/input/suspect-sessions.js';
import { aLog, type LogSession } from '../../support/a-log.js';

const VIEW = EVENT_TYPES.indexOf('view_item');

/** Fifty shoppers of three views at their own pace, and one more session of many. */
function browsing({ events, stepMs, items }: { events: number; stepMs: number; items: number }) {
  const builder = createEventLogBuilder();
  const add = (sessionId: string, itemId: string, occurredAt: number) =>
    builder.add({ sessionId, itemId, type: VIEW, occurredAt });
  for (let s = 0; s < 50; s++) for (let e = 0; e < 3; e++) add(`shopper-${s}`, `i${e}`, s * 3_600_000 + e * (20_000 + 777 * s));
  for (let e = 0; e < events; e++) add('odd', `i${e % items}`, 100 * 3_600_000 + e * stepMs);
  return builder.finish();
}

describe('dropSuspects', () => {
  it('leaves out a session that is faster than anybody clicks, and keeps a long one of a shopper', () => {
    const { log, dropped } = dropSuspects(browsing({ events: 200, stepMs: 300, items: 150 }), DEFAULT_FILTERS);
    expect([...dropped]).toEqual([['more than 60 events a minute', 1]]);
    expect(log.sessionIds).not.toContain('odd');
    expect(log.item.length).toBe(150);
    expect(dropSuspects(browsing({ events: 200, stepMs: 8000, items: 150 }), DEFAULT_FILTERS).dropped.size).toBe(0);
  });

  it('keeps a short burst: a shopper who opens ten tabs at once', () => {
    expect(dropSuspects(browsing({ events: 10, stepMs: 50, items: 10 }), DEFAULT_FILTERS).dropped.size).toBe(0);
  });

  it('leaves out hundreds of events on one item at any pace', () => {
    const { dropped } = dropSuspects(browsing({ events: 300, stepMs: 60_000, items: 1 }), DEFAULT_FILTERS);
    expect([...dropped]).toEqual([['300 events or more on one or two items', 1]]);
  });

  it('keeps the first orders of one basket on a day and leaves out the rest', () => {
    const order = (visitor: string | undefined, day: number, events: string[]): LogSession => ({
      visitor: visitor as string,
      day,
      events,
    });
    const repeated = Array.from({ length: 6 }, () => order('v', 0, ['a', 'b']));
    const others = [order('v', 1, ['b', 'a']), order('w', 0, ['a', 'b']), order('v', 0, ['a', 'c'])];
    const { log, dropped } = dropSuspects(aLog([...repeated, ...others]), DEFAULT_FILTERS);
    expect([...dropped]).toEqual([['the same order again, after 3 that day by that visitor', 3]]);
    expect(log.sessionIds).toEqual(['s0', 's1', 's2', 's7', 's8', 's6']);
  });

  it('keeps orders of one item however often, and those of unknown visitors', () => {
    const orders = Array.from({ length: 9 }, (_, i): LogSession => ({ day: 0, events: ['a'], visitor: 'v', id: `one-${i}` }));
    const unknown = Array.from({ length: 9 }, (_, i): LogSession => ({ day: 0, events: ['a', 'b'], id: `two-${i}` }));
    expect(dropSuspects(aLog([...orders, ...unknown]), DEFAULT_FILTERS).dropped.size).toBe(0);
  });

  it('leaves out no session of the first 80 % for what its visitor did later', () => {
    const others = Array.from({ length: 12 }, (_, i): LogSession => ({ day: i, events: ['a'], visitor: `w${i}` }));
    const few = Array.from({ length: 4 }, (_, i): LogSession => ({ day: i, events: ['a'], visitor: 'v', id: `early-${i}` }));
    const many = Array.from({ length: 4 }, (_, i): LogSession => ({ day: 20 + i, events: ['a'], visitor: 'v', id: `late-${i}` }));
    const { log } = dropSuspects(aLog([...others, ...few, ...many]), { ...DEFAULT_FILTERS, sessionsPerVisitor: 6 });
    expect(log.sessionIds.filter((id) => id.startsWith('early'))).toHaveLength(4);
    expect(log.sessionIds.filter((id) => id.startsWith('late'))).toHaveLength(0);
  });

  it('keeps a wholesaler’s cart of a thousand lines', () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `item-${i}`);
    expect(dropSuspects(aLog([{ events: lines, visitor: 'v' }, { events: ['item-1'] }]), DEFAULT_FILTERS).dropped.size).toBe(0);
  });

  it('leaves out visitors of more sessions than anybody has, in a day or in all', () => {
    const visits = (visitor: string, count: number, day: (i: number) => number) =>
      Array.from(
        { length: count },
        (_, i): LogSession => ({ visitor, id: `${visitor}-${i}`, day: day(i), events: ['view_item:a'] }),
      );
    const shopper = [...visits('shopper', 15, (i) => i), ...visits('shopper-later', 30, (i) => 50 + i)];
    const log = aLog([...shopper, ...visits('scraper', 11, () => 3), ...visits('monitor', 41, (i) => i)]);
    const { log: kept, dropped } = dropSuspects(log, { ...DEFAULT_FILTERS, sessionsPerVisitor: 40, sessionsPerVisitorDay: 10 });
    expect(Object.fromEntries(dropped)).toEqual({
      'by a visitor of more than 40 sessions': 41,
      'by a visitor of more than 10 sessions in a day': 11,
    });
    expect(new Set(kept.visitors).size).toBe(2);
  });

  it('leaves what it keeps as it was', () => {
    const log = browsing({ events: 200, stepMs: 300, items: 150 });
    const { log: kept } = dropSuspects(log, DEFAULT_FILTERS);
    for (const session of [0, 20, 49]) expect(eventsOf(kept, session)).toEqual(eventsOf(log, session));
    expect(kept.itemIds).toBe(log.itemIds);
  });
});
