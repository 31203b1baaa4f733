// In: the page's calls. Out: the engine's answers, whatever becomes of its worker: restarted, then replaced by the engine on the page.
import type { InteractionEvent } from '../../core/domain/event.js';
import type { Slate } from '../../core/domain/slate.js';
import {
  CONTRACT_VERSION,
  type Engine,
  type EngineConfig,
  type EngineStatus,
  type ExportedData,
  type RecommendRequest,
  type RecordReceipt,
} from '../../core/engine/contract.js';
import { settleWithin } from '../../core/engine/settle-within.js';
import { codeOf, type Diagnostic, TillsideError, toDiagnostic } from '../../core/errors.js';
import { WorkerLink } from './worker-link.js';

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
}

type Method = Exclude<keyof Engine, 'start'>;

/** Where the engine runs now. */
interface Backend {
  readonly started: Promise<EngineStatus>;
  call<M extends Method>(method: M, ...args: Parameters<Engine[M]>): ReturnType<Engine[M]>;
}

/**
 * Connects to an engine in a worker. Nothing is created before `start`; after `stop` it is of no more use. Every call settles;
 * one whose worker is lost is made once more on the next.
 *
 * @returns an engine whose calls also reject with `worker-timeout`, `worker-lost`, `worker-unavailable`, `stopped`
 */
export function connectEngine(options: ConnectOptions): Engine {
  return new SupervisedEngine(options);
}

class SupervisedEngine implements Engine {
  readonly #options: ConnectOptions;
  #config: EngineConfig | undefined;
  #backend: Promise<Backend> | undefined;
  /** the backend once it is open */
  #running: Backend | undefined;
  #link: WorkerLink | undefined;
  #losses = 0;
  #isStopped = false;

  constructor(options: ConnectOptions) {
    this.#options = options;
  }

  start(config: EngineConfig): Promise<EngineStatus> {
    this.#config ??= config;
    if (!this.#isStopped) this.#backend ??= this.#open();
    const untilOnPage = RESTART_DELAYS_MS.length + 2;
    return settleWithin(
      this.#attempt((backend) => backend.started, untilOnPage),
      START_TIMEOUT_MS,
      () => late('start', START_TIMEOUT_MS),
    );
  }

  record(events: readonly InteractionEvent[]): Promise<RecordReceipt> {
    return this.#call('record', events);
  }

  recommend(request: RecommendRequest): Promise<Slate> {
    return this.#call('recommend', request);
  }

  forget(): Promise<void> {
    return this.#call('forget');
  }

  exportData(): Promise<ExportedData> {
    return this.#call('exportData');
  }

  status(): Promise<EngineStatus> {
    return this.#call('status');
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#backend = undefined;
    try {
      await settleWithin(this.#running?.call('stop') ?? Promise.resolve(), STOP_TIMEOUT_MS, () => late('stop', STOP_TIMEOUT_MS));
    } catch {
      // It is ended either way, below.
    }
    this.#link?.close(stopped());
  }

  #call<M extends Method>(method: M, ...args: Parameters<Engine[M]>): ReturnType<Engine[M]> {
    const answer = this.#attempt((backend) => backend.call(method, ...args) as Promise<unknown>, 2);
    const settled = settleWithin(answer, CALL_TIMEOUT_MS, () => late(method, CALL_TIMEOUT_MS)).catch((error) => {
      if ((error as Error).name !== 'DataCloneError') throw error;
      const code = method === 'record' ? 'invalid-event' : 'invalid-request';
      throw new TillsideError(code, `${method}() takes plain data: ${(error as Error).message}`, error);
    });
    return settled as ReturnType<Engine[M]>;
  }

  /** Every call may be made again: events are known by their ids, and nothing else adds up. */
  async #attempt<T>(use: (backend: Backend) => Promise<T>, attempts: number): Promise<T> {
    if (!this.#backend) throw stopped();
    try {
      return await use(await this.#backend);
    } catch (error) {
      if (codeOf(error) !== 'worker-lost' || attempts < 2) throw error;
      return this.#attempt(use, attempts - 1);
    }
  }

  /** Opens the best there is: a worker, else the page. @param delayMs before a restart */
  async #open(delayMs = 0): Promise<Backend> {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (this.#losses <= RESTART_DELAYS_MS.length) {
      try {
        this.#running = await this.#openWorker();
        return this.#running;
      } catch (error) {
        this.#report(error);
      }
    }
    if (this.#isStopped) throw stopped();
    this.#running = await this.#openOnPage();
    return this.#running;
  }

  async #openWorker(): Promise<Backend> {
    if (this.#isStopped) throw stopped();
    const openedAt = performance.now();
    let isMet = false;
    const link = new WorkerLink(this.#options.spawnWorker(), {
      onDiagnostic: (diagnostic) => this.#options.onDiagnostic(diagnostic),
      onLost: (error) => {
        if (isMet) this.#restart(error, performance.now() - openedAt);
      },
    });
    this.#link = link;
    const version = await link.call('ping');
    if (version !== CONTRACT_VERSION) {
      const message = `The worker speaks version ${version} of the contract and the page version ${CONTRACT_VERSION}. Serve both from one release.`;
      const error = new TillsideError('version-mismatch', message);
      link.close(error);
      throw error;
    }
    isMet = true;
    return {
      started: handled(link.call('start', this.#config as EngineConfig)),
      call: (method, ...args) => link.call(method, ...args) as never,
    };
  }

  async #openOnPage(): Promise<Backend> {
    try {
      const { createPageEngine } = await this.#options.loadPageEngine();
      const engine = createPageEngine();
      const call: Backend['call'] = (method, ...args) => (engine[method] as (...args: unknown[]) => never)(...args);
      return { started: handled(engine.start(this.#config as EngineConfig)), call };
    } catch (error) {
      throw new TillsideError(
        'worker-unavailable',
        `Neither a worker runs nor does the engine load on the page (${String(error)}).`,
        error,
      );
    }
  }

  #restart(error: TillsideError, livedMs: number): void {
    this.#report(error);
    this.#running = undefined;
    if (this.#isStopped) return;
    this.#losses = livedMs > HEALTHY_MS ? 1 : this.#losses + 1;
    this.#backend = this.#open(RESTART_DELAYS_MS[this.#losses - 1]);
    handled(this.#backend);
  }

  #report(error: unknown): void {
    if (!this.#isStopped) this.#options.onDiagnostic(toDiagnostic(error, 'worker-unavailable'));
  }
}

/** Nobody may wait for it; whoever does still hears of it. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

function late(name: string, timeoutMs: number): TillsideError {
  return new TillsideError('worker-timeout', `${name}() was not answered within ${timeoutMs} ms.`);
}

function stopped(): TillsideError {
  return new TillsideError('stopped', 'The engine is not running. Call start() first.');
}
