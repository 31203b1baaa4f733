// In: the page's calls. Out: the engine's answers, whatever becomes of its worker: restarted, then replaced by the engine on the page.
import { CONTRACT_VERSION, type Engine, type EngineConfig, type EngineStatus } from '../../core/engine/contract.js';
import { settleWithin } from '../../core/engine/settle-within.js';
import { codeOf, type Diagnostic, TillsideError, toDiagnostic } from '../../core/errors.js';
import type { LoadWords } from './put-in-words.js';
import { type Call, WorkerLink } from './worker-link.js';

/** Every call settles within it. */
const CALL_TIMEOUT_MS = 3_000;
/** A start downloads and checks the bundle. */
const START_TIMEOUT_MS = 30_000;
/** What a stopping engine may take for its last write. */
const STOP_TIMEOUT_MS = 1_000;
/** Pauses before a lost worker is started again; after the last restart the engine moves to the page. */
const RESTART_DELAYS_MS = [0, 1_000];
/** A worker that ran so long before it was lost is not one that keeps failing. */
const HEALTHY_MS = 60_000;

export interface ConnectOptions {
  /** @throws where workers cannot be had */
  spawnWorker(): Worker;
  /** loads the engine on the page; called only where there is no worker */
  loadPageEngine(): Promise<{ createPageEngine(): Engine }>;
  /** called with everything that was survived */
  onDiagnostic(diagnostic: Diagnostic): void;
  readonly loadWords: LoadWords;
  /** called when an engine that started with a part of its bundle has as much as will be; after each of its starts */
  onWhole(status: EngineStatus): void;
}

/** An engine that can give its worker up for a while. */
export interface ConnectedEngine extends Engine {
  /** Ends the worker; what it owes is answered after `resume`. */
  suspend(): void;
  resume(): void;
}

/**
 * Connects to an engine in a worker. Nothing is created before `start`; after `stop` it is of no more use. Every call settles;
 * one whose worker is lost is made once more on the next.
 *
 * @returns an engine whose calls also reject with `worker-timeout`, `worker-lost`, `worker-unavailable`, `stopped`
 */
export function connectEngine(options: ConnectOptions): ConnectedEngine {
  const supervisor = new Supervisor(options);
  const method =
    (name: keyof Engine) =>
    (...args: readonly unknown[]) =>
      supervisor.call(name, ...args) as never;
  return {
    start: (config) => supervisor.start(config) as never,
    complete: () => supervisor.complete() as never,
    record: method('record'),
    recommend: method('recommend'),
    resolve: method('resolve'),
    lookAtOffers: method('lookAtOffers'),
    forget: method('forget'),
    exportData: method('exportData'),
    status: method('status'),
    stop: () => supervisor.stop(),
    suspend: () => supervisor.suspend(),
    resume: () => supervisor.resume(),
  };
}

/** Keeps an engine running: a worker, restarted when it is lost, or in the end the page. */
class Supervisor {
  readonly #options: ConnectOptions;
  #config: EngineConfig | undefined;
  /** where the engine runs, or will; rejects with `stopped` when it does not */
  #backend: Promise<Call> | undefined;
  /** the same once it is open */
  #running: Call | undefined;
  #link: WorkerLink | undefined;
  #losses = 0;
  #isStopped = false;
  #wake: (() => void) | undefined;

  constructor(options: ConnectOptions) {
    this.#options = options;
  }

