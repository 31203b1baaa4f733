import { addRequests, type Store } from '../../core/engine/store.js';
import { type Database, transact } from './database.js';
import { isSameLog, readRequestsRow } from './row-shapes.js';

/** Does what `Store.keepRequests` says. @param epoch the log this tab knows: after an erase by another tab nothing is written */
export async function keepRequests(
  database: Database,
  epoch: string | undefined,
  [requests, isLate]: Parameters<Store['keepRequests']>,
): Promise<readonly unknown[]> {
  return transact(database, { stores: ['meta'], mode: 'readwrite' }, async (tx) => {
    const meta = tx.objectStore('meta');
    const [log, row] = await Promise.all([meta.get('log'), meta.get('requests')]);
    const all = addRequests(readRequestsRow(row), requests);
    if (requests && (row || !isLate) && isSameLog(log, epoch)) await meta.put({ key: 'requests', requests: all });
    return all;
  });
}
