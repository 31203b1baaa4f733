import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InteractionEvent } from '../../../src/core/domain/event.js';
import { EVENT_TYPES } from '../../../src/core/domain/event.js';
import { SESSION_GAP_MS } from '../../../src/core/domain/session.js';
import { foldEvent } from '../../../src/core/features/fold-event.js';
import {
  addPurchases,
  createSessionState,
  MAX_ACTIVE_ITEMS,
  MAX_RECENT_ACTIONS,
  MAX_STEPS,
  type SessionState,
} from '../../../src/core/features/session-state.js';
import { aLog, anEvent, MONDAY_10 } from '../../support/an-event.js';

function fold(...events: Partial<InteractionEvent>[]): SessionState {
  const state = createSessionState();
  for (const event of aLog(events)) foldEvent(state, event);
  return state;
}
const quantities = (state: SessionState) =>
  Object.fromEntries([...state.cart.values()].map((line) => [line.itemId, line.quantity]));

describe('the cart', () => {
  it('adds, removes some and removes all', () => {
    const state = fold(
      { type: 'add_to_cart', itemId: 'a', quantity: 3 },
      { type: 'add_to_cart', itemId: 'b' },
      { type: 'remove_from_cart', itemId: 'a', quantity: 1 },
      { type: 'remove_from_cart', itemId: 'b' },
    );
    expect(quantities(state)).toEqual({ a: 2 });
    expect(state.activity.get('b')?.removed).toBe(true);
  });

  it('counts a click and the snapshot that shows it once', () => {
    const state = fold({ type: 'add_to_cart', itemId: 'a' }, { type: 'view_cart', items: [{ itemId: 'a', quantity: 1 }] });
    expect(state.activity.get('a')?.adds).toBe(1);
    expect(state.steps).toHaveLength(1);
  });

  it('takes from a snapshot what changed and nothing else', () => {
    const state = fold(
      {
        type: 'view_cart',
        items: [
          { itemId: 'a', quantity: 1 },
          { itemId: 'b', quantity: 2 },
          { itemId: 'c', quantity: 1 },
        ],
      },
      {
        type: 'view_cart',
        items: [
          { itemId: 'b', quantity: 5 },
          { itemId: 'c', quantity: 1 },
        ],
      },
    );
    expect(quantities(state)).toEqual({ b: 5, c: 1 });
    expect(state.activity.get('a')?.removes).toBe(1);
    expect(state.activity.get('b')?.adds).toBe(2);
    expect(state.activity.get('c')?.adds).toBe(1);
  });

  it('outlives a session', () => {
    const state = fold(
      { type: 'add_to_cart', itemId: 'a' },
      { type: 'view_item', itemId: 'b', occurredAt: MONDAY_10 + SESSION_GAP_MS + 60_000 },
    );
    expect(state.session).toBe(2);
    expect(quantities(state)).toEqual({ a: 1 });
    expect(state.activity.has('a')).toBe(false);
  });

  it('is closed by a purchase, which goes to the history', () => {
    const state = fold(
      { type: 'add_to_cart', itemId: 'a' },
      { type: 'add_to_cart', itemId: 'b' },
      { type: 'purchase', itemId: undefined as never },
    );
    expect(state.cart.size).toBe(0);
    expect([...state.history.keys()]).toEqual(['a', 'b']);
    expect(state.steps.map((step) => step.kind)).toEqual(['purchase', 'purchase']);
  });

  it('keeps the other lines when a log buys line by line', () => {
    const state = fold(
      { type: 'add_to_cart', itemId: 'a' },
      { type: 'add_to_cart', itemId: 'b' },
      { type: 'purchase', itemId: 'a' },
    );
    expect(quantities(state)).toEqual({ b: 1 });
  });
});

