// In: events, snapshots and bundle files. Out: the same after a reload, in order, agreed between tabs. Runs in the worker.
import type { InteractionEvent, StoredEvent } from '../../core/domain/event.js';
import type { ExportedData, Retention } from '../../core/engine/contract.js';
import type { MemorySeed } from '../../core/engine/memory-store.js';
import type { CachedFile, KeptData, Snapshot, Store } from '../../core/engine/store.js';
import { codeOf, TillsideError } from '../../core/errors.js';
import { appendEvents, type LogView } from './append-events.js';
import { readFile, readManifest, writeBundle } from './bundle-rows.js';
import type { Connection } from './connection.js';
import { type Database, STORE_NAMES, transact } from './database.js';
import type { DiagnosticList } from './diagnostic-list.js';
import { expireRows, pruneOldestHalf } from './expire-rows.js';
import { createLogMemory, type LogMemory, remember } from './log-memory.js';
import { readPurchases } from './purchase-rows.js';
import { keepRequests } from './request-row.js';
import { writeSnapshot } from './snapshot-row.js';

/** A read that takes longer leaves the engine without its past: better to start without it. */
const READ_TIMEOUT_MS = 2_000;
/** A slow disk may take 5 s for a write; nothing waits for it but the receipt. */
const WRITE_TIMEOUT_MS = 6_000;

export interface IndexedDbStoreOptions {
  readonly connection: Connection;
  readonly diagnostics: DiagnosticList;
  readonly keepsPurchases: boolean;
  /** who uses the device, `''` being nobody; absent: not said */
  readonly account: string | undefined;
  /** called when the log turns out to have been erased by another tab */
  onErased(): void;
}

/** The durable store, on a connection that opens itself when needed; rejects as `Connection.use` does. */
export class IndexedDbStore implements Omit<Store, 'kind' | 'diagnostics' | 'watch'> {
  readonly #options: IndexedDbStoreOptions;
  #database: Database | undefined;
  #memory = createLogMemory();
  #skippedRows = 0;

  constructor(options: IndexedDbStoreOptions) {
    this.#options = options;
  }

  async append(events: readonly InteractionEvent[], afterSeq: number): Promise<readonly StoredEvent[]> {
    const { keepsPurchases, account } = this.#options;
    const request = { events, afterSeq, keepsPurchases, account };
    const look = (database: Database): Promise<LogView> => appendEvents(database, this.#memoryOf(database), request);
    return this.#toEvents(await (events.length > 0 ? this.#write(look) : this.#read(look)));
  }

  readSince(seq: number): Promise<readonly StoredEvent[]> {
    return this.append([], seq);
  }

  writeSnapshot(snapshot: Snapshot): Promise<void> {
    return this.#write((database) => writeSnapshot(database, this.#memoryOf(database).epoch, snapshot));
  }

  expire(retention: Retention, now: number): Promise<KeptData> {
    return this.#write(async (database) => {
      const kept = await expireRows(database, { retention, now, account: this.#options.account });
      const memory = this.#memoryOf(database);
      memory.eventIds.clear();
      remember(memory, kept);
      this.#countSkipped(kept.skippedRows);
      return kept;
    });
  }

  readFile(sha256: string): Promise<Uint8Array | undefined> {
    return this.#read((database) => readFile(database, sha256));
  }

  readManifest(): Promise<string | undefined> {
    return this.#read(readManifest);
  }

  async writeBundle(manifestText: string, files: readonly CachedFile[]): Promise<void> {
    const { connection, diagnostics } = this.#options;
    try {
      const bundle = { manifestText, files };
      await connection.use((database) => writeBundle(database, this.#memoryOf(database).epoch, bundle), WRITE_TIMEOUT_MS);
    } catch (error) {
      if (!isQuota(error)) throw error;
      diagnostics.report('store-quota', 'The quota has no room for the bundle. The one before is kept.');
    }
  }

  keepRequests(...args: Parameters<Store['keepRequests']>): Promise<readonly unknown[]> {
    return this.#write((database) => keepRequests(database, this.#memoryOf(database).epoch, args));
  }

  async exportData(): Promise<Omit<ExportedData, 'session'>> {
    const events = await this.readSince(0);
    const purchases = await this.#read(readPurchases);
    this.#countSkipped(purchases.skipped);
    const requests = await this.keepRequests();
    return {
      exportedAt: new Date().toISOString(),
      events,
      purchases: purchases.rows,
      meta: { store: 'indexeddb', lastSeq: this.#memory.lastSeq, requests },
    };
  }

  clear(): Promise<void> {
    return this.#options.connection.use(async (database) => {
      this.#memoryOf(database);
      this.forgetLog();
      await transact(database, { stores: STORE_NAMES, mode: 'readwrite' }, (tx) =>
        Promise.all(STORE_NAMES.map((name) => tx.objectStore(name).clear())),
      );
    }, WRITE_TIMEOUT_MS);
  }

  async close(): Promise<void> {
    this.#options.connection.close();
  }

  /** Another tab erased everything: what this one knows of the log is void. */
  forgetLog(): void {
    this.#memory = createLogMemory();
  }

  /** Where a memory store carries on when this one is given up. */
  seed(): MemorySeed {
    const { lastSeq, eventIds } = this.#memory;
    return { lastSeq, eventIds, keepsPurchases: this.#options.keepsPurchases };
  }

  #memoryOf(database: Database): LogMemory {
    // A new connection may be one to a new log: site data can be cleared under an open tab.
    if (database !== this.#database) {
      const { lastSeq, eventIds } = this.#memory;
      this.#memory = { ...createLogMemory(), lastSeq, eventIds };
    }
    this.#database = database;
    return this.#memory;
  }

  #toEvents({ events, skippedRows, wasErased }: LogView): readonly StoredEvent[] {
    this.#countSkipped(skippedRows);
    if (wasErased) {
      this.forgetLog();
      this.#options.onErased();
    }
    return events;
  }

  #countSkipped(count: number): void {
    if (count === 0) return;
    this.#skippedRows += count;
    const message = `${this.#skippedRows} rows could not be read and were skipped.`;
    this.#options.diagnostics.report('store-reset', message);
  }

  #read<T>(work: (database: Database) => Promise<T>): Promise<T> {
    return this.#options.connection.use(work, READ_TIMEOUT_MS);
  }

  /** Writes; when the origin's quota is used up, makes room once and writes again. @throws {TillsideError} `store-quota` when there is none to make */
  async #write<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const use = <R>(each: (database: Database) => Promise<R>): Promise<R> => this.#options.connection.use(each, WRITE_TIMEOUT_MS);
    try {
      return await use(work).catch(async (error) => {
        if (!isQuota(error)) throw error;
        await use(pruneOldestHalf);
        this.#options.diagnostics.report('store-quota', 'The quota is used up. The older half of the events was deleted.');
        return use(work);
      });
    } catch (error) {
      throw isQuota(error) ? new TillsideError('store-quota', 'The quota has no room. Keeping to memory for this visit.') : error;
    }
  }
}

function isQuota(error: unknown): boolean {
  return codeOf(error) === undefined && (error as Error | null)?.name === 'QuotaExceededError';
}
