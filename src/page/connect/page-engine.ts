// In: the calls a worker would get. Out: slates from the bundle's tables. The engine where no worker runs, on the page's own thread.
import type { Engine } from '../../core/engine/contract.js';
import { createEngine } from '../../core/engine/engine.js';
import { createMemoryStore } from '../../core/engine/memory-store.js';
import { fetchFile } from '../../core/model/fetch-file.js';

/** Creates an engine on the page: in memory and without a model runtime, so that it never holds up the shop. */
export function createPageEngine(): Engine {
  return createEngine({
    where: 'page',
    store: async ({ retention }) => createMemoryStore({ keepsPurchases: retention.purchaseDays > 0 }),
    now: () => Date.now(),
    fetchFile,
  });
}
