// In: calls. Out: an answer to each, or `worker-lost`: comlink's own promises never settle once a worker is dead. Page thread.
import { wrap } from 'comlink';
import type { Engine } from '../../core/engine/contract.js';
import { type Diagnostic, TillsideError } from '../../core/errors.js';
import { carryCodes } from './carry-codes.js';

/**
 * How often a silent worker is asked for a sign of life, while it owes an answer. Ticks are counted, not time: a page that was busy or
 * frozen itself has not ticked.
 */
const TICK_MS = 240;
/** A worker that is silent for 960 ms is dead: its longest task is under 100 ms. */
const MAX_SILENT_TICKS = 4;
/** Until it has started it may be on its way over a slow network, or compile models on a slow device: 5 s. */
const MAX_SILENT_TICKS_AT_START = 21;

/** Calls a method of the engine, or `ping`, which answers with the version of the contract. */
export type Call = (method: keyof Engine | 'ping', args?: readonly unknown[]) => Promise<unknown>;

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
  readonly #remote: Record<string, (...args: readonly unknown[]) => Promise<unknown>>;
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
    this.#remote = wrap<unknown>(worker) as never;
    worker.onerror = (event) => {
      // Uncaught errors of a worker reach the host's `window.onerror` unless they are prevented here.
      event.preventDefault();
      const message = event.message || 'it is missing, no script, or refused by the CSP';
      if (this.#isAlive) events.onDiagnostic({ code: 'worker-failed', message });
      else this.#lose(`cannot be loaded: ${message}`);
    };
  }

  /** @throws {TillsideError} what the engine throws; `worker-lost`; `worker-unavailable` if it never said a word */
  readonly call: Call = async (method, args = []) => {
    if (this.#end) throw this.#end;
    let end: (error: TillsideError) => void = () => {};
    const loss = new Promise((_, reject) => {
      end = reject;
    });
    this.#owed.add(end);
    this.#timer ??= setTimeout(this.#tick, TICK_MS);
    try {
      const answer = await Promise.race([this.#remote[method]?.(...args), loss]);
      this.#isAlive = true;
      if (method === 'start') this.#maxSilentTicks = MAX_SILENT_TICKS;
      return answer;
    } finally {
      this.#silentTicks = 0;
      this.#owed.delete(end);
      if (!this.#owed.size) this.#rest();
    }
  };

  /** Terminates the worker; what it owes is rejected with the error. */
  close(error: TillsideError): void {
    this.#end ??= error;
    this.#rest();
    this.#worker.terminate();
    for (const reject of this.#owed) reject(error);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #tick = (): void => {
    if (++this.#silentTicks >= this.#maxSilentTicks) {
      this.#lose(`was silent for ${this.#silentTicks * TICK_MS} ms and was ended`);
      return;
    }
    this.#remote['ping']?.().then(
      () => {
        this.#silentTicks = 0;
      },
      () => {}, // a worker that fails is not silent
    );
    this.#timer = setTimeout(this.#tick, TICK_MS);
  };

  #lose(why: string): void {
    if (this.#end) return;
    const error = new TillsideError(this.#isAlive ? 'worker-lost' : 'worker-unavailable', `The worker ${why}.`);
    this.close(error);
    this.#events.onLost(error);
  }
}
