// In: what the engine stores. Out: the same, whatever becomes of the database: it falls to memory, says so, and carries on.
import type { InteractionEvent, StoredEvent } from '../../core/domain/event.js';
import type { EngineConfig } from '../../core/engine/contract.js';
import { createMemoryStore } from '../../core/engine/memory-store.js';
import type { Store, StoreChange } from '../../core/engine/store.js';
import { type Diagnostic, TillsideError, toDiagnostic } from '../../core/errors.js';
import { Connection } from './connection.js';
import { deleteDatabase } from './database.js';
import { createDiagnosticList } from './diagnostic-list.js';
import { IndexedDbStore } from './indexeddb-store.js';
import { openTabChannel, type TabChannel } from './tab-channel.js';

type Operation = Exclude<keyof Store, 'kind' | 'diagnostics' | 'watch'>;
export type StoreSettings = Pick<EngineConfig, 'storage' | 'retention' | 'tabId' | 'account'>;

/** The store of one tab: durable while it can be, in memory from the first failure that does not heal; one of the tabs' channel. */
export class ResilientStore implements Store {
  readonly #diagnostics = createDiagnosticList();
  readonly #watchers = new Set<(change: StoreChange) => void>();
  readonly #channel: TabChannel;
  readonly #durable: IndexedDbStore | undefined;
  #memory: Store | undefined;

  readonly #append = this.#via('append');
  readonly readSince = this.#via('readSince');
  readonly writeSnapshot = this.#via('writeSnapshot');
  readonly expire = this.#via('expire');
  readonly readFile = this.#via('readFile');
  readonly readManifest = this.#via('readManifest');
  readonly writeBundle = this.#via('writeBundle');
  readonly keepRequests = this.#via('keepRequests');
  readonly exportData = this.#via('exportData');

  constructor({ storage, retention, tabId, account }: StoreSettings) {
    const keepsPurchases = retention.purchaseDays > 0;
    const diagnostics = this.#diagnostics;
    const onErased = (): void => this.#tell({ kind: 'forgotten' });
    if (storage === 'memory') this.#memory = createMemoryStore({ keepsPurchases });
    else {
      const connection = new Connection(diagnostics, () => performance.now());
      this.#durable = new IndexedDbStore({ connection, diagnostics, keepsPurchases, account, onErased });
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
    const found = await this.#append(events, afterSeq);
    const seq = found.at(-1)?.seq;
    if (!this.#memory && seq !== undefined && events.length > 0) this.#channel.announce({ kind: 'appended', seq });
    return found;
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
      throw new TillsideError('store-lost', `The database could not be erased (${String(error)}). Clear the site data.`, error);
    });
  }

  /** Does it in the database; when that fails for good, does it in memory, from then on. */
  #via<Name extends Operation>(name: Name): Store[Name] {
    const doIn = (store: Pick<Store, Operation>, args: unknown[]): Promise<unknown> =>
      (store[name] as (...args: unknown[]) => Promise<unknown>)(...args);
    const operation = async (...args: unknown[]): Promise<unknown> => {
      if (this.#memory || !this.#durable) return doIn(this.#fallToMemory(), args);
      try {
        return await doIn(this.#durable, args);
      } catch (error) {
        return doIn(this.#fallToMemory(error), args);
      }
    };
    return operation as Store[Name];
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
