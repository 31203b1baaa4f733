import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../../src/core/domain/event.js';
import { eventsOf } from '../../../src/train/event-log.js';
import { createEventLogBuilder } from '../../../src/train/input/event-log-builder.js';

const VIEW = EVENT_TYPES.indexOf('view_item');
const PURCHASE = EVENT_TYPES.indexOf('purchase');

const rows = fc.array(
  fc.record({
    sessionId: fc.constantFrom('a', 'b', 'c'),
    itemId: fc.constantFrom('x', 'y', 'z'),
    type: fc.constant(VIEW),
    occurredAt: fc.integer({ min: 0, max: 5 }),
    quantity: fc.integer({ min: 1, max: 1000 }),
  }),
  { minLength: 1 },
);

describe('createEventLogBuilder', () => {
  it('orders sessions by start and events by time, and keeps the order of the file in ties', () => {
    fc.assert(
      fc.property(rows, (added) => {
        const builder = createEventLogBuilder();
        // the quantity is the row's number, so that ties can be told apart
        for (const [i, row] of added.entries()) builder.add({ ...row, quantity: i });
        const log = builder.finish();
        expect([...log.startedAt]).toEqual([...log.startedAt].sort((a, b) => a - b));
        for (const [s, sessionId] of log.sessionIds.entries()) {
          const expected = added
            .map((row, i) => ({ ...row, i }))
            .filter((row) => row.sessionId === sessionId)
            .sort((a, b) => a.occurredAt - b.occurredAt || a.i - b.i);
          expect(eventsOf(log, s).map((event) => event.quantity)).toEqual(expected.map(({ i }) => i));
          expect(eventsOf(log, s).map((event) => event.itemId)).toEqual(expected.map(({ itemId }) => itemId));
        }
      }),
    );
  });

  it('reads a log of purchases alone as carts, their lines in row order', () => {
    const builder = createEventLogBuilder();
    builder.add({ sessionId: 's', itemId: 'late', type: PURCHASE, occurredAt: 9 });
    builder.add({ sessionId: 's', itemId: 'early', type: PURCHASE, occurredAt: 1, visitorId: 'v' });
    const log = builder.finish();
    expect(log.kind).toBe('carts');
    expect(eventsOf(log, 0).map(({ type, itemId }) => `${type} ${itemId}`)).toEqual(['add_to_cart late', 'add_to_cart early']);
    expect(log.startedAt[0]).toBe(1);
    expect([...log.visitors]).toEqual([0]);
  });

  it('keeps purchases as they are where there is anything else', () => {
    const builder = createEventLogBuilder();
    builder.add({ sessionId: 's', itemId: 'x', type: PURCHASE, occurredAt: 1 });
    builder.add({ sessionId: 's', itemId: 'x', type: VIEW, occurredAt: 2 });
    const log = builder.finish();
    expect(log.kind).toBe('sessions');
    expect(eventsOf(log, 0).map(({ type }) => type)).toEqual(['purchase', 'view_item']);
    expect([...log.visitors]).toEqual([-1]);
  });

  it('leaves an absent field out of the event', () => {
    const builder = createEventLogBuilder();
    builder.add({ sessionId: 's', itemId: 'x', type: VIEW, occurredAt: 5, dwellMs: 1500 });
    expect(eventsOf(builder.finish(), 0)).toEqual([
      { eventId: 's#0', type: 'view_item', itemId: 'x', occurredAt: 5, sessionId: 's', dwellMs: 1500 },
    ]);
  });

  it('keeps every row when it grows', () => {
    const builder = createEventLogBuilder();
    for (let i = 0; i < 70_000; i++) builder.add({ sessionId: 's', itemId: `i${i % 7}`, type: VIEW, occurredAt: i });
    const log = builder.finish();
    expect(log.item.length).toBe(70_000);
    expect(log.occurredAt[69_999]).toBe(69_999);
  });
});
