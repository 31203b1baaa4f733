// In: events, snapshots and bundle files of one engine. Out: the same, in order. Runs wherever the engine runs; nothing outlives it.
import type { InteractionEvent, StoredEvent } from '../domain/event.js';
import type { OwnPurchase } from '../domain/session.js';
import type { ExportedData, Retention } from './contract.js';
import { DAY_MS, purchasesOf } from './purchases-of.js';
import type { RequestMade } from './requests-made.js';
import { addRequests, type CachedFile, type KeptData, type Snapshot, type Store } from './store.js';

/** Where a memory store carries on from, when it takes over from one that failed. */
export interface MemorySeed {
  /** the last `seq` given, 0 for a new log */
  readonly lastSeq?: number;
  /** ids that are already in the log */
  readonly eventIds?: Iterable<string>;
  /** false where own purchases are not to be kept; default true */
  readonly keepsPurchases?: boolean;
}

/** Creates a store that lives as long as its engine: for Node, for the page, and for workers whose database failed. */
export function createMemoryStore(seed: MemorySeed = {}): Store {
  return new MemoryStore(seed);
}

class MemoryStore implements Store {
  readonly kind = 'memory';
  readonly diagnostics = [];
  readonly #keepsPurchases: boolean;
  #lastSeq: number;
  #eventIds: Set<string>;
  #events: StoredEvent[] = [];
  #purchases = new Map<string, OwnPurchase>();
  #snapshot: Snapshot | undefined;
  #manifestText: string | undefined;
  #files = new Map<string, Uint8Array>();
  #requests: readonly unknown[] | undefined;

  constructor({ lastSeq = 0, eventIds = [], keepsPurchases = true }: MemorySeed) {
    this.#lastSeq = lastSeq;
    this.#eventIds = new Set(eventIds);
    this.#keepsPurchases = keepsPurchases;
  }

  async append(events: readonly InteractionEvent[], afterSeq: number): Promise<readonly StoredEvent[]> {
    this.#lastSeq = Math.max(this.#lastSeq, afterSeq);
    for (const event of events) {
      if (this.#eventIds.has(event.eventId)) continue;
      this.#eventIds.add(event.eventId);
      this.#lastSeq += 1;
      this.#events.push({ ...event, seq: this.#lastSeq });
      if (!this.#keepsPurchases) continue;
      for (const purchase of purchasesOf(event)) this.#purchases.set(JSON.stringify([purchase.itemId, purchase.day]), purchase);
    }
    return this.readSince(afterSeq);
  }

  async readSince(seq: number): Promise<readonly StoredEvent[]> {
    return this.#events.filter((event) => event.seq > seq);
  }

  async writeSnapshot(snapshot: Snapshot): Promise<void> {
    // Like the durable store, it takes no state of a log that it does not have.
    if (snapshot.seq > this.#lastSeq || snapshot.seq < (this.#snapshot?.seq ?? 0)) return;
    this.#snapshot = structuredClone(snapshot);
  }

  async expire({ eventDays, maxEvents, stateDays, purchaseDays }: Retention, now: number): Promise<KeptData> {
    const young = this.#events.filter((event) => event.occurredAt >= now - eventDays * DAY_MS);
    this.#events = young.slice(Math.max(0, young.length - maxEvents));
    this.#eventIds = new Set(this.#events.map((event) => event.eventId));
    if (this.#snapshot && this.#snapshot.savedAt < now - stateDays * DAY_MS) this.#snapshot = undefined;
    const firstDay = Math.floor(now / DAY_MS) - purchaseDays + 1;
    for (const [key, purchase] of this.#purchases) if (purchase.day < firstDay) this.#purchases.delete(key);
    return { snapshot: structuredClone(this.#snapshot), events: [...this.#events], purchases: [...this.#purchases.values()] };
  }

  async readFile(sha256: string): Promise<Uint8Array | undefined> {
    return this.#files.get(sha256);
  }

  async readManifest(): Promise<string | undefined> {
    return this.#manifestText;
  }

  async writeBundle(manifestText: string, files: readonly CachedFile[]): Promise<void> {
    this.#manifestText = manifestText;
    this.#files = new Map(files.map((file) => [file.sha256, file.bytes]));
  }

  async keepRequests(requests?: readonly RequestMade[], isLate?: boolean): Promise<readonly unknown[]> {
    const all = addRequests(this.#requests, requests);
    if (requests && (this.#requests || !isLate)) this.#requests = all;
    return all;
  }

  async exportData(): Promise<Omit<ExportedData, 'session'>> {
    const meta = { store: 'memory', lastSeq: this.#lastSeq, requests: this.#requests ?? [] };
    return { exportedAt: new Date().toISOString(), events: [...this.#events], purchases: [...this.#purchases.values()], meta };
  }

  async clear(): Promise<void> {
    this.#lastSeq = 0;
    this.#eventIds.clear();
    this.#events = [];
    this.#purchases.clear();
    this.#snapshot = undefined;
    this.#manifestText = undefined;
    this.#files.clear();
    this.#requests = undefined;
  }

  /** Nobody else can change what is in this memory. */
  watch(): () => void {
    return () => {};
  }

  async close(): Promise<void> {}
}
