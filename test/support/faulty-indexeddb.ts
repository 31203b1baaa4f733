import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';

/** A fresh, empty IndexedDB for one test, with faults that can be switched on. */
export interface FaultyIndexedDb {
  readonly factory: IDBFactory;
  /** how often a database was opened */
  readonly opens: number;
  /** Called before each open; what it throws, the open throws; `'hang'` makes it never settle. */
  onOpen: (count: number) => 'hang' | undefined;
  /** Called for each transaction of the mode; what it throws, `transaction()` throws. */
  onTransaction: (mode: IDBTransactionMode, transaction: () => IDBTransaction) => IDBTransaction;
  /** connections opened so far */
  readonly connections: IDBDatabase[];
}

type Listener = (event: Event) => void;

/** Puts a fresh fake IndexedDB in place. The faults are the platform's own exceptions, raised where the platform raises them. */
export function installIndexedDb(factory = new IDBFactory()): FaultyIndexedDb {
  const connections: IDBDatabase[] = [];
  let opens = 0;
  const faulty: FaultyIndexedDb = {
    factory,
    connections,
    get opens() {
      return opens;
    },
    onOpen: () => undefined,
    onTransaction: (_mode, transaction) => transaction(),
  };
  const open = (name: string, version?: number): IDBOpenDBRequest => {
    opens += 1;
    if (faulty.onOpen(opens) === 'hang') return factory.open(`never-${opens}`).constructor.prototype.constructor && hanging();
    const request = factory.open(name, version);
    request.addEventListener('success', () => {
      const database = request.result;
      connections.push(database);
      const transaction = database.transaction.bind(database);
      database.transaction = (stores, mode = 'readonly', options) => faulty.onTransaction(mode, () => transaction(stores, mode, options));
    });
    return request;
  };
  globalThis.indexedDB = new Proxy(factory, {
    get: (target, key) => (key === 'open' ? open : Reflect.get(target, key).bind(target)),
  });
  return faulty;
}

function hanging(): IDBOpenDBRequest {
  const request = Object.create(IDBOpenDBRequest.prototype);
  request.addEventListener = (_type: string, _listener: Listener) => {};
  request.removeEventListener = request.addEventListener;
  return request;
}
