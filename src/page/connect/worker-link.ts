// In: calls. Out: an answer to each, or `worker-lost`: comlink's own promises never settle once a worker is dead. Page thread.
import { wrap } from 'comlink';
import type { Engine } from '../../core/engine/contract.js';
import { type Diagnostic, TillsideError } from '../../core/errors.js';
import { carryCodes } from './carry-codes.js';

/** What the worker answers to: the engine, and `ping` with the version of the contract. */
export interface WorkerApi extends Engine {
  ping(): Promise<number>;
}

/**
 * How often a silent worker is asked for a sign of life, while it owes an answer. Ticks are counted, not time: a page that was busy or
 * frozen itself has not ticked.
 */
const TICK_MS = 240;
/** A worker that is silent for 960 ms is dead: its longest task is under 100 ms. */
const MAX_SILENT_TICKS = 4;
/** Until it has started it may be on its way over a slow network, or compile models on a slow device: 5 s. */
const MAX_SILENT_TICKS_AT_START = 21;

export interface WorkerLinkEvents {
  /** The worker failed or fell silent and was terminated. */
  onLost(error: TillsideError): void;
  /** Something was survived. */
  onDiagnostic(diagnostic: Diagnostic): void;
}

/** One worker and the answers it owes. */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #events: WorkerLinkEvents;
  readonly #remote: Record<string, (...args: unknown[]) => Promise<unknown>>;
  readonly #owed = new Set<(error: TillsideError) => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silentTicks = 0;
  #maxSilentTicks = MAX_SILENT_TICKS_AT_START;
  #isAlive = false;
  #end: TillsideError | undefined;

  constructor(worker: Worker, events: WorkerLinkEvents) {
    carryCodes();
    this.#worker = worker;
    this.#events = events;
    this.#remote = wrap<unknown>(worker) as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    worker.onerror = (event) => this.#onError(event);
  }

  /** Calls the worker. @throws {TillsideError} what the engine throws; `worker-lost`; `worker-unavailable` if it never said a word */
  call<M extends keyof WorkerApi>(method: M, ...args: Parameters<WorkerApi[M]>): ReturnType<WorkerApi[M]> {
    const answer = new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      this.#owed.add(reject);
      this.#timer ??= setTimeout(this.#tick, TICK_MS);
      const settle = (): void => this.#settle(reject);
      this.#remote[method]?.(...args).then(
        (value) => {
          this.#isAlive = true;
          if (method === 'start') this.#maxSilentTicks = MAX_SILENT_TICKS;
          settle();
          resolve(value);
        },
        (error) => {
          settle();
          reject(error);
        },
      );
    });
    return answer as ReturnType<WorkerApi[M]>;
  }

  /** Terminates the worker; what it owes is rejected with the error. */
  close(error: TillsideError): void {
    if (this.#end) return;
    this.#end = error;
    clearTimeout(this.#timer);
    this.#worker.terminate();
    for (const reject of this.#owed) reject(error);
    this.#owed.clear();
  }

  #settle(reject: (error: TillsideError) => void): void {
    this.#silentTicks = 0;
    this.#owed.delete(reject);
    if (this.#owed.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #tick = (): void => {
    if (++this.#silentTicks >= this.#maxSilentTicks) {
      const code = this.#isAlive ? 'worker-lost' : 'worker-unavailable';
      this.#lose(new TillsideError(code, `The worker was silent for ${this.#silentTicks * TICK_MS} ms and was ended.`));
      return;
    }
    this.#remote.ping?.().then(() => {
      this.#silentTicks = 0;
    }, noop);
    this.#timer = setTimeout(this.#tick, TICK_MS);
  };

  /** Uncaught errors of a worker reach the host's `window.onerror` unless they are prevented here. */
  #onError(event: ErrorEvent): void {
    event.preventDefault();
    const message = event.message || 'Its script cannot be loaded: it is missing, no script, or refused by the CSP.';
    if (this.#isAlive) this.#events.onDiagnostic({ code: 'worker-failed', message });
    else this.#lose(new TillsideError('worker-unavailable', `The worker does not run: ${message}`));
  }

  #lose(error: TillsideError): void {
    if (this.#end) return;
    this.close(error);
    this.#events.onLost(error);
  }
}

function noop(): void {}
