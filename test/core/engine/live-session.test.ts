import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { InteractionEvent } from '../../../src/core/domain/event.js';
import { createLiveSession } from '../../../src/core/engine/live-session.js';
import { createWindowCounters } from '../../../src/core/features/window-counters.js';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import { aLog, anEvent, MONDAY_10 } from '../../support/an-event.js';
import { anItemIndex } from '../../support/an-item-index.js';

it('shows an event before it is in the log, and once when it is', () => {
  const session = createLiveSession();
  const [stored] = aLog([{ type: 'add_to_cart', itemId: 'a' }]);
  if (!stored) throw new Error('one event');
  const { seq: _, ...event } = stored;
  session.await([event]);
  expect(session.state().cart.get('a')?.quantity).toBe(1);
  expect(session.committed.cart.size).toBe(0);
  session.commit([stored]);
  session.settle(new Set([event.eventId]));
  expect(session.state().cart.get('a')?.quantity).toBe(1);
});

it('folds an event of the log once, however often it is read', () => {
  const session = createLiveSession();
  const log = aLog([{ itemId: 'a' }, { itemId: 'b' }]);
  session.commit(log);
  session.commit(log);
  expect(session.committed.eventCount).toBe(2);
});

it('joins the two names of one item when the catalogue arrives', () => {
  const session = createLiveSession();
  session.commit(
    aLog([
      { type: 'add_to_cart', itemId: 'SKU-1' },
      { type: 'add_to_cart', itemId: 'cup' },
    ]),
  );
  session.adoptIndex(anItemIndex([{ itemId: 'cup', alias: 'SKU-1' }]));
  expect([...session.state().cart.values()]).toEqual([{ itemId: 'cup', quantity: 2 }]);
  session.commit(aLog([{}, {}, { type: 'remove_from_cart', itemId: 'SKU-1' }]));
  expect(session.state().cart.size).toBe(0);
});

it('counts awaited events in the windows of a view', () => {
  const session = createLiveSession();
  session.adoptIndex(anItemIndex([{ itemId: 'cup', category: 1 }]), createWindowCounters);
  session.await([anEvent({ itemId: 'cup' })]);
  expect(session.view(MONDAY_10, 0).counters.of('category', 1)[0]).toBe(1);
  session.settle(new Set(['none']));
  expect(session.view(MONDAY_10, 0).counters.of('category', 1)[0]).toBe(1);
});

it('comes to the same in two interleaved tabs as in one', async () => {
  const partial = fc.record({
    type: fc.constantFrom(
      'view_item' as const,
      'add_to_cart' as const,
      'remove_from_cart' as const,
      'dwell' as const,
      'purchase' as const,
    ),
    itemId: fc.constantFrom('a', 'b', 'c'),
    dwellMs: fc.integer({ min: 1, max: 9_000 }),
    afterMs: fc.integer({ min: 0, max: 40 * 60_000 }),
  });
  const action = fc.record({ tab: fc.integer({ min: 0, max: 1 }), events: fc.array(partial, { minLength: 1, maxLength: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
      const store = createMemoryStore();
      const tabs = [createLiveSession(), createLiveSession()] as const;
      const alone = createLiveSession();
      let at = MONDAY_10;
      for (const { tab, events } of actions) {
        const batch = events.map(({ afterMs, ...event }): InteractionEvent => {
          at += afterMs;
          return anEvent({ ...event, occurredAt: at });
        });
        const session = tabs[tab] as (typeof tabs)[0];
        session.await(batch);
        session.commit(await store.append(batch, session.committed.seq));
        session.settle(new Set(batch.map((event) => event.eventId)));
      }
      alone.commit(await store.readSince(0));
      for (const session of tabs) {
        session.commit(await store.readSince(session.committed.seq));
        expect(session.state()).toEqual(alone.state());
      }
    }),
    { numRuns: 60 },
  );
});
