import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
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

interface Schema extends DBSchema {
  events: { key: number; value: ChunkRow };
  state: { key: string; value: SnapshotRow };
  purchases: { key: [string, number]; value: OwnPurchase };
  bundles: { key: string; value: FileRow | ManifestRow };
  meta: { key: string; value: LogRow | RequestsRow };
}

export type Database = IDBPDatabase<Schema>;
export type StoreName = StoreNames<Schema>;
export const STORE_NAMES = ['events', 'state', 'purchases', 'bundles', 'meta'] as const satisfies readonly StoreName[];

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
  const opening = openDB<Schema>(DATABASE_NAME, SCHEMA_VERSION, {
    upgrade(database) {
      database.createObjectStore('events', { keyPath: 'first' });
      database.createObjectStore('state', { keyPath: 'key' });
      database.createObjectStore('purchases', { keyPath: ['itemId', 'day'] });
      database.createObjectStore('bundles', { keyPath: 'key' });
      database.createObjectStore('meta', { keyPath: 'key' });
    },
    blocked: () => setTimeout(() => onBlocked(timeout('An older tab keeps the database open')), BLOCKED_TIMEOUT_MS),
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onLost();
    },
    terminated: onLost,
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
  await settleWithin(deleteDB(DATABASE_NAME), OPEN_TIMEOUT_MS, () => timeout('The database could not be deleted'));
}

/** Whether every object store is there; a half-made database is not. */
export function isComplete(database: Database): boolean {
  return STORE_NAMES.every((name) => database.objectStoreNames.contains(name));
}

type Mode = 'readonly' | 'readwrite';
export type Transaction<Names extends readonly StoreName[], M extends Mode> = IDBPTransaction<Schema, [...Names], M>;

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
  const tx = database.transaction([...stores] as [...Names], mode, { durability: 'relaxed' });
  const done = tx.done;
  done.catch(() => {}); // awaited below; until then nobody listens
  try {
    const result = await body(tx);
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
