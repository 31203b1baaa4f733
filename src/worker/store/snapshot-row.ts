import type { Snapshot } from '../../core/engine/store.js';
import { type Database, transact } from './database.js';
import { isSameLog, readLogRow, readSnapshotRow } from './row-shapes.js';

/** Reads the one snapshot. */
export async function readSnapshot(database: Database): Promise<{ snapshot: Snapshot | undefined; skippedRows: number }> {
  const value = await transact(database, { stores: ['state'], mode: 'readonly' }, (tx) =>
    tx.objectStore('state').get('snapshot'),
  );
  const row = readSnapshotRow(value);
  if (!row) return { snapshot: undefined, skippedRows: value === undefined ? 0 : 1 };
  const { seq, formatVersion, savedAt, state } = row;
  return { snapshot: { seq, formatVersion, savedAt, state }, skippedRows: 0 };
}

/** Writes the snapshot unless a newer one is there, or the log it was folded from is not. @param epoch the log it was folded from */
export async function writeSnapshot(database: Database, epoch: string | undefined, snapshot: Snapshot): Promise<void> {
  await transact(database, { stores: ['meta', 'state'], mode: 'readwrite' }, async (tx) => {
    const [logValue, value] = await Promise.all([tx.objectStore('meta').get('log'), tx.objectStore('state').get('snapshot')]);
    // Where there is no log, all was erased: the snapshot would be of nothing.
    const isOfThisLog = isSameLog(logValue, epoch) && snapshot.seq <= (readLogRow(logValue)?.seq ?? -1);
    if (!isOfThisLog || snapshot.seq < (readSnapshotRow(value)?.seq ?? 0)) return;
    await tx.objectStore('state').put({ key: 'snapshot', ...snapshot });
  });
}
