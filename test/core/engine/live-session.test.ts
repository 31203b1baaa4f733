import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { InteractionEvent } from '../../../src/core/domain/event.js';
import { createLiveSession } from '../../../src/core/engine/live-session.js';
import { canonicalEvent, canonicaliseState } from '../../../src/core/features/canonical-ids.js';
import { foldEvent } from '../../../src/core/features/fold-event.js';
import type { ItemIndex } from '../../../src/core/features/item-index.js';
import { addPurchases, createSessionState } from '../../../src/core/features/session-state.js';
import { COUNTS_PER_GROUP, createWindowCounters } from '../../../src/core/features/window-counters.js';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import { aLog, anEvent, MONDAY_10 } from '../../support/an-event.js';
import { anItemIndex } from '../../support/an-item-index.js';

it('shows an event before it is in the log, and once when it is', () => {
  const session = createLiveSession();
  const [stored] = aLog([{ type: 'add_to_cart', itemId: 'a' }]);
  if (!stored) throw new Error('one event');
  const { seq: _, ...event } = stored;
  session.await(event);
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
  session.await(anEvent({ itemId: 'cup' }));
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
        batch.forEach(session.await, session);
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

/** The same in few words: everything awaited is folded anew, into a copy, whenever it is asked for. */
function aSlowSession() {
  let committed = createSessionState();
  let awaited: InteractionEvent[] = [];
  let index: ItemIndex | undefined;
  const rename = () => index && canonicaliseState(committed, index);
  return {
    commit(event: InteractionEvent & { seq: number }) {
      foldEvent(committed, index ? canonicalEvent(event, index) : event);
      this.settle(event);
    },
    await: (event: InteractionEvent) => void awaited.push(event),
    settle: ({ eventId }: InteractionEvent) => {
      awaited = awaited.filter((event) => event.eventId !== eventId);
    },
    buy(itemId: string, day: number) {
      addPurchases(committed, [{ itemId, day }]);
      rename();
    },
    erase() {
      committed = createSessionState();
    },
    adopt(next: ItemIndex) {
      index = next;
      rename();
    },
    state() {
      const copy = structuredClone(committed);
      for (const event of awaited) foldEvent(copy, index ? canonicalEvent(event, index) : event);
      return copy;
    },
    get awaited() {
      return awaited;
    },
  };
}

it('is what a fold from the beginning comes to, whatever is late, lost, erased, renamed or done by another tab, and whenever it is looked at', () => {
  const indexes = [
    anItemIndex([
      { itemId: 'a', category: 1 },
      { itemId: 'b', category: 2, alias: 'c' },
    ]),
    anItemIndex([
      { itemId: 'b', category: 1, band: 3, alias: 'a' },
      { itemId: 'c', brand: 2 },
    ]),
  ] as const;
  const event = fc.record({
    type: fc.constantFrom('view_item', 'add_to_cart', 'remove_from_cart', 'dwell', 'purchase', 'dismiss'),
    itemId: fc.constantFrom('a', 'b', 'c', 'unknown'),
    dwellMs: fc.integer({ min: 1, max: 9_000 }),
    afterMs: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: -200_000, max: 40 * 60_000 })),
  });
  const happening = fc.oneof(
    { weight: 6, arbitrary: fc.record({ what: fc.constant('awaits' as const), event }) },
    { weight: 5, arbitrary: fc.record({ what: fc.constant('commits the oldest' as const) }) },
    { weight: 5, arbitrary: fc.record({ what: fc.constant('looks' as const) }) },
    fc.record({ what: fc.constant('commits the newest' as const) }),
    fc.record({ what: fc.constant('loses the oldest' as const) }),
    fc.record({ what: fc.constant('hears of another tab' as const), event }),
    fc.record({ what: fc.constant('bought' as const), itemId: fc.constantFrom('a', 'c'), day: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ what: fc.constant('erases' as const) }),
    fc.record({ what: fc.constant('adopts' as const), bundle: fc.integer({ min: 0, max: 1 }) }),
  );
  const run = (happenings: readonly (typeof happening extends fc.Arbitrary<infer T> ? T : never)[]): void => {
    const [session, slow] = [createLiveSession(), aSlowSession()];
    let at = MONDAY_10;
    let seq = 0;
    let index: ItemIndex | undefined;
    const made = ({ afterMs, ...partial }: { afterMs: number }) => {
      at += afterMs;
      return anEvent({ ...partial, occurredAt: at });
    };
    const commit = (each: InteractionEvent | undefined) => {
      if (!each) return;
      const stored = { ...each, seq: ++seq };
      slow.commit(stored);
      session.commit([stored]);
    };
    const compare = () => {
      expect(session.state()).toEqual(slow.state());
      if (!index) return;
      const { counters } = session.view(at, 0);
      const recounted = createWindowCounters(index, slow.state());
      for (const each of [counters, recounted]) each.advance(at);
      expect(counters.total).toEqual(recounted.total);
      for (const group of ['category', 'brand', 'band'] as const)
        for (const key of [1, 2, 3]) {
          expect(counters.of(group, key)).toHaveLength(COUNTS_PER_GROUP);
          expect(counters.of(group, key)).toEqual(recounted.of(group, key));
        }
    };
    for (const happens of happenings) {
      if (happens.what === 'awaits') {
        const fresh = made(happens.event);
        slow.await(fresh);
        session.await(fresh);
      } else if (happens.what === 'commits the oldest') commit(slow.awaited[0]);
      else if (happens.what === 'commits the newest') commit(slow.awaited.at(-1));
      else if (happens.what === 'hears of another tab') commit(made(happens.event));
      else if (happens.what === 'loses the oldest') {
        const [lost] = slow.awaited;
        if (lost) slow.settle(lost);
        session.settle(new Set(lost && [lost.eventId]));
      } else if (happens.what === 'bought') {
        slow.buy(happens.itemId, happens.day);
        session.addPurchases([happens]);
      } else if (happens.what === 'erases') {
        seq = 0;
        slow.erase();
        session.replace(createSessionState());
      } else if (happens.what === 'adopts') {
        index = indexes[happens.bundle] as ItemIndex;
        slow.adopt(index);
        session.adoptIndex(index, createWindowCounters);
      } else compare();
    }
    compare();
  };
  fc.assert(fc.property(fc.array(happening, { maxLength: 60 }), run), { numRuns: 300 });
});

it('reads an event as often, and copies the session once, however many wait for a log that does not answer', () => {
  const session = createLiveSession();
  let reads = 0;
  const log = aLog(Array.from({ length: 1_000 }, (_, i) => ({ itemId: String(i % 9) }))).map((event) => {
    const { eventId } = event;
    const get = () => {
      reads++;
      return eventId;
    };
    return Object.defineProperty(event, 'eventId', { get, enumerable: true });
  });
  const copy = vi.spyOn(globalThis, 'structuredClone');
  for (const event of log) {
    session.await(event);
    session.state();
  }
  session.commit(log);
  expect(session.state().eventCount).toBe(1_000);
  expect(copy).toHaveBeenCalledOnce();
  expect(reads).toBeLessThan(10 * log.length);
  copy.mockRestore();
});
