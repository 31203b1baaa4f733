import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';

/** A fake IndexedDB with faults that can be switched on: the platform's own exceptions, raised where the platform raises them. */
export interface FaultyIndexedDb {
  /** how often a database was opened */
  readonly opens: number;
  readonly connections: readonly IDBDatabase[];
  /** called before each open: what it throws, the open throws; `hang` makes it never settle */
  onOpen: (count: number) => 'hang' | undefined;
  /** called for each transaction that a store starts */
  onTransaction: (mode: IDBTransactionMode, start: () => IDBTransaction) => IDBTransaction;
}

/** Puts a fresh, empty IndexedDB in place, or the one that is passed. */
export function installIndexedDb(factory: IDBFactory = new IDBFactory()): FaultyIndexedDb {
  const connections: IDBDatabase[] = [];
  let opens = 0;
  const faulty: FaultyIndexedDb = {
    connections,
    get opens() {
      return opens;
    },
    onOpen: () => undefined,
    onTransaction: (_mode, start) => start(),
  };
  const open = (name: string, version?: number): IDBOpenDBRequest => {
    opens += 1;
    if (faulty.onOpen(opens) === 'hang') return neverSettling();
    const request = factory.open(name, version);
    request.addEventListener('success', () => {
      const database = request.result;
      connections.push(database);
      const start = database.transaction.bind(database);
      database.transaction = (stores, mode = 'readonly', options) =>
        faulty.onTransaction(mode, () => start(stores, mode, options));
    });
    return request;
  };
  globalThis.indexedDB = new Proxy(factory, {
    get: (target, key) => (key === 'open' ? open : Reflect.get(target, key).bind(target)),
  });
  return faulty;
}

/** Aborts the transaction after one of its puts has succeeded, as a full disk does. */
export function abortAfterPut(transaction: IDBTransaction, errorName: string): IDBTransaction {
  const objectStore = transaction.objectStore.bind(transaction);
  transaction.objectStore = (name) => {
    const store = objectStore(name);
    const put = store.put.bind(store);
    store.put = (value, key) => {
      const request = key === undefined ? put(value) : put(value, key);
      // fake-indexeddb's own way to abort for a reason that is not the script's
      request.addEventListener('success', () => (transaction as unknown as { _abort(reason: string): void })._abort(errorName));
      return request;
    };
    return store;
  };
  return transaction;
}

/** Keeps a transaction from telling that it is complete until it is released: a slow disk. */
export function holdComplete(transaction: IDBTransaction): () => void {
  const held: (() => void)[] = [];
  const listen = transaction.addEventListener.bind(transaction);
  let isReleased = false;
  transaction.addEventListener = (type: string, listener: EventListenerOrEventListenerObject | null) => {
    listen(type, (event) => {
      const tell = () => (typeof listener === 'function' ? listener(event) : listener?.handleEvent(event));
      if (type === 'complete' && !isReleased) held.push(tell);
      else tell();
    });
  };
  return () => {
    isReleased = true;
    for (const tell of held) tell();
  };
}

/** The platform's exception of a name. */
export function platformError(name: string): DOMException {
  return new DOMException(`injected ${name}`, name);
}

/** Opens the database outside the store, for what another script of the origin does. */
export function openRaw(version?: number, upgrade?: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('tillside', version);
    request.onupgradeneeded = () => upgrade?.(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Puts rows into an object store outside the store. */
export async function putRaw(storeName: string, ...rows: unknown[]): Promise<void> {
  const database = await openRaw();
  const transaction = database.transaction(storeName, 'readwrite');
  for (const row of rows) transaction.objectStore(storeName).put(row);
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}

/** Counts the rows of every object store. */
export async function countRows(): Promise<Record<string, number>> {
  const database = await openRaw();
  const counts: Record<string, number> = {};
  for (const name of database.objectStoreNames) {
    const request = database.transaction(name).objectStore(name).count();
    counts[name] = await new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
  }
  database.close();
  return counts;
}

function neverSettling(): IDBOpenDBRequest {
  const request = Object.create(IDBOpenDBRequest.prototype) as IDBOpenDBRequest;
  request.addEventListener = () => {};
  request.removeEventListener = () => {};
  return request;
}
