import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/core/engine/store.js';
import { openStore } from '../../support/an-open-store.js';
import { anEvent, MONDAY_10 } from '../../support/an-event.js';
import { countRows, installIndexedDb } from '../../support/faulty-indexeddb.js';
import { keptIn } from '../../support/kept-data.js';

const RETENTION = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };
const opened: Store[] = [];

beforeEach(() => void installIndexedDb());
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

/** The store of a page's worker. @param account `''`: nobody is logged in; absent: the page does not say */
async function openAs(account?: string): Promise<Store> {
  const store = await openStore({ storage: 'indexeddb', retention: RETENTION, tabId: `tab-${opened.length}`, account });
  opened.push(store);
  await store.expire(RETENTION, MONDAY_10); // as an engine does first
  return store;
}

async function visit(account: string | undefined, itemId: string): Promise<void> {
  const store = await openAs(account);
  const { seq = 0 } = (await store.readSince(0)).at(-1) ?? {};
  const events = [anEvent({ type: 'view_item', itemId }), anEvent({ type: 'purchase', items: [{ itemId, quantity: 1 }] })];
  await store.append(events, seq);
  await store.writeSnapshot({ seq: seq + 2, formatVersion: 1, savedAt: MONDAY_10, state: itemId });
  await store.close();
}

async function found(account?: string): Promise<unknown[]> {
  const store = await openAs(account);
  const { events, purchases, snapshot } = await keptIn(store);
  const views = events.flatMap(({ type, itemId }) => (type === 'view_item' ? [itemId] : []));
  const bought = purchases.map(({ itemId }) => itemId);
  return [views, bought, snapshot?.state];
}
const NOTHING = [[], [], undefined];

describe('accounts on one device', () => {
  it('finds its own again', async () => {
    await visit('anna', 'cup');
    await visit('anna', 'plate');
    expect(await found('anna')).toEqual([['cup', 'plate'], ['cup', 'plate'], 'plate']);
  });

  it('never see what another did', async () => {
    await visit('anna', 'cup');
    expect(await found('ben')).toEqual(NOTHING);
    await visit('ben', 'plate');
    expect(await found('anna')).toEqual(NOTHING);
  });

  it('leave nothing behind when they log out', async () => {
    await visit('anna', 'cup');
    expect(await found('')).toEqual(NOTHING);
    expect(await found('anna')).toEqual(NOTHING);
  });

  it('take over what was done before the log-in', async () => {
    await visit('', 'cup');
    await visit('anna', 'plate');
    expect(await found('anna')).toEqual([['cup', 'plate'], ['cup', 'plate'], 'plate']);
    expect(await found('ben')).toEqual(NOTHING);
  });

  it('stay who they were on a page that does not say', async () => {
    await visit('anna', 'cup');
    await visit(undefined, 'plate');
    expect(await found('anna')).toEqual([['cup', 'plate'], ['cup', 'plate'], 'plate']);
    expect(await found('ben')).toEqual(NOTHING);
  });

  it('own again what they do after everything was forgotten', async () => {
    const store = await openAs('anna');
    await store.append([anEvent({ itemId: 'cup' })], 0);
    await store.clear();
    expect((await countRows()).meta).toBe(0);
    await store.append([anEvent({ itemId: 'plate' })], 0);
    expect(await found('ben')).toEqual(NOTHING);
  });

  it('neither write nor read in a tab that another account has left open', async () => {
    const stale = await openAs('anna');
    await stale.append([anEvent({ itemId: 'cup' })], 0);
    await visit('ben', 'plate');
    expect(await stale.append([anEvent({ itemId: 'saucer' })], 1)).toEqual([]);
    expect(await stale.readSince(0)).toEqual([]);
    expect(await found('ben')).toEqual([['plate'], ['plate'], 'plate']);
  });

  it('are stored as a hash that another log would not have', async () => {
    const owners = new Set<unknown>();
    for (let i = 0; i < 2; i++) {
      installIndexedDb();
      await visit('anna@shop.test', 'cup');
      const [log] = await rowsOfMeta();
      expect(JSON.stringify(log)).not.toMatch(/anna/);
      owners.add((log as { owner?: unknown }).owner);
    }
    expect(owners.size).toBe(2);
    expect(owners).not.toContain(undefined);
  });
});

function rowsOfMeta(): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('tillside');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const rows = request.result.transaction('meta').objectStore('meta').getAll();
      rows.onsuccess = () => {
        request.result.close();
        resolve(rows.result);
      };
    };
  });
}
