import { describe, expect, it, vi } from 'vitest';
import { openKeptSession } from '../../../src/core/engine/kept-session.js';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import type { Snapshot, Store, StoreChange } from '../../../src/core/engine/store.js';
import { aGate } from '../../support/a-gate.js';
import { anEvent, MONDAY_10 } from '../../support/an-event.js';

const add = (itemId: string) => anEvent({ type: 'add_to_cart', itemId });

/** A session on a store in memory that tells of its snapshots, and of which another tab can speak. */
async function kept(over: Partial<Store> = {}) {
  const snapshots: Snapshot[] = [];
  const faults: unknown[] = [];
  const onForgotten = vi.fn();
  let tell = (_change: StoreChange): void => {};
  const store: Store = Object.assign(createMemoryStore(), {
    writeSnapshot: async (snapshot: Snapshot) => void snapshots.push(snapshot),
    watch: (onChange: typeof tell) => {
      tell = onChange;
      return () => {
        tell = () => {};
      };
    },
    ...over,
  });
  const session = await openKeptSession({
    store,
    retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 },
    now: () => MONDAY_10,
    report: (error) => faults.push(error),
    onForgotten,
  });
  return { session, store, snapshots, faults, onForgotten, tell: (change: StoreChange) => tell(change) };
}

describe('a kept session', () => {
  it('writes one snapshot for a burst of events, without own purchases, and none when nothing changed', async () => {
    const { session, snapshots } = await kept();
    await session.append([add('a')]);
    await session.append([add('b'), anEvent({ type: 'purchase', itemId: 'c' })]);
    await session.close();
    expect(snapshots.map(({ seq, state }) => [seq, (state as { history: Map<string, unknown> }).history.size])).toEqual([[3, 0]]);
    const idle = await kept();
    await idle.session.close();
    expect(idle.snapshots).toEqual([]);
  });

  it('writes no snapshot of what was forgotten', async () => {
    const { session, snapshots, onForgotten } = await kept();
    await session.append([add('a')]);
    await session.forget();
    expect([...session.state().cart.keys()]).toEqual([]);
    await session.close();
    expect(snapshots).toEqual([]);
    expect(onForgotten).toHaveBeenCalledOnce();
  });

  it('schedules no snapshot for an append that ends after it was closed', async () => {
    vi.useFakeTimers();
    const gate = aGate();
    const memory = createMemoryStore();
    const { session, snapshots } = await kept({
      append: async (events, after) => {
        await gate.promise;
        return memory.append(events, after);
      },
    });
    const appended = session.append([add('a')]);
    await vi.advanceTimersByTimeAsync(250);
    await session.close();
    gate.open();
    await appended;
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(snapshots).toEqual([]);
  });

  it('writes what comes close together at once, and within 250 ms', async () => {
    vi.useFakeTimers();
    const memory = createMemoryStore();
    const append = vi.fn(memory.append.bind(memory));
    const { session } = await kept({ append });
    const appended = [session.append([add('a')]), session.append([add('b'), add('c')])];
    expect(append).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(250);
    await Promise.all(appended);
    vi.useRealTimers();
    expect(append.mock.calls.map(([events]) => events.length)).toEqual([3]);
    expect([...session.committed.cart.keys()]).toEqual(['a', 'b', 'c']);
  });

  it('writes what waits when it is flushed or closed, and tells a failure to whoever appended', async () => {
    const { session, store } = await kept();
    const first = session.append([add('a')]);
    await session.flush();
    await first;
    expect(await store.readSince(0)).toHaveLength(1);
    const last = session.append([add('b')]);
    await session.close();
    await last;
    expect(await store.readSince(0)).toHaveLength(2);
    const broken = await kept({ append: () => Promise.reject(new Error('full')) });
    const lost = broken.session.append([add('a')]);
    await Promise.all([expect(lost).rejects.toThrow('full'), broken.session.flush()]);
  });

  it('lets nothing that waits outlive an erasure, by this tab or another', async () => {
    const { session, store, tell } = await kept();
    const own = session.append([add('a')]);
    await session.forget();
    const theirs = session.append([add('b')]);
    tell({ kind: 'forgotten' });
    await Promise.all([own, theirs]);
    expect(await store.readSince(0)).toEqual([]);
    await session.append([add('c')]);
    expect((await store.readSince(0)).map(({ itemId }) => itemId)).toEqual(['c']);
  });

  it('folds in what another tab wrote, and forgets with it, until it is closed', async () => {
    const { session, store, tell, onForgotten } = await kept();
    await store.append([add('a')], 0);
    tell({ kind: 'appended', seq: 1 });
    await session.caughtUp();
    expect([...session.state().cart.keys()]).toEqual(['a']);
    tell({ kind: 'forgotten' });
    expect([...session.state().cart.keys()]).toEqual([]);
    expect(onForgotten).toHaveBeenCalledOnce();
    await session.close();
    tell({ kind: 'forgotten' });
    expect(onForgotten).toHaveBeenCalledOnce();
  });

  it('starts empty where the store cannot be read, and reports it', async () => {
    const { session, faults } = await kept({ expire: () => Promise.reject(new Error('gone')) });
    expect([...session.state().cart.keys()]).toEqual([]);
    expect(faults).toHaveLength(1);
  });
});
