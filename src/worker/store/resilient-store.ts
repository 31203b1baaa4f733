// In: what the engine stores. Out: the same, whatever becomes of the database: it falls to memory, says so, and carries on.
import type { InteractionEvent, StoredEvent } from '../../core/domain/event.js';
import type { OwnPurchase } from '../../core/domain/session.js';
import type { EngineConfig, ExportedData, Retention } from '../../core/engine/contract.js';
import { createMemoryStore } from '../../core/engine/memory-store.js';
import type { CachedFile, Snapshot, Store, StoreChange } from '../../core/engine/store.js';
import { type Diagnostic, TillsideError, toDiagnostic } from '../../core/errors.js';
import { Connection } from './connection.js';
import { deleteDatabase } from './database.js';
import { createDiagnosticList } from './diagnostic-list.js';
import { IndexedDbStore } from './indexeddb-store.js';
import { openTabChannel, type TabChannel } from './tab-channel.js';

export type StoreSettings = Pick<EngineConfig, 'storage' | 'retention' | 'tabId'>;

/** The store of one tab: durable while it can be, in memory from the first failure that does not heal; one of the tabs' channel. */
export class ResilientStore implements Store {
  readonly #diagnostics = createDiagnosticList();
  readonly #watchers = new Set<(change: StoreChange) => void>();
  readonly #channel: TabChannel;
  readonly #durable: IndexedDbStore | undefined;
  #memory: Store | undefined;

  constructor({ storage, retention, tabId }: StoreSettings) {
    const keepsPurchases = retention.purchaseDays > 0;
    const diagnostics = this.#diagnostics;
    const onErased = (): void => this.#tell({ kind: 'forgotten' });
    if (storage === 'memory') this.#memory = createMemoryStore({ keepsPurchases });
    else {
      const connection = new Connection(diagnostics, () => performance.now());
      this.#durable = new IndexedDbStore({ connection, diagnostics, keepsPurchases, onErased });
    }
    this.#channel = openTabChannel(tabId, (change) => this.#hear(change));
  }

  get kind(): Store['kind'] {
    return this.#memory ? 'memory' : 'indexeddb';
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics.all;
  }

  async append(events: readonly InteractionEvent[], afterSeq: number): Promise<readonly StoredEvent[]> {
    const found = await this.#run((store) => store.append(events, afterSeq));
    const seq = found.at(-1)?.seq;
    if (!this.#memory && seq !== undefined && events.length > 0) this.#channel.announce({ kind: 'appended', seq });
    return found;
  }

  readSince(seq: number): Promise<readonly StoredEvent[]> {
    return this.#run((store) => store.readSince(seq));
  }

  readSnapshot(): Promise<Snapshot | undefined> {
    return this.#run((store) => store.readSnapshot());
  }

  writeSnapshot(snapshot: Snapshot): Promise<void> {
    return this.#run((store) => store.writeSnapshot(snapshot));
  }

  readPurchases(): Promise<readonly OwnPurchase[]> {
    return this.#run((store) => store.readPurchases());
  }

  expire(retention: Retention, now: number): Promise<void> {
    return this.#run((store) => store.expire(retention, now));
  }

  readFile(sha256: string): Promise<Uint8Array | undefined> {
    return this.#run((store) => store.readFile(sha256));
  }

  readManifest(): Promise<string | undefined> {
    return this.#run((store) => store.readManifest());
  }

  writeBundle(manifestText: string, files: readonly CachedFile[]): Promise<void> {
    return this.#run((store) => store.writeBundle(manifestText, files));
  }

  exportData(): Promise<Omit<ExportedData, 'session'>> {
    return this.#run((store) => store.exportData());
  }

  /** @throws {TillsideError} `store-lost` when the database can be neither emptied nor deleted */
  async clear(): Promise<void> {
    await this.#memory?.clear();
    await this.#eraseDatabase();
    this.#channel.announce({ kind: 'forgotten' });
  }

  watch(onChange: (change: StoreChange) => void): () => void {
    this.#watchers.add(onChange);
    return () => void this.#watchers.delete(onChange);
  }

  async close(): Promise<void> {
    this.#channel.close();
    this.#watchers.clear();
    await this.#durable?.close();
  }

  async #eraseDatabase(): Promise<void> {
    if (!this.#durable) return;
    try {
      if (!this.#memory) return await this.#durable.clear();
    } catch (error) {
      this.#fallToMemory(error);
    }
    if (this.diagnostics.some(({ code }) => code === 'store-absent' || code === 'store-denied')) return; // there never was one
    await deleteDatabase().catch((error) => {
      throw new TillsideError(
        'store-lost',
        `The database could not be erased (${String(error)}). Clear the site data.`,
        error,
      );
    });
  }

  /** Does it in the database; when that fails for good, does it in memory, from then on. */
  async #run<T>(operation: (store: Omit<Store, 'kind' | 'diagnostics' | 'watch'>) => Promise<T>): Promise<T> {
    if (this.#memory || !this.#durable) return operation(this.#fallToMemory());
    try {
      return await operation(this.#durable);
    } catch (error) {
      return operation(this.#fallToMemory(error));
    }
  }

  #fallToMemory(error?: unknown): Store {
    if (error !== undefined) {
      const { code, message } = toDiagnostic(error, 'store-lost');
      this.#diagnostics.report(code, message);
      void this.#durable?.close();
    }
    this.#memory ??= createMemoryStore(this.#durable?.seed());
    return this.#memory;
  }

  #hear(change: StoreChange): void {
    if (change.kind === 'forgotten') {
      this.#durable?.forgetLog();
      void this.#memory?.clear();
    } else if (this.#memory) return; // the other tabs' log is not this one's any more
    this.#tell(change);
  }

  #tell(change: StoreChange): void {
    for (const onChange of this.#watchers) onChange(change);
  }
}
