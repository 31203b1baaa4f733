import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldEvent } from '../../../src/core/features/fold-event.js';
import { createSessionState, MAX_RECENT_ACTIONS } from '../../../src/core/features/session-state.js';
import { createWindowCounters } from '../../../src/core/features/window-counters.js';
import { aLog, anEvent, MONDAY_10 } from '../../support/an-event.js';
import { anItemIndex } from '../../support/an-item-index.js';

const index = anItemIndex(
  Array.from({ length: 12 }, (_, i) => ({ itemId: String(i), category: i % 3, brand: (i % 2) + 1, band: (i % 4) + 1 })),
);
const VIEWS = 0;
const DWELL = 9;

it('slides 60 s, 5 min and session apart', () => {
  const state = createSessionState();
  const counters = createWindowCounters(index, state);
  for (const event of aLog([{ itemId: '1' }, { itemId: '4', occurredAt: MONDAY_10 + 100_000 }]))
    foldEvent(state, event, counters);
  counters.advance(MONDAY_10 + 110_000);
  expect([...counters.of('category', 1).subarray(VIEWS, VIEWS + 3)]).toEqual([1, 2, 2]);
  counters.advance(MONDAY_10 + 100_000 + 300_001);
  expect([...counters.of('category', 1).subarray(VIEWS, VIEWS + 3)]).toEqual([0, 0, 2]);
});

it('counts dwell in ms per category', () => {
  const state = createSessionState();
  const counters = createWindowCounters(index, state);
  for (const event of aLog([{ itemId: '1' }, { type: 'dwell', itemId: '1', dwellMs: 4_000 }])) foldEvent(state, event, counters);
  expect([...counters.of('category', 1).subarray(DWELL)]).toEqual([4_000, 4_000, 4_000]);
  expect([...counters.of('category', 2).subarray(DWELL)]).toEqual([0, 0, 0]);
});

it('equals a recount from the state after any events', () => {
  const event = fc.record({
    type: fc.constantFrom(
      'view_item' as const,
      'add_to_cart' as const,
      'remove_from_cart' as const,
      'dwell' as const,
      'update_cart' as const,
    ),
    itemId: fc.integer({ min: 0, max: 13 }).map(String),
    dwellMs: fc.integer({ min: 1, max: 50_000 }),
    quantity: fc.integer({ min: 0, max: 3 }),
    afterMs: fc.integer({ min: -7_000_000, max: 2_000_000 }).map((ms) => (ms < -6_900_000 ? ms : Math.abs(ms) % 200_000)),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), fc.integer({ min: 0, max: 400_000 }), (events, laterMs) => {
      const state = createSessionState();
      const live = createWindowCounters(index, state);
      let at = MONDAY_10;
      for (const { afterMs, ...partial } of events) {
        at += afterMs;
        foldEvent(state, anEvent({ ...partial, occurredAt: at }), live);
      }
      const recount = createWindowCounters(index, state);
      live.advance(at + laterMs);
      recount.advance(at + laterMs);
      expect([...live.total]).toEqual([...recount.total]);
      for (const category of [1, 2]) expect([...live.of('category', category)]).toEqual([...recount.of('category', category)]);
      for (const band of [1, 2, 3, 4]) expect([...live.of('band', band)]).toEqual([...recount.of('band', band)]);
    }),
  );
});

/** Views, a hundred a second. */
const storm = (count: number) =>
  Array.from({ length: count }, (_, i) => anEvent({ itemId: String((i * 5) % 12), occurredAt: MONDAY_10 + 10 * i }));

it('equals a recount when more was done within its windows than the state keeps', () => {
  const state = createSessionState();
  const live = createWindowCounters(index, state);
  for (const event of storm(2_500)) foldEvent(state, event, live);
  const recount = createWindowCounters(index, state);
  for (const counters of [live, recount]) counters.advance(MONDAY_10 + 25_000);
  expect([...live.total.subarray(VIEWS, VIEWS + 3)]).toEqual([MAX_RECENT_ACTIONS, MAX_RECENT_ACTIONS, 2_500]);
  for (const category of [1, 2]) expect([...live.of('category', category)]).toEqual([...recount.of('category', category)]);
});

it('holds few actions where nobody asks for a slate', () => {
  const state = createSessionState();
  let looks = 0;
  const rowOf: typeof index.rowOf = (itemId) => {
    looks++;
    return index.rowOf(itemId);
  };
  const counters = createWindowCounters({ ...index, rowOf }, state);
  for (const event of storm(9_500)) foldEvent(state, event, counters);
  looks = 0;
  counters.advance(MONDAY_10 + 10 * 9_500 + 300_001);
  expect(looks).toBeLessThanOrEqual(2 * 2 * MAX_RECENT_ACTIONS);
});