describe('an item page', () => {
  it('sums dwell and keeps the deepest scroll, on the item and on its step', () => {
    const state = fold(
      { type: 'view_item', itemId: 'a' },
      { type: 'dwell', itemId: 'a', dwellMs: 4_000 },
      { type: 'scroll', itemId: 'a', scrollDepthRatio: 0.8 },
      { type: 'dwell', itemId: 'a', dwellMs: 1_500 },
      { type: 'scroll', itemId: 'a', scrollDepthRatio: 0.4 },
    );
    expect(state.activity.get('a')).toMatchObject({ views: 1, dwellMs: 5_500, scrollDepthRatio: 0.8 });
    expect(state.steps[0]).toMatchObject({ dwellMs: 5_500, scrollDepthRatio: 0.8 });
  });

  it('reads dwell and depth from the view itself, as a log has them', () => {
    const state = fold({ type: 'view_item', itemId: 'a', dwellMs: 4_000, scrollDepthRatio: 0.5 });
    expect(state.activity.get('a')).toMatchObject({ dwellMs: 4_000, scrollDepthRatio: 0.5 });
  });

  it('credits a late dwell to its own item', () => {
    const state = fold(
      { type: 'view_item', itemId: 'a' },
      { type: 'view_item', itemId: 'b' },
      { type: 'dwell', itemId: 'a', dwellMs: 900 },
    );
    expect(state.steps.map((step) => step.dwellMs)).toEqual([900, 0]);
  });
});

describe('time', () => {
  it('starts a session after more than 30 minutes, not at 30', () => {
    expect(fold({}, { occurredAt: MONDAY_10 + SESSION_GAP_MS }).session).toBe(1);
    expect(fold({}, { occurredAt: MONDAY_10 + SESSION_GAP_MS + 1 }).session).toBe(2);
  });

  it('keeps the order and the session when the clock is set back an hour', () => {
    const state = fold(
      { itemId: 'a' },
      { itemId: 'b', occurredAt: MONDAY_10 - 3_600_000 },
      { itemId: 'c', occurredAt: MONDAY_10 - 3_599_000 },
    );
    expect(state.session).toBe(1);
    expect(state.steps.map((step) => step.itemId)).toEqual(['a', 'b', 'c']);
  });
});

it('adds a purchase of one day once', () => {
  const state = createSessionState();
  addPurchases(state, [
    { itemId: 'a', day: 5 },
    { itemId: 'a', day: 3 },
    { itemId: 'a', day: 5 },
  ]);
  expect(state.history.get('a')).toEqual([3, 5]);
});

it('keeps the newest of the actions of five minutes, and no more for a storm of them', () => {
  const state = fold(...Array.from({ length: 3_000 }, (_, i) => ({ itemId: String(i), occurredAt: MONDAY_10 + 10 * i })));
  const kept = state.recent.map(({ itemId }) => itemId);
  expect(kept).toEqual(Array.from({ length: MAX_RECENT_ACTIONS }, (_, i) => String(3_000 - MAX_RECENT_ACTIONS + i)));
});

it('stays bounded and never holds a cart line below one, whatever comes', () => {
  const event = fc.record({
    type: fc.constantFrom(...EVENT_TYPES),
    itemId: fc.integer({ min: 0, max: 700 }).map(String),
    quantity: fc.integer({ min: 0, max: 9 }),
    dwellMs: fc.integer({ min: 0, max: 90_000 }),
    scrollDepthRatio: fc.double({ min: 0, max: 2, noNaN: true }),
    occurredAt: fc.integer({ min: MONDAY_10, max: MONDAY_10 + 7_200_000 }),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 300 }), (events) => {
      const state = createSessionState();
      for (const partial of events) foldEvent(state, anEvent(partial));
      expect(state.steps.length).toBeLessThanOrEqual(MAX_STEPS);
      expect(state.activity.size).toBeLessThanOrEqual(MAX_ACTIVE_ITEMS);
      for (const line of state.cart.values()) expect(line.quantity).toBeGreaterThan(0);
      for (const activity of state.activity.values()) expect(activity.scrollDepthRatio).toBeLessThanOrEqual(1);
      expect(structuredClone(state)).toEqual(state);
    }),
  );
});
