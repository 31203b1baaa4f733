// In: calls. Out: an answer to each, or `worker-lost`: comlink's own promises never settle once a worker is dead. Page thread.
import { type Remote, wrap } from 'comlink';
import type { Engine, EngineStatus } from '../../core/engine/contract.js';
import { type Diagnostic, TillsideError } from '../../core/errors.js';
import { type LoadWords, putInWords } from './put-in-words.js';

/**
 * How often a silent worker is asked for a sign of life, while it owes an answer. Ticks are counted, not time: a page that was busy or
 * frozen itself has not ticked.
 */
const TICK_MS = 240;
/** A worker that is silent for 960 ms is dead: its longest task is under 100 ms. */
const MAX_SILENT_TICKS = 4;
/** Until the bundle is in it may be on its way over a slow network, or compile models on a slow device: 5 s. */
const MAX_SILENT_TICKS_AT_START = 21;

/** Calls a method of the engine, or `ping`, which answers with the version of the contract. */
export type Call = (method: keyof Engine | 'ping', ...args: readonly unknown[]) => Promise<unknown>;

export interface WorkerLinkEvents {
  /** The worker failed or fell silent and was terminated. */
  onLost(error: TillsideError): void;
  /** Something was survived. */
  onDiagnostic(diagnostic: Diagnostic): void;
  readonly loadWords: LoadWords;
}

/** One worker and the answers it owes; given up when it fails to load or falls silent. */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #events: WorkerLinkEvents;
  readonly #remote: Remote<Record<keyof Engine | 'ping', (...args: readonly unknown[]) => unknown>>;
  readonly #owed = new Set<(error: Error) => void>();
  #timer = 0;
  #silentTicks = 0;
  #maxSilentTicks = MAX_SILENT_TICKS_AT_START;
  #isAlive = false;
  #end: Error | undefined;

  constructor(worker: Worker, events: WorkerLinkEvents) {
    this.#worker = worker;
    this.#events = events;
    this.#remote = wrap(worker);
    worker.addEventListener('message', () => {
      this.#isAlive = true;
      this.#silentTicks = 0;
    });
    worker.onerror = (event) => {
      // Uncaught errors of a worker reach the host's `window.onerror` unless they are prevented here.
      event.preventDefault();
      const message = event.message || 'it is missing, no script, or refused by the CSP';
      if (this.#isAlive) events.onDiagnostic({ code: 'worker-failed', message });
      else this.#lose(`cannot be loaded: ${message}`);
    };
  }

  /** @throws what the engine throws; {TillsideError} `worker-lost`; `worker-unavailable` if it never said a word */
  readonly call: Call = (method, ...args) =>
    new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      this.#owed.add(reject);
      this.#timer ||= setInterval(this.#tick, TICK_MS);
      const settled = (settle: (value: never) => void) => async (value: unknown) => {
        this.#owed.delete(reject);
        const isWhole = method === 'start' && !(value as EngineStatus | undefined)?.bundle?.isFirstStage;
        if (isWhole || method === 'complete') this.#maxSilentTicks = MAX_SILENT_TICKS;
        settle((await putInWords(value, this.#events.loadWords)) as never);
      };
      this.#remote[method](...args).then(settled(resolve), settled(reject));
    });

  /** Terminates the worker; what it owes is rejected with the error. */
  close(error: Error): void {
    this.#end ??= error;
    this.#worker.terminate();
    for (const reject of this.#owed) reject(error);
    this.#owed.clear();
  }

  readonly #tick = (): void => {
    if (!this.#owed.size) {
      clearInterval(this.#timer);
      this.#timer = this.#silentTicks = 0;
    } else if (++this.#silentTicks < this.#maxSilentTicks) {
      this.#remote.ping().catch(() => {}); // a worker that fails is not silent
    } else this.#lose(`was silent for ${this.#silentTicks * TICK_MS} ms and was ended`);
  };

  #lose(why: string): void {
    if (this.#end) return;
    const error = new TillsideError(this.#isAlive ? 'worker-lost' : 'worker-unavailable', `The worker ${why}.`);
    this.close(error);
    this.#events.onLost(error);
  }
}
