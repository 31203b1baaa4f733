// Rows of the fault matrix that concern the database: in each the store carries on and says what happened.
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Store } from '../../../src/core/engine/store.js';
import { openStore } from '../../support/an-open-store.js';
import { anEvent } from '../../support/an-event.js';
import { keptIn } from '../../support/kept-data.js';
import {
  abortAfterPut,
  countRows,
  type FaultyIndexedDb,
  holdComplete,
  installIndexedDb,
  openRaw,
  platformError,
  putRaw,
} from '../../support/faulty-indexeddb.js';

const RETENTION = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };
const opened: Store[] = [];
let faulty: FaultyIndexedDb;

async function open(): Promise<Store> {
  const store = await openStore({ storage: 'indexeddb', retention: RETENTION, tabId: `tab-${opened.length}` });
  opened.push(store);
  return store;
}
const events = (...ids: string[]) => ids.map((eventId) => anEvent({ eventId }));
const idsOf = (list: readonly { eventId: string }[]) => list.map((event) => event.eventId);
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `n${i + 1}`);
const codesOf = (store: Store) => store.diagnostics.map(({ code }) => code);

async function works(store: Store): Promise<void> {
  expect(idsOf(await store.append(events('works'), 0)).at(-1)).toBe('works');
}

/** Turns the fake clock until the promise has settled, which may take so long and no longer. */
async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  for (let elapsedMs = 0; !isSettled && elapsedMs <= limitMs; elapsedMs += 20) {
    await vi.advanceTimersByTimeAsync(20);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isSettled).toBe(true);
  return promise;
}

beforeEach(() => {
  faulty = installIndexedDb();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const store of opened.splice(0)) await store.close();
});

it('keeps to memory within 2 s when the open never settles', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  faulty.onOpen = () => 'hang';
  const store = await within(2_000, open());
  expect([store.kind, codesOf(store)]).toEqual(['memory', ['store-timeout']]);
  await works(store);
});

it('keeps to memory when the open is refused', async () => {
  faulty.onOpen = () => {
    throw platformError('SecurityError');
  };
  const store = await open();
  expect([store.kind, codesOf(store), faulty.opens]).toEqual(['memory', ['store-denied'], 1]);
  await works(store);
  await store.clear();
  expect(await store.readSince(0)).toEqual([]);
});

it('keeps to memory where there is no IndexedDB', async () => {
  Reflect.deleteProperty(globalThis, 'indexedDB');
  const store = await open();
  expect([store.kind, codesOf(store)]).toEqual(['memory', ['store-absent']]);
  await works(store);
});

it('loses nothing when the connection is lost once', async () => {
  const store = await open();
  await store.append(events('a'), 0);
  let isLost = false;
  faulty.onTransaction = (_mode, start) => {
    if (isLost) return start();
    isLost = true;
    throw platformError('UnknownError');
  };
  expect(idsOf(await store.append(events('b'), 1))).toEqual(['b']);
  expect([store.kind, idsOf(await store.readSince(0)), codesOf(store)]).toEqual(['indexeddb', ['a', 'b'], []]);
});

it('moves to memory with what is in flight when the connection is lost for ever, after 4 opens', async () => {
  const store = await open();
  await store.append(events('a'), 0);
  faulty.onTransaction = () => {
    throw platformError('UnknownError');
  };
  expect((await store.append(events('a', 'b'), 1)).map(({ eventId, seq }) => [eventId, seq])).toEqual([['b', 2]]);
  for (let i = 0; i < 10; i++) await store.append([anEvent()], i + 2);
  expect([store.kind, codesOf(store), faulty.opens]).toEqual(['memory', ['store-lost'], 4]);
});

it('moves to memory when the database cannot be opened again, and leaves it alone', async () => {
  const store = await open();
  await store.append(events('a'), 0);
  faulty.onOpen = () => {
    throw platformError('UnknownError');
  };
  faulty.connections[0]?.close();
  await works(store);
  expect([store.kind, faulty.opens <= 4]).toEqual(['memory', true]);
  faulty.onOpen = () => undefined;
  expect((await countRows()).events).toBe(1);
});

