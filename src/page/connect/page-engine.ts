// In: the calls a worker would get. Out: slates from the bundle's tables. The engine where no worker runs, on the page's own thread.
import type { Engine } from '../../core/engine/contract.js';
import { createEngine } from '../../core/engine/engine.js';
import { createMemoryStore } from '../../core/engine/memory-store.js';
import { takeEvents } from '../../core/engine/take-events.js';
import { fetchFile } from '../../core/model/fetch-file.js';

/** Creates an engine on the page: in memory and without a model runtime, so that it never holds up the shop. */
export function createPageEngine(): Engine {
  const engine = createEngine({
    where: 'page',
    store: async ({ retention }) => createMemoryStore({ keepsPurchases: retention.purchaseDays > 0 }),
    now: () => Date.now(),
    fetchFile,
    isSparing: () => false,
    importOffers: (url) => import(/* @vite-ignore */ /* webpackIgnore: true */ url),
  });
  return {
    start: (config) => engine.start(config),
    complete: () => engine.complete(),
    record: (events) => takeEvents(engine, events),
    recommend: (request) => engine.recommend(request),
    lookAtOffers: (question) => engine.lookAtOffers(question),
    resolve: (groups) => engine.resolve(groups),
    forget: () => engine.forget(),
    exportData: () => engine.exportData(),
    status: () => engine.status(),
    stop: () => engine.stop(),
  };
}
