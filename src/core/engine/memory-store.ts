// In: events, snapshots and bundle files of one engine. Out: the same, in order. Runs wherever the engine runs; nothing outlives it.
import type { StoredEvent } from '../domain/event.js';
import type { OwnPurchase } from '../domain/session.js';
import { DAY_MS, purchasesOf } from './purchases-of.js';
import type { Snapshot, Store } from './store.js';

/** Where a memory store carries on from, when it takes over from one that failed. */
export interface MemorySeed {
  /** the last `seq` given, 0 for a new log */
  readonly lastSeq?: number;
  /** ids that are already in the log */
  readonly eventIds?: Iterable<string>;
  /** false where own purchases are not to be kept; default true */
  readonly keepsPurchases?: boolean;
}

interface Contents {
  lastSeq: number;
  events: StoredEvent[];
  eventIds: Set<string>;
  purchases: Map<string, OwnPurchase>;
  snapshot?: Snapshot | undefined;
  manifestText?: string | undefined;
  files: Map<string, Uint8Array>;
}

function emptyContents(): Contents {
  return { lastSeq: 0, events: [], eventIds: new Set(), purchases: new Map(), files: new Map() };
}

/** Creates a store that lives as long as its engine: for Node, for the page, and for workers whose database failed. */
export function createMemoryStore(seed: MemorySeed = {}): Store {
  let kept: Contents = { ...emptyContents(), lastSeq: seed.lastSeq ?? 0, eventIds: new Set(seed.eventIds) };
  const after = (seq: number) => kept.events.filter((event) => event.seq > seq);

  return {
    kind: 'memory',
    diagnostics: [],

    async append(events, afterSeq) {
      kept.lastSeq = Math.max(kept.lastSeq, afterSeq);
      for (const event of events) {
        if (kept.eventIds.has(event.eventId)) continue;
        kept.eventIds.add(event.eventId);
        kept.lastSeq += 1;
        kept.events.push({ ...event, seq: kept.lastSeq });
        if (seed.keepsPurchases === false) continue;
        for (const purchase of purchasesOf(event)) kept.purchases.set(JSON.stringify([purchase.itemId, purchase.day]), purchase);
      }
      return after(afterSeq);
    },

    readSince: async (seq) => after(seq),
    readSnapshot: async () => structuredClone(kept.snapshot),

    async writeSnapshot(snapshot) {
      // like the durable store, it takes no state of a log it does not have
      if (snapshot.seq > kept.lastSeq || snapshot.seq < (kept.snapshot?.seq ?? 0)) return;
      kept.snapshot = structuredClone(snapshot);
    },

    readPurchases: async () => [...kept.purchases.values()],

    async expire(retention, now) {
      const oldest = now - retention.eventDays * DAY_MS;
      const young = kept.events.filter((event) => event.occurredAt >= oldest);
      kept.events = retention.maxEvents > 0 ? young.slice(-retention.maxEvents) : [];
      kept.eventIds = new Set(kept.events.map((event) => event.eventId));
      if (kept.snapshot && kept.snapshot.savedAt < now - retention.stateDays * DAY_MS) kept.snapshot = undefined;
      const firstDay = Math.floor(now / DAY_MS) - retention.purchaseDays;
      for (const [key, purchase] of kept.purchases) if (purchase.day <= firstDay) kept.purchases.delete(key);
    },

    readFile: async (sha256) => kept.files.get(sha256),
    readManifest: async () => kept.manifestText,
    async writeBundle(manifestText, files) {
      kept.manifestText = manifestText;
      kept.files = new Map(files.map((file) => [file.sha256, file.bytes]));
    },

    async exportData() {
      const { events, purchases, lastSeq } = kept;
      return { exportedAt: new Date().toISOString(), events, purchases: [...purchases.values()], meta: { store: 'memory', lastSeq } };
    },

    async clear() {
      kept = emptyContents();
    },
    watch: () => () => {},
    close: async () => {},
  };
}