it('goes on after site data was cleared, losing only what was cleared', async () => {
  const store = await open();
  await store.append(events('a', 'b'), 0);
  const deleting = indexedDB.deleteDatabase('tillside');
  await new Promise((resolve) => deleting.addEventListener('success', resolve));
  expect((await store.append(events('c'), 2)).map(({ eventId, seq }) => [eventId, seq])).toEqual([['c', 3]]);
  expect([store.kind, idsOf(await store.readSince(0)), codesOf(store)]).toEqual(['indexeddb', ['c'], []]);
});

it('makes room by deleting the older half when the quota is used up', async () => {
  const store = await open();
  await store.append(events(...numbered(120)), 0);
  let writes = 0;
  faulty.onTransaction = (mode, start) => {
    if (mode === 'readwrite') writes += 1;
    return mode === 'readwrite' && writes <= 2 ? abortAfterPut(start(), 'QuotaExceededError') : start();
  };
  expect((await store.append(events('e'), 120)).map(({ eventId, seq }) => [eventId, seq])).toEqual([['e', 121]]);
  expect([store.kind, idsOf(await store.readSince(0)), codesOf(store)]).toEqual([
    'indexeddb',
    [...numbered(120).slice(50), 'e'],
    ['store-quota'],
  ]);
});

it('moves to memory with what is in flight when the quota has no room whatever is deleted, and says so', async () => {
  const store = await open();
  await store.append(events('a'), 0);
  faulty.onTransaction = (mode, start) => (mode === 'readwrite' ? abortAfterPut(start(), 'QuotaExceededError') : start());
  expect(idsOf(await store.append(events('b'), 1))).toEqual(['b']);
  await works(store);
  expect([store.kind, store.diagnostics]).toEqual([
    'memory',
    [{ code: 'store-quota', message: expect.stringContaining('memory') }],
  ]);
});

it('keeps the cached bundle when the quota has no room for a new one', async () => {
  const store = await open();
  await store.writeBundle('old', [{ sha256: 'aa', bytes: new Uint8Array([1]) }]);
  await store.append(events('a', 'b'), 0);
  faulty.onTransaction = (mode, start) => (mode === 'readwrite' ? abortAfterPut(start(), 'QuotaExceededError') : start());
  await store.writeBundle('new', [{ sha256: 'bb', bytes: new Uint8Array([2]) }]);
  expect([await store.readManifest(), (await store.readFile('aa'))?.length, await store.readFile('bb')]).toEqual([
    'old',
    1,
    undefined,
  ]);
  expect([store.kind, idsOf(await store.readSince(0)), codesOf(store)]).toEqual(['indexeddb', ['a', 'b'], ['store-quota']]);
});

it('acknowledges nothing of a transaction that aborts after its requests succeeded, and does it again', async () => {
  const store = await open();
  let attempts = 0;
  faulty.onTransaction = (mode, start) => {
    if (mode !== 'readwrite') return start();
    attempts += 1;
    return attempts === 1 ? abortAfterPut(start(), 'UnknownError') : start();
  };
  expect((await store.append(events('a'), 0)).map((event) => event.seq)).toEqual([1]);
  expect([attempts, idsOf(await store.readSince(0))]).toEqual([2, ['a']]);
});

it('does not wait for a connection that keeps the database from opening', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const keeper = await openRaw(1);
  indexedDB.deleteDatabase('tillside');
  const store = await within(2_000, open());
  expect([store.kind, codesOf(store)]).toEqual(['memory', ['store-timeout']]);
  await works(store);
  keeper.close();
});

it('lets a newer script upgrade the database, and keeps its hands off it', async () => {
  const store = await open();
  await store.append(events('a'), 0);
  const newer = await openRaw(2, (database) => database.createObjectStore('novelty'));
  await works(store);
  expect([store.kind, codesOf(store)]).toEqual(['memory', ['store-newer-schema']]);
  expect([...newer.objectStoreNames]).toContain('novelty');
  newer.close();
});

