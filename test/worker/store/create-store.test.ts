import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store, StoreChange } from '../../../src/core/engine/store.js';
import { openStore } from '../../support/an-open-store.js';
import { anEvent } from '../../support/an-event.js';
import { countRows, installIndexedDb } from '../../support/faulty-indexeddb.js';
import { describeStore } from '../../support/store-contract.js';
import { keptIn } from '../../support/kept-data.js';

const RETENTION = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };
const opened: Store[] = [];
let tabs = 0;

async function openTab(over: { storage?: 'indexeddb' | 'memory'; purchaseDays?: number } = {}): Promise<Store> {
  const { storage = 'indexeddb', purchaseDays = 396 } = over;
  const store = await openStore({ storage, retention: { ...RETENTION, purchaseDays }, tabId: `tab-${++tabs}` });
  opened.push(store);
  return store;
}

const nextChange = (store: Store): Promise<StoreChange> =>
  new Promise((resolve) => {
    const stop = store.watch((change) => {
      stop();
      resolve(change);
    });
  });

beforeEach(() => {
  installIndexedDb();
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

describe('store on IndexedDB', () => {
  describeStore(() => {
    installIndexedDb();
    return openTab();
  });

  it('is of its kind and has nothing to report', async () => {
    const store = await openTab();
    expect([store.kind, store.diagnostics]).toEqual(['indexeddb', []]);
  });

  it('has after a reload what it had before', async () => {
    const before = await openTab();
    await before.append([anEvent({ eventId: 'a' }), anEvent({ eventId: 'p', type: 'purchase', itemId: 'cup' })], 0);
    await before.writeSnapshot({ seq: 2, formatVersion: 1, savedAt: 5, state: 'folded' });
    await before.writeBundle('{}', [{ sha256: 'aa', bytes: new Uint8Array([1]) }]);
    await before.close();
    const after = await openTab();
    expect((await after.readSince(0)).map((event) => event.eventId)).toEqual(['a', 'p']);
    expect((await keptIn(after)).snapshot?.state).toBe('folded');
    expect((await keptIn(after)).purchases.map((purchase) => purchase.itemId)).toEqual(['cup']);
    expect(await after.readFile('aa')).toEqual(new Uint8Array([1]));
    expect((await after.append([anEvent({ eventId: 'a' }), anEvent({ eventId: 'b' })], 2)).map((event) => event.eventId)).toEqual(
      ['b'],
    );
  });

  it('writes small batches into full records of 50', async () => {
    const store = await openTab();
    for (let i = 0; i < 200; i++) await store.append([anEvent(), anEvent(), anEvent(), anEvent(), anEvent()], i * 5);
    expect((await countRows()).events).toBe(20);
  });

  it('stores no more of a file than its bytes', async () => {
    const store = await openTab();
    await store.writeBundle('{}', [{ sha256: 'aa', bytes: new Uint8Array(1_000).subarray(0, 10) }]);
    expect((await store.readFile('aa'))?.buffer.byteLength).toBe(10);
  });

  it('keeps no purchases where that is not wanted', async () => {
    const store = await openTab({ purchaseDays: 0 });
    await store.append([anEvent({ type: 'purchase', itemId: 'cup' })], 0);
    expect((await countRows()).purchases).toBe(0);
  });

  it('leaves nothing in any object store after clear', async () => {
    const store = await openTab();
    await store.append([anEvent({ type: 'purchase', itemId: 'cup' })], 0);
    await store.writeSnapshot({ seq: 1, formatVersion: 1, savedAt: 5, state: 'folded' });
    await store.writeBundle('{}', [{ sha256: 'aa', bytes: new Uint8Array([1]) }]);
    await store.clear();
    expect(await countRows()).toEqual({ bundles: 0, events: 0, meta: 0, purchases: 0, state: 0 });
  });

  it('writes no snapshot of nothing where another tab has erased all', async () => {
    const [mine, other] = [await openTab(), await openTab()];
    await mine.append([anEvent()], 0);
    await other.readSince(0);
    await mine.clear();
    await other.readSince(0);
    await other.writeSnapshot({ seq: 0, formatVersion: 1, savedAt: 5, state: 'folded' });
    expect([await countRows(), (await keptIn(other)).snapshot]).toMatchObject([{ state: 0, meta: 0 }, undefined]);
  });

  it('opens nothing where storage is memory', async () => {
    const faulty = installIndexedDb();
    const store = await openTab({ storage: 'memory' });
    await store.append([anEvent()], 0);
    expect([store.kind, faulty.opens, store.diagnostics]).toEqual(['memory', 0, []]);
  });
});

describe('stores of several tabs', () => {
  it('hear of what another appended, not of their own', async () => {
    const [mine, other] = [await openTab(), await openTab()];
    const own: StoreChange[] = [];
    mine.watch((change) => own.push(change));
    const heard = nextChange(other);
    await mine.append([anEvent(), anEvent()], 0);
    expect(await heard).toMatchObject({ kind: 'appended', seq: 2 });
    expect(own).toEqual([]);
  });

  it('stop hearing when they stop watching', async () => {
    const [mine, other] = [await openTab(), await openTab()];
    const heard: StoreChange[] = [];
    other.watch((change) => heard.push(change))();
    const last = nextChange(other);
    await mine.append([anEvent()], 0);
    await last;
    expect(heard).toEqual([]);
  });

  it('ignore what is no message of ours', async () => {
    const store = await openTab();
    const heard: StoreChange[] = [];
    store.watch((change) => heard.push(change));
    const stranger = new BroadcastChannel('tillside');
    const last = nextChange(store);
    const odd = [
      null,
      7,
      'appended',
      {},
      { kind: 'appended' },
      { kind: 'appended', from: 'x', seq: -1 },
      { kind: '__proto__', from: 'x' },
    ];
    for (const message of [...odd, { kind: 'forgotten', from: 7 }]) stranger.postMessage(message);
    stranger.postMessage({ kind: 'appended', seq: 3, from: 'x' });
    await last;
    stranger.close();
    expect(heard).toEqual([{ kind: 'appended', seq: 3, from: 'x' }]);
  });

  it('hear of a clear in another tab, whatever they store in', async () => {
    const [mine, other, inMemory] = [await openTab(), await openTab(), await openTab({ storage: 'memory' })];
    await inMemory.append([anEvent()], 0);
    const heard = [nextChange(other), nextChange(inMemory)];
    await mine.clear();
    expect((await Promise.all(heard)).map((change) => change.kind)).toEqual(['forgotten', 'forgotten']);
    expect(await inMemory.readSince(0)).toEqual([]);
  });

  it('write nothing of a log that another tab erased', async () => {
    const [mine, other] = [await openTab(), await openTab()];
    await other.append([anEvent({ eventId: 'a', type: 'purchase', itemId: 'cup' })], 0);
    await mine.append([anEvent({ eventId: 'b' })], 0);
    const changes: string[] = [];
    other.watch((change) => changes.push(change.kind));
    const erasing = mine.clear();
    const late = [
      other.append([anEvent({ eventId: 'late' })], 2),
      other.writeSnapshot({ seq: 1, formatVersion: 1, savedAt: 5, state: 'late' }),
      other.writeBundle('{}', []),
    ];
    await Promise.all([erasing, ...late]);
    expect(await countRows()).toEqual({ bundles: 0, events: 0, meta: 0, purchases: 0, state: 0 });
    expect(changes).toContain('forgotten');
    expect((await other.append([anEvent({ eventId: 'new' })], 0)).map(({ eventId, seq }) => [eventId, seq])).toEqual([
      ['new', 1],
    ]);
  });
});
