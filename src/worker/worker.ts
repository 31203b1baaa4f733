// In: a page's calls. Out: receipts and slates. The dedicated worker: engine + store + calls, wired, and nothing else.
import './network.js'; // first, and apart: sorted among the others it would come after them
import { CONTRACT_VERSION, type Engine } from '../core/engine/contract.js';
import { createEngine } from '../core/engine/engine.js';
import { readRequestsMade } from '../core/engine/requests-made.js';
import type { Store } from '../core/engine/store.js';
import { fetchFile } from '../core/model/fetch-file.js';
import { giveUpNetwork, lendNetwork } from './network.js';
import { serveCalls } from './serve-calls.js';
import { openStore } from './store/open-store.js';
import { validateCalls } from './validate-calls.js';

/** What the worker answers to: the engine, and the heartbeat. */
interface WorkerApi extends Engine {
  /** Answers at once with the version of the contract: the handshake, and the proof of life. */
  ping(): number;
}

function importModule<Module>(url: string): Promise<Module> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ url);
}

let store: Store | undefined;
let offersUrl: string | undefined;

const engine = validateCalls(
  createEngine({
    where: 'worker',
    async store(config) {
      lendNetwork([config.manifestUrl, config.wasmBaseUrl]);
      offersUrl = config.offers?.url;
      store = await openStore(config);
      return store;
    },
    now: () => Date.now(),
    fetchFile,
    importRuntime: importModule,
    importOffers: importModule,
  }),
);

const api: WorkerApi = {
  ...engine,
  async start(config) {
    try {
      return await engine.start(config);
    } finally {
      giveUpNetwork(offersUrl);
      void store?.keepRequests(readRequestsMade());
    }
  },
  ping: () => CONTRACT_VERSION,
};

serveCalls(api, self);
