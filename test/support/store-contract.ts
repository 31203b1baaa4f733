import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Store } from '../../src/core/engine/store.js';
import { anEvent } from './an-event.js';
import { keptIn } from './kept-data.js';

const DAY_MS = 86_400_000;
const NOW = 1_700_000_000_000;
const RETENTION = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };

const events = (...ids: string[]) => ids.map((eventId) => anEvent({ eventId, occurredAt: NOW }));
const idsOf = (list: readonly { eventId: string }[]) => list.map((event) => event.eventId);

/** What holds for every store. @param openStore opens an empty one that belongs to nobody else */
export function describeStore(openStore: () => Promise<Store>): void {
  it('numbers events from 1 and returns what was appended', async () => {
    const store = await openStore();
    expect((await store.append(events('a', 'b'), 0)).map(({ eventId, seq }) => [eventId, seq])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(idsOf(await store.append(events('c'), 2))).toEqual(['c']);
    expect(idsOf(await store.readSince(0))).toEqual(['a', 'b', 'c']);
  });

  it('keeps the latest 200 requests, each once, and tells of them in its export, until it is cleared', async () => {
    const store = await openStore();
    const requests = Array.from({ length: 250 }, (_, at) => ({ url: `https://shop.example/${at}`, at, bytes: 1 }));
    await store.keepRequests(requests.slice(0, 100));
    expect((await store.exportData()).meta['requests']).toEqual(requests.slice(0, 100));
    await store.keepRequests(requests.slice(50, 100));
    expect((await store.exportData()).meta['requests']).toEqual(requests.slice(0, 100));
    await store.keepRequests(requests.slice(50));
    expect((await store.exportData()).meta['requests']).toEqual(requests.slice(50));
    await store.clear();
    expect((await store.exportData()).meta['requests']).toEqual([]);
  });

  it('adds requests that were listed late to those before, also to none, and to nothing that was erased', async () => {
    const store = await openStore();
    const late = [{ url: 'https://shop.example/late', at: 2, bytes: 1 }];
    const kept = async (): Promise<unknown> => (await store.exportData()).meta['requests'];
    await store.keepRequests();
    await store.keepRequests(late, true);
    expect(await kept()).toEqual([]);
    await store.keepRequests([]);
    await store.keepRequests(late, true);
    expect(await kept()).toEqual(late);
    await store.clear();
    await store.keepRequests(late, true);
    expect(await kept()).toEqual([]);
  });

  it('keeps an event as it was given', async () => {
    const store = await openStore();
    const event = anEvent({
      eventId: 'a',
      items: [{ itemId: 'cup', quantity: 2, price: 4.5, currency: 'EUR' }],
      tokens: ['0123abcd'],
    });
    expect(await store.append([event], 0)).toEqual([{ ...event, seq: 1 }]);
    expect(await store.readSince(0)).toEqual([{ ...event, seq: 1 }]);
  });

  it('leaves out an eventId that it has, in one batch and between batches', async () => {
    const store = await openStore();
    await store.append(events('a', 'a', 'b'), 0);
    expect(idsOf(await store.append(events('b', 'c', 'a'), 2))).toEqual(['c']);
    expect((await store.readSince(0)).map((event) => event.seq)).toEqual([1, 2, 3]);
  });

  it('returns everything after afterSeq, appended or not', async () => {
    const store = await openStore();
    await store.append(events('a', 'b'), 0);
    expect(idsOf(await store.append(events('c'), 1))).toEqual(['b', 'c']);
    expect(idsOf(await store.append([], 1))).toEqual(['b', 'c']);
  });

  it('keeps any batches in order, once each, whatever their sizes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(150), { maxLength: 120 }), { maxLength: 6 }), async (batches) => {
        const store = await openStore();
        const expected = [...new Set(batches.flat().map(String))];
        for (const batch of batches) await store.append(events(...batch.map(String)), 0);
        const log = await store.readSince(0);
        expect(idsOf(log)).toEqual(expected);
        expect(log.map((event) => event.seq)).toEqual(expected.map((_, i) => i + 1));
        const after = Math.floor(expected.length / 2);
        expect(idsOf(await store.readSince(after))).toEqual(expected.slice(after));
        await store.close();
      }),
      { numRuns: 25 },
    );
  });

  it('keeps the newer snapshot, and a copy of it', async () => {
    const store = await openStore();
    await store.append(events('a', 'b', 'c'), 0);
    const state = { cart: new Map([['cup', 1]]) };
    await store.writeSnapshot({ seq: 3, formatVersion: 1, savedAt: NOW, state });
    state.cart.clear();
    await store.writeSnapshot({ seq: 2, formatVersion: 1, savedAt: NOW + 1, state: 'older' });
    expect((await keptIn(store)).snapshot).toMatchObject({
      seq: 3,
      formatVersion: 1,
      savedAt: NOW,
      state: { cart: new Map([['cup', 1]]) },
    });
    await store.writeSnapshot({ seq: 3, formatVersion: 2, savedAt: NOW, state: 'same place' });
    expect((await keptIn(store)).snapshot?.state).toBe('same place');
  });

  it('takes no snapshot of events it does not have', async () => {
    const store = await openStore();
    await store.append(events('a'), 0);
    await store.writeSnapshot({ seq: 2, formatVersion: 1, savedAt: NOW, state: {} });
    expect((await keptIn(store)).snapshot).toBeUndefined();
  });

  it('keeps what a purchase names, an item once a day', async () => {
    const store = await openStore();
    const lines = [
      { itemId: 'cup', quantity: 1 },
      { itemId: 'pot', quantity: 2 },
    ];
    await store.append([anEvent({ eventId: 'p1', type: 'purchase', occurredAt: 3 * DAY_MS, items: lines })], 0);
    await store.append([anEvent({ eventId: 'p2', type: 'purchase', occurredAt: 3 * DAY_MS + 5, itemId: 'cup' })], 0);
    await store.append([anEvent({ eventId: 'p3', type: 'add_to_cart', itemId: 'lid' })], 0);
    const purchases = [...(await keptIn(store)).purchases].sort((a, b) => a.itemId.localeCompare(b.itemId));
    expect(purchases).toEqual([
      { itemId: 'cup', day: 3 },
      { itemId: 'pot', day: 3 },
    ]);
  });

  it('expires events by age and by number, and their ids with them', async () => {
    const store = await openStore();
    const old = anEvent({ eventId: 'old', occurredAt: NOW - 8 * DAY_MS });
    const recent = Array.from({ length: 120 }, (_, i) => anEvent({ eventId: `e${i}`, occurredAt: NOW - 6 * DAY_MS }));
    await store.append([old, ...recent], 0);
    const { events: kept } = await store.expire({ ...RETENTION, maxEvents: 70 }, NOW);
    expect(await store.readSince(0)).toEqual(kept);
    expect(kept.map((event) => event.seq)).toEqual(Array.from({ length: 70 }, (_, i) => i + 52));
    expect((await store.append([...events('e119'), old], 121)).map(({ eventId, seq }) => [eventId, seq])).toEqual([['old', 122]]);
  });

  it('goes on counting after every event expired', async () => {
    const store = await openStore();
    await store.append(events('a', 'b'), 0);
    expect((await store.expire({ ...RETENTION, maxEvents: 0 }, NOW)).events).toEqual([]);
    expect(await store.readSince(0)).toEqual([]);
    expect((await store.append(events('c'), 2)).map((event) => event.seq)).toEqual([3]);
  });

  it('expires the snapshot and the purchases, each by its own retention', async () => {
    const store = await openStore();
    await store.append([anEvent({ eventId: 'p', type: 'purchase', itemId: 'cup', occurredAt: NOW - 100 * DAY_MS })], 0);
    await store.writeSnapshot({ seq: 1, formatVersion: 1, savedAt: NOW - 20 * DAY_MS, state: {} });
    const young = await store.expire(RETENTION, NOW);
    expect([young.snapshot, young.purchases.length]).toEqual([expect.anything(), 1]);
    const old = await store.expire({ ...RETENTION, stateDays: 19, purchaseDays: 99 }, NOW);
    expect([old.snapshot, old.purchases]).toEqual([undefined, []]);
    expect(await keptIn(store)).toMatchObject({ snapshot: undefined, purchases: [] });
  });

  it('caches one bundle: the manifest and its files', async () => {
    const store = await openStore();
    expect([await store.readManifest(), await store.readFile('aa')]).toEqual([undefined, undefined]);
    await store.writeBundle('{"id":1}', [
      { sha256: 'aa', bytes: new Uint8Array([1, 2]) },
      { sha256: 'bb', bytes: new Uint8Array(3) },
    ]);
    await store.writeBundle('{"id":2}', [{ sha256: 'bb', bytes: new Uint8Array([9, 8, 7]).subarray(1) }]);
    expect(await store.readManifest()).toBe('{"id":2}');
    expect(await store.readFile('aa')).toBeUndefined();
    expect([...((await store.readFile('bb')) ?? [])]).toEqual([8, 7]);
  });

  it('exports what it keeps as JSON', async () => {
    const store = await openStore();
    await store.append([anEvent({ eventId: 'p', type: 'purchase', itemId: 'cup', occurredAt: DAY_MS })], 0);
    const data = JSON.parse(JSON.stringify(await store.exportData()));
    expect(data).toMatchObject({
      events: [{ eventId: 'p', seq: 1 }],
      purchases: [{ itemId: 'cup', day: 1 }],
      meta: { lastSeq: 1, store: store.kind },
    });
    expect(new Date(data.exportedAt).getTime()).toBeGreaterThan(0);
  });

  it('keeps nothing after clear and starts anew', async () => {
    const store = await openStore();
    await store.append([anEvent({ eventId: 'a', type: 'purchase', itemId: 'cup' })], 0);
    await store.writeSnapshot({ seq: 1, formatVersion: 1, savedAt: NOW, state: {} });
    await store.writeBundle('{}', [{ sha256: 'aa', bytes: new Uint8Array(1) }]);
    await store.clear();
    const { events: log, purchases, snapshot } = await keptIn(store);
    const left = [log, purchases, snapshot, await store.readManifest(), await store.readFile('aa')];
    expect(left).toEqual([[], [], undefined, undefined, undefined]);
    expect((await store.append(events('a'), 0)).map((event) => event.seq)).toEqual([1]);
  });
}
