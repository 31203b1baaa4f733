// In: a page's calls. Out: receipts and slates. The dedicated worker: engine + store + calls, wired, and nothing else.
import { CONTRACT_VERSION, type Engine } from '../core/engine/contract.js';
import { createEngine } from '../core/engine/engine.js';
import { readRequestsMade } from '../core/engine/requests-made.js';
import { fetchFile } from '../core/model/fetch-file.js';
import { serveCalls } from './serve-calls.js';
import { openStore } from './store/open-store.js';
import { validateCalls } from './validate-calls.js';

/** What the worker answers to: the engine, and the heartbeat. */
interface WorkerApi extends Engine {
  /** Answers at once with the version of the contract: the handshake, and the proof of life. */
  ping(): number;
}

const engine = createEngine({
  where: 'worker',
  store: openStore,
  now: () => Date.now(),
  fetchFile,
  requestsMade: readRequestsMade,
  importRuntime: (url) => import(/* @vite-ignore */ /* webpackIgnore: true */ url),
});

const api: WorkerApi = { ...validateCalls(engine), ping: () => CONTRACT_VERSION };

serveCalls(api, self);