  start(config: EngineConfig): Promise<unknown> {
    this.#config ??= config;
    if (!this.#isStopped) this.#backend ??= this.#open();
    return this.#load('start');
  }

  complete(): Promise<unknown> {
    return this.#load('complete');
  }

  readonly call: Call = async (method, ...args) => {
    try {
      return await settle(method, this.#attempt(2, method, ...args), CALL_TIMEOUT_MS);
    } catch (error) {
      const { name, message } = error as Error;
      if (name !== 'DataCloneError') throw error;
      const code = method === 'record' ? 'invalid-event' : 'invalid-request';
      throw new TillsideError(code, `${method}() takes plain data: ${message}`, error);
    }
  };

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.resume(); // whoever waits is told so
    this.#backend = undefined;
    // It is ended either way.
    if (this.#running) await settle('stop', this.#running('stop'), STOP_TIMEOUT_MS).catch(() => {});
    this.#link?.close(stopped());
  }

  suspend(): void {
    if (!this.#link || this.#isStopped) return;
    this.#backend = new Promise((resolve) => {
      this.#wake = () => resolve(this.#open());
    });
    this.#backend.catch(() => {}); // whoever calls hears of it
    this.#link.close(new TillsideError('worker-lost', 'The page left, and the worker with it.'));
    this.#link = this.#running = undefined;
  }

  resume(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  #load(method: 'start' | 'complete'): Promise<unknown> {
    const untilOnPage = RESTART_DELAYS_MS.length + 2;
    return settle(method, this.#attempt(untilOnPage, method), START_TIMEOUT_MS);
  }

  /** Every call may be made again: events are known by their ids, and nothing else adds up. */
  async #attempt(attempts: number, ...call: Parameters<Call>): Promise<unknown> {
    if (!this.#backend) throw stopped();
    try {
      return await (await this.#backend)(...call);
    } catch (error) {
      if (codeOf(error) !== 'worker-lost' || attempts < 2) throw error;
      return this.#attempt(attempts - 1, ...call);
    }
  }

  /** Opens the best there is: a worker, else the page. @param delayMs before a restart */
  async #open(delayMs?: number): Promise<Call> {
    if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
    const isWorth = this.#losses <= RESTART_DELAYS_MS.length;
    this.#running = (isWorth && (await this.#openWorker().catch(this.#report))) || (await this.#openOnPage());
    return this.#running;
  }

  /** Starts an engine, once. */
  #begin(send: Call): Call {
    const started = send('start', this.#config);
    started.then((status) => this.#finish(status, send)).catch(() => {}); // whoever waits for it hears of it
    return (method, ...args) => (method === 'start' ? started : send(method, ...args));
  }

  async #finish(status: unknown, send: Call): Promise<void> {
    if ((status as EngineStatus).bundle?.isFirstStage) this.#options.onWhole((await send('complete')) as EngineStatus);
  }

  async #openWorker(): Promise<Call> {
    this.#checkRunning();
    const openedAt = performance.now();
    let isMet = false;
    const link = new WorkerLink(this.#options.spawnWorker(), {
      ...this.#options,
      onLost: (error) => isMet && this.#restart(error, performance.now() - openedAt),
    });
    this.#link = link;
    const met = link.call('ping');
    const call = this.#begin(link.call); // beside the handshake: an engine of another contract refuses it
    const version = await met;
    if (version !== CONTRACT_VERSION) {
      const message = `The worker speaks contract ${version}, the page ${CONTRACT_VERSION}. Serve both from one release.`;
      const error = new TillsideError('version-mismatch', message);
      link.close(error);
      throw error;
    }
    isMet = true;
    return call;
  }

  async #openOnPage(): Promise<Call> {
    this.#checkRunning();
    try {
      const engine = (await this.#options.loadPageEngine()).createPageEngine();
      return this.#begin(async (method, ...args) => (engine as never as Record<string, Call>)[method]?.(...(args as [never])));
    } catch (error) {
      throw new TillsideError('worker-unavailable', `No worker runs, and the engine does not load on the page: ${error}.`, error);
    }
  }

  #restart(error: TillsideError, livedMs: number): void {
    this.#report(error);
    this.#running = undefined;
    if (this.#isStopped) return;
    this.#losses = livedMs > HEALTHY_MS ? 1 : this.#losses + 1;
    this.#backend = this.#open(RESTART_DELAYS_MS[this.#losses - 1]);
    this.#backend.catch(() => {}); // whoever calls hears of it
  }

  #checkRunning(): void {
    if (this.#isStopped) throw stopped();
  }

  readonly #report = (error: unknown): undefined => {
    if (!this.#isStopped) this.#options.onDiagnostic(toDiagnostic(error, 'worker-unavailable'));
  };
}

function settle(name: string, answer: Promise<unknown>, timeoutMs: number): Promise<unknown> {
  return settleWithin(
    answer,
    timeoutMs,
    () => new TillsideError('worker-timeout', `${name}() was not answered within ${timeoutMs} ms.`),
  );
}

function stopped(): TillsideError {
  return new TillsideError('stopped', 'The engine is not running. Call start() first.');
}
