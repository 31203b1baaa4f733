import type { Snapshot } from '../../core/engine/store.js';
import { type Database, transact } from './database.js';
import { isSameLog, readLogRow, readSnapshotRow } from './row-shapes.js';

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
