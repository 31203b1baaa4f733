import type { OwnPurchase } from '../../core/domain/session.js';
import { settleWithin } from '../../core/engine/settle-within.js';
import { TillsideError } from '../../core/errors.js';
import type { ChunkRow, FileRow, LogRow, ManifestRow, RequestsRow, SnapshotRow } from './row-shapes.js';

export const DATABASE_NAME = 'tillside';
/** Raised with every change of the object stores; an SDK that meets a newer one keeps its hands off. */
export const SCHEMA_VERSION = 1;
/** An open that takes longer never ends (a known WebKit state): toolchain's measured opens take under 100 ms. */
const OPEN_TIMEOUT_MS = 2_000;
/** An older tab that does not close its connection blocks an upgrade; it is not waited for as long as a slow disk. */
const BLOCKED_TIMEOUT_MS = 800;

interface Schema {
  events: { key: number; value: ChunkRow };
  state: { key: string; value: SnapshotRow };
  purchases: { key: [string, number]; value: OwnPurchase };
  bundles: { key: string; value: FileRow | ManifestRow };
  meta: { key: string; value: LogRow | RequestsRow };
}

export type Database = IDBDatabase;
export type StoreName = keyof Schema;
export const STORE_NAMES = ['events', 'state', 'purchases', 'bundles', 'meta'] as const satisfies readonly StoreName[];
const KEY_PATHS = { events: 'first', state: 'key', purchases: ['itemId', 'day'], bundles: 'key', meta: 'key' };

/**
 * Opens the database, making its object stores when it is new. It closes itself when another connection wants to upgrade or delete.
 *
 * @param onLost the connection is gone: site data was cleared, the disk failed, or it closed itself
 * @throws {TillsideError} `store-timeout`, `store-newer-schema`; the platform's own exceptions pass through
 */
export async function openDatabase(onLost: () => void): Promise<Database> {
  let abandoned = false;
  let onBlocked = (_reason: Error): void => {};
  const blocked = new Promise<never>((_, reject) => {
    onBlocked = reject;
  });
  const request = indexedDB.open(DATABASE_NAME, SCHEMA_VERSION);
  request.addEventListener('upgradeneeded', () => {
    for (const name of STORE_NAMES) request.result.createObjectStore(name, { keyPath: KEY_PATHS[name] });
  });
  request.addEventListener('blocked', () =>
    setTimeout(() => onBlocked(timeout('An older tab keeps the database open')), BLOCKED_TIMEOUT_MS),
  );
  const opening = settled(request).then((database) => {
    database.addEventListener('close', onLost);
    database.addEventListener('versionchange', () => {
      database.close();
      onLost();
    });
    return database;
  });
  opening.then((database) => abandoned && database.close()).catch(() => {}); // its rejection is reported below
  try {
    const error = () => timeout(`IndexedDB did not open within ${OPEN_TIMEOUT_MS} ms`);
    return await settleWithin(Promise.race([opening, blocked]), OPEN_TIMEOUT_MS, error);
  } catch (error) {
    abandoned = true;
    if ((error as DOMException).name !== 'VersionError') throw error;
    const message = `The database is newer than schema ${SCHEMA_VERSION}. Reload to get the newer script.`;
    throw new TillsideError('store-newer-schema', message, error);
  }
}

/** Deletes the database, or rejects with `store-timeout` when another connection keeps it. */
export async function deleteDatabase(): Promise<void> {
  await settleWithin(settled(indexedDB.deleteDatabase(DATABASE_NAME)), OPEN_TIMEOUT_MS, () =>
    timeout('The database could not be deleted'),
  );
}

/** Whether every object store is there; a half-made database is not. */
export function isComplete(database: Database): boolean {
  return STORE_NAMES.every((name) => database.objectStoreNames.contains(name));
}

type Mode = 'readonly' | 'readwrite';
/** An object store's requests as promises, to be awaited inside their transaction only. */
interface Rows<Name extends StoreName> {
  get(key: Schema[Name]['key']): Promise<Schema[Name]['value'] | undefined>;
  getAll(range?: IDBKeyRange): Promise<Schema[Name]['value'][]>;
}
interface WritableRows<Name extends StoreName> extends Rows<Name> {
  put(row: Schema[Name]['value']): Promise<unknown>;
  clear(): Promise<unknown>;
}

export interface Transaction<Names extends readonly StoreName[], M extends Mode> {
  objectStore<Name extends Names[number]>(name: Name): M extends 'readwrite' ? WritableRows<Name> : Rows<Name>;
}

/**
 * Runs one transaction to its end: resolves when it is complete, never on a request's success.
 *
 * @param body awaits nothing but requests of this transaction
 */
export async function transact<const Names extends readonly StoreName[], M extends Mode, T>(
  database: Database,
  { stores, mode }: { stores: Names; mode: M },
  body: (tx: Transaction<Names, M>) => Promise<T>,
): Promise<T> {
  const tx = database.transaction(stores, mode, { durability: 'relaxed' });
  const done = new Promise<void>((resolve, reject) => {
    tx.addEventListener('complete', () => resolve());
    // One that ended with its connection says no reason.
    tx.addEventListener('abort', () => reject(tx.error ?? new DOMException('The transaction ended', 'AbortError')));
  });
  done.catch(() => {}); // awaited below; until then nobody listens
  try {
    const result = await body({ objectStore: (name) => promising(tx.objectStore(name)) as never });
    await done;
    return result;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // it has already ended
    }
    throw tx.error ?? error; // the transaction's own reason (quota) says more than a request's AbortError
  }
}

function timeout(what: string): TillsideError {
  return new TillsideError('store-timeout', `${what}. Keeping to memory for this visit.`);
}

function promising(rows: IDBObjectStore): WritableRows<StoreName> {
  return {
    get: (key) => settled(rows.get(key)),
    getAll: (range) => settled(rows.getAll(range)),
    put: (row) => settled(rows.put(row)),
    clear: () => settled(rows.clear()),
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