it('deletes even a newer database when told to forget', async () => {
  (await openRaw(2, (database) => database.createObjectStore('events'))).close();
  const store = await open();
  await store.clear();
  expect(await indexedDB.databases()).toEqual([]);
});

it('makes the database anew, once, when object stores are missing', async () => {
  (await openRaw(1, (database) => database.createObjectStore('events'))).close();
  const store = await open();
  await works(store);
  expect([store.kind, codesOf(store)]).toEqual(['indexeddb', ['store-reset']]);
});

it('makes the database anew when its files are corrupt', async () => {
  faulty.onOpen = (count) => {
    if (count <= 2) throw platformError('UnknownError');
    return undefined;
  };
  const store = await open();
  await works(store);
  expect([store.kind, codesOf(store), faulty.opens]).toEqual(['indexeddb', ['store-reset'], 3]);
});

it('skips poisoned rows of any shape, counts them and keeps the rest', async () => {
  const poison = fc.oneof(
    fc.record({ first: fc.constantFrom(2, 51, 1e9), events: fc.anything({ withMap: true, withDate: true }) }),
    fc.record({
      first: fc.constantFrom(2, 51, 1e9),
      events: fc.array(fc.record({ eventId: fc.string(), type: fc.string(), seq: fc.double() })),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(poison, { minLength: 1, maxLength: 5 }), async (rows) => {
      installIndexedDb();
      const before = await open();
      await before.append(events('a'), 0);
      await before.close();
      await putRaw('events', ...rows);
      await putRaw('purchases', { itemId: 'x', day: 'yesterday' as unknown });
      const store = await open();
      expect([idsOf(await store.readSince(0)), (await store.exportData()).purchases]).toEqual([['a'], []]);
      expect((await store.append(events('a', 'b'), 1)).map(({ eventId, seq }) => [eventId, seq])).toEqual([['b', 2]]);
      await store.expire(RETENTION, anEvent().occurredAt);
      expect([store.kind, codesOf(store), idsOf(await store.readSince(0))]).toEqual(['indexeddb', ['store-reset'], ['a', 'b']]);
    }),
    { numRuns: 40 },
  );
});

it('reads around a poisoned snapshot, log row and bundle', async () => {
  const before = await open();
  await before.append(events('a'), 0);
  await before.close();
  await putRaw('state', { key: 'snapshot', seq: 'many' });
  await putRaw('meta', { key: 'log', epoch: 5, seq: -1 });
  await putRaw('bundles', { key: 'manifest', text: 7 }, { key: 'aa', bytes: 'text' });
  const store = await open();
  expect([(await keptIn(store)).snapshot, await store.readManifest(), await store.readFile('aa')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect((await store.append(events('b'), 0)).map(({ eventId, seq }) => [eventId, seq])).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect(codesOf(store)).toEqual(['store-reset']);
});

it('waits for a slow disk: a write of 5 s stays durable', async () => {
  const store = await open();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let release = () => {};
  faulty.onTransaction = (mode, start) => {
    const transaction = start();
    if (mode === 'readwrite') release = holdComplete(transaction);
    return transaction;
  };
  const appending = store.append(events('a'), 0);
  await vi.advanceTimersByTimeAsync(5_000);
  release();
  expect([idsOf(await appending), store.kind, codesOf(store)]).toEqual([['a'], 'indexeddb', []]);
});

it('gives up a disk that does not answer, carrying on with what is in flight', async () => {
  const store = await open();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  faulty.onTransaction = (_mode, start) => {
    const transaction = start();
    holdComplete(transaction);
    return transaction;
  };
  const found = await within(6_000, store.append(events('a'), 0));
  expect([idsOf(found), store.kind, codesOf(store)]).toEqual([['a'], 'memory', ['store-timeout']]);
});

it('rejects a clear that leaves data on the device', async () => {
  const store = await open();
  await store.append(events('a'), 0);
  faulty.onTransaction = () => {
    throw platformError('UnknownError');
  };
  const keeper = await openRaw();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await expect(within(2_200, store.clear())).rejects.toMatchObject({ code: 'store-lost' });
  keeper.close();
});
