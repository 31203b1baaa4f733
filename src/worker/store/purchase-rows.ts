import type { OwnPurchase } from '../../core/domain/session.js';
import { type Database, transact } from './database.js';
import { type ReadRows, readPurchaseRows } from './row-shapes.js';

/** Reads the own purchases. */
export async function readPurchases(database: Database): Promise<ReadRows<OwnPurchase>> {
  const values = await transact(database, { stores: ['purchases'], mode: 'readonly' }, (tx) =>
    tx.objectStore('purchases').getAll(),
  );
  return readPurchaseRows(values);
}
