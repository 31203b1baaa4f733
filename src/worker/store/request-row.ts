import type { RequestMade } from '../../core/engine/requests-made.js';
import { MAX_REQUESTS } from '../../core/engine/store.js';
import { type Database, transact } from './database.js';
import { isSameLog, readRequestsRow } from './row-shapes.js';

/** Reads what earlier workers and this one requested. */
export async function readRequests(database: Database): Promise<readonly unknown[]> {
  return readRequestsRow(
    await transact(database, { stores: ['meta'], mode: 'readonly' }, (tx) => tx.objectStore('meta').get('requests')),
  );
}

/** Adds to them. @param epoch the log this tab knows: after an erase by another tab nothing is written */
export async function keepRequests(
  database: Database,
  epoch: string | undefined,
  requests: readonly RequestMade[],
): Promise<void> {
  await transact(database, { stores: ['meta'], mode: 'readwrite' }, async (tx) => {
    const meta = tx.objectStore('meta');
    const [log, row] = await Promise.all([meta.get('log'), meta.get('requests')]);
    if (!isSameLog(log, epoch)) return;
    await meta.put({ key: 'requests', requests: [...readRequestsRow(row), ...requests].slice(-MAX_REQUESTS) });
  });
}
