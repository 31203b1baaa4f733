import type { StoredEvent } from '../../core/domain/event.js';
import type { Retention } from '../../core/engine/contract.js';
import { DAY_MS } from '../../core/engine/purchases-of.js';
import type { KeptData } from '../../core/engine/store.js';
import { type Database, transact } from './database.js';
import type { SeenLog } from './log-memory.js';
import { isOthers } from './log-owner.js';
import { type ChunkRow, readChunks, readLogRow, readPurchaseRows, readSnapshotRow } from './row-shapes.js';

/** What is left. */
export interface KeptRows extends KeptData, SeenLog {
  /** rows that could not be read, and are gone too */
  readonly skippedRows: number;
}

const STORES = ['events', 'meta', 'state', 'purchases'] as const;

export interface ExpireRequest {
  readonly retention: Retention;
  /** epoch ms */
  readonly now: number;
  /** who uses the device, `''` being nobody; absent: not said */
  readonly account: string | undefined;
}

/** Deletes what retention no longer allows, rows that cannot be read, and everything that is another account's; reads the rest in the same transaction. */
export async function expireRows(database: Database, { retention, now, account }: ExpireRequest): Promise<KeptRows> {
  const oldest = now - retention.eventDays * DAY_MS;
  const firstDay = Math.floor(now / DAY_MS) - retention.purchaseDays + 1;
  const oldestState = now - retention.stateDays * DAY_MS;
  return transact(database, { stores: STORES, mode: 'readwrite' }, async (tx) => {
    const [events, state, purchases] = [tx.objectStore('events'), tx.objectStore('state'), tx.objectStore('purchases')];
    const [logValue, chunkValues, snapshotValue, purchaseValues] = await Promise.all([
      tx.objectStore('meta').get('log'),
      events.getAll(),
      state.get('snapshot'),
      purchases.getAll(),
    ]);
    const log = readLogRow(logValue);
    if (isOthers(log, account)) {
      await Promise.all(STORES.map((name) => tx.objectStore(name).clear()));
      return { snapshot: undefined, events: [], purchases: [], log: undefined, lastChunk: undefined, skippedRows: 0 };
    }
    const chunks = readChunks(chunkValues, log?.seq);
    const kept = youngest(chunks.rows, (event) => event.occurredAt >= oldest, retention.maxEvents);
    const bought = readPurchaseRows(purchaseValues);
    const keptPurchases = bought.rows.filter((purchase) => purchase.day >= firstDay);
    const snapshot = readSnapshotRow(snapshotValue);
    const isYoung = snapshot && snapshot.savedAt >= oldestState;
    const isChanged = chunks.skipped > 0 || count(kept) < count(chunks.rows);
    await Promise.all([
      ...(isChanged ? [events.clear(), ...kept.map((chunk) => events.put(chunk))] : []),
      ...(keptPurchases.length < purchaseValues.length
        ? [purchases.clear(), ...keptPurchases.map((row) => purchases.put(row))]
        : []),
      ...(isYoung ? [] : [state.clear()]),
    ]);
    const isSnapshotBroken = snapshotValue !== undefined && !snapshot;
    return {
      snapshot: isYoung ? snapshot : undefined,
      events: kept.flatMap((chunk) => chunk.events),
      purchases: keptPurchases,
      log,
      lastChunk: kept.at(-1)?.first,
      skippedRows: chunks.skipped + bought.skipped + Number(isSnapshotBroken),
    };
  });
}

/** Deletes the older half of the events' records, to make room; it writes nothing, as where the quota is used up nothing can be written. */
export async function pruneOldestHalf(database: Database): Promise<void> {
  await transact(database, { stores: ['events'], mode: 'readwrite' }, async (tx) => {
    const events = tx.objectStore('events');
    const keys = await events.getAllKeys();
    const firstKept = keys[keys.length >> 1];
    if (firstKept !== undefined) await events.delete(IDBKeyRange.upperBound(firstKept, true));
  });
}

/** The chunks with only the last `maxEvents` of the events that pass; a chunk keeps its key, an empty one goes. */
function youngest(chunks: readonly ChunkRow[], isKept: (event: StoredEvent) => boolean, maxEvents: number): ChunkRow[] {
  const kept = chunks.map(({ first, events }) => ({ first, events: events.filter(isKept) }));
  let surplus = count(kept) - maxEvents;
  for (const chunk of kept) {
    if (surplus <= 0) break;
    surplus -= chunk.events.splice(0, surplus).length;
  }
  return kept.filter((chunk) => chunk.events.length > 0);
}

function count(chunks: readonly ChunkRow[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.events.length, 0);
}
