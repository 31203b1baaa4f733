// In: a page's calls. Out: receipts and slates. The dedicated worker: engine + store + calls, wired, and nothing else.
import './network.js'; // first, and apart: sorted among the others it would come after them
import { CONTRACT_VERSION, type Engine } from '../core/engine/contract.js';
import { createEngine } from '../core/engine/engine.js';
import { LISTED_MS, readRequestsMade } from '../core/engine/requests-made.js';
import type { Store } from '../core/engine/store.js';
import { fetchFile } from '../core/model/fetch-file.js';
import { giveUpNetwork, lendNetwork } from './network.js';
import { serveCalls } from './serve-calls.js';
import { createStore } from './store/create-store.js';
import { validateCalls } from './validate-calls.js';

/** What the worker answers to: the engine, and the heartbeat. */
interface WorkerApi extends Engine {
  /** Answers at once with the version of the contract: the handshake, and the proof of life. */
  ping(): number;
}

function importModule<Module>(url: string): Promise<Module> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ url);
}

/** @see https://wicg.github.io/netinfo/#savedata-attribute */
const { connection } = navigator as { connection?: { readonly saveData?: boolean } };
let store: Store | undefined;
let offersUrl: string | undefined;

const engine = validateCalls(
  createEngine({
    where: 'worker',
    async store(config) {
      lendNetwork([config.manifestUrl, config.wasmBaseUrl]);
      offersUrl = config.offers?.url;
      store = createStore(config);
      return store;
    },
    now: () => Date.now(),
    fetchFile(url, limits) {
      const file = fetchFile(url, limits);
      // While the worker waits for its bundle. The first number that a process formats takes Chromium 20–50 ms, on whichever thread: the page's
      // first price is then one of the later ones. By way of `Reflect`, as minifiers drop a call whose answer nobody uses.
      if (!limits.revalidate) Reflect.apply(Number.prototype.toLocaleString, 0, []);
      return file;
    },
    isSparing: () => connection?.saveData === true,
    importRuntime: importModule,
    importOffers: importModule,
  }),
);

const keepRequests = async (isLate: boolean): Promise<unknown> => store?.keepRequests(readRequestsMade(), isLate);

const api: WorkerApi = {
  ...engine,
  start(config) {
    const started = engine.start(config);
    started
      .then(() => engine.complete())
      .catch(() => undefined) // whoever called hears of it
      .then(() => {
        giveUpNetwork(offersUrl);
        setTimeout(keepRequests, LISTED_MS, true);
        return keepRequests(false);
      });
    return started;
  },
  /** With what a busy browser has listed since. */
  async exportData() {
    await keepRequests(true);
    return engine.exportData();
  },
  ping: () => CONTRACT_VERSION,
};

serveCalls(api, self);
