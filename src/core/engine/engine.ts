// In: events and requests, from a page or a file. Out: durable events and slates. The whole loop; runs in the worker, on the page and in Node.
import { createId } from '../domain/create-id.js';
import type { InteractionEvent } from '../domain/event.js';
import type { Slate } from '../domain/slate.js';
import { type Diagnostic, type ErrorCode, TillsideError, toDiagnostic } from '../errors.js';
import { createSessionState } from '../features/session-state.js';
import { checkIds } from './check-ids.js';
import {
  CONTRACT_VERSION,
  type Engine,
  type EngineConfig,
  type EngineStatus,
  type ExportedData,
  type OffersQuestion,
  type OffersState,
  type RecommendRequest,
  type RecordReceipt,
} from './contract.js';
import { describeState } from './describe-state.js';
import { describeStatus } from './describe-status.js';
import { type EngineEnvironment, utcOffsetMs } from './engine-environment.js';
import { type KeptSession, openKeptSession } from './kept-session.js';
import { resolveIds } from './resolve-ids.js';
import { sensitiveIn, withoutSensitive } from './sensitive-items.js';
import { settleWithin } from './settle-within.js';
import type { MadeSlate } from './slate-maker.js';
import { loadSlateSource, type SlateSource } from './slate-source.js';
import type { Store } from './store.js';
import { withBoughtItems } from './with-bought-items.js';

/** How long the rest of a bundle waits for the first slate, whose frame decoding it would take: longer, and nobody asks for one. */
const FIRST_SLATE_MS = 100;
/** How long a slate waits for what another tab wrote: longer, and it is made without. */
const CATCH_UP_MS = 100;

/** Everything an engine holds between `start` and `stop`. */
interface Running {
  readonly config: EngineConfig;
  readonly store: Store;
  readonly session: KeptSession;
  /** absent until the bundle is in, and where there is none */
  source?: SlateSource;
}

/** Creates an engine that is not started. */
export function createEngine(environment: EngineEnvironment): Engine {
  return new EngineLoop(environment);
}

class EngineLoop implements Engine {
  readonly #environment: EngineEnvironment;
  readonly #diagnostics = new Map<ErrorCode, Diagnostic>();
  #opening: Promise<Running> | undefined;
  /** settles when there is something to make slates from, or nothing will come */
  #first: Promise<unknown> | undefined;
  #loading: Promise<void> | undefined;
  #isLoading = false;
  #onSlate = (): void => {};
  /** the cart's sensitive lines, in memory only */
  #hidden = createSessionState();

  constructor(environment: EngineEnvironment) {
    this.#environment = environment;
  }

  async start(config: EngineConfig): Promise<EngineStatus> {
    if (config.contractVersion !== CONTRACT_VERSION) {
      const versions = `The page speaks contract ${config.contractVersion}, the engine ${CONTRACT_VERSION}.`;
      throw new TillsideError('version-mismatch', `${versions} Serve both from one release.`);
    }
    this.#opening ??= this.#open(config);
    const running = await this.#opening;
    await this.#first;
    return this.#describe(running);
  }

  async complete(): Promise<EngineStatus> {
    const running = await this.#opened();
    await this.#loading;
    return this.#describe(running);
  }

  async record(events: readonly InteractionEvent[]): Promise<RecordReceipt> {
    const running = await this.#opened();
    const { session, config } = running;
    const { sensitive = [] } = config;
    // Only the bundle can tell what may be kept.
    const hidden = this.#hidden;
    if (sensitive[0]) await this.#loading;
    const ids = new Set(events.map((event) => event.eventId));
    const receipt = (): RecordReceipt => ({ eventIds: [...ids], ...this.#describe(running) });
    if (hidden !== this.#hidden) return receipt(); // all was erased meanwhile: what came before it is void
    const isSensitive = sensitiveIn(running.source, sensitive);
    const whole: InteractionEvent[] = [];
    for (const event of events) {
      // One after the other: an order may close a cart that was filled in the same batch.
      const entire = withBoughtItems(event, () => session.state());
      const kept = sensitive[0] ? withoutSensitive(entire, isSensitive, this.#hidden) : entire;
      if (!kept) continue;
      session.await(kept);
      whole.push(kept);
    }
    try {
      await session.append(whole);
    } finally {
      session.settle(ids);
    }
    return receipt();
  }

  async recommend(request: RecommendRequest): Promise<Slate> {
    const running = await this.#opened();
    await this.#first;
    const startedAt = performance.now();
    const catching = running.session.caughtUp();
    // Too slow is no fault: the next slate has it.
    if (catching) await settleWithin(catching, CATCH_UP_MS, () => new Error('late')).catch(() => undefined);
    const made = this.#slateOf(running, request);
    this.#onSlate();
    return { ...made, slateId: createId(), latencyMs: performance.now() - startedAt };
  }

  async resolve(groups: readonly (readonly string[])[]): Promise<readonly (string | null)[]> {
    const running = await this.#opened();
    await this.#first;
    return resolveIds(groups, running.source?.index);
  }

  async lookAtOffers(question: OffersQuestion): Promise<OffersState | undefined> {
    const running = await this.#opened();
    if (!running.source?.bundle.isFirstStage) await this.#loading;
    // The whole has offers of its own: they are asked for when it is in.
    else if (this.#isLoading) return undefined;
    return running.source?.lookAtOffers(question);
  }

  async forget(): Promise<void> {
    const { session } = await this.#opened();
    this.#hidden = createSessionState();
    await session.forget();
  }

  async exportData(): Promise<ExportedData> {
    const { store, source, session } = await this.#opened();
    await session.flush();
    const data = await store.exportData();
    const named = [...data.events, ...data.purchases].map(({ itemId = '' }) => [itemId, source?.factsOf(itemId)?.title]);
    const titles = Object.fromEntries(named.filter(([, title]) => title));
    return { ...data, titles, session: describeState(session.state()) };
  }

  async status(): Promise<EngineStatus> {
    return this.#describe(await this.#opened());
  }

  async stop(): Promise<void> {
    if (!this.#opening) return;
    const running = await this.#opening;
    await running.session.close();
    this.#opening = undefined;
    this.#first = this.#loading = undefined;
    running.source?.dispose();
    await running.store.close();
  }

  async #opened(): Promise<Running> {
    if (!this.#opening) throw new TillsideError('stopped', 'The engine is not running. Call start() first.');
    return this.#opening;
  }

  async #open(config: EngineConfig): Promise<Running> {
    const store = await this.#environment.store(config);
    const opening = this.#restore(config, store);
    // The bundle comes while the session is read.
    this.#first = new Promise((resolve) => {
      this.#loading = this.#load(config, store, async (source) => {
        const running = await opening;
        running.source?.dispose();
        running.source = source;
        running.session.adoptIndex(source.index, source.runtime?.encoders.createWindowCounters);
        resolve(source);
      }).then(resolve);
    });
    return opening;
  }

  async #restore(config: EngineConfig, store: Store): Promise<Running> {
    const { now } = this.#environment;
    const report = this.#report;
    const onForgotten = (): void => {
      this.#hidden = createSessionState();
    };
    return { config, store, session: await openKeptSession({ store, retention: config.retention, now, report, onForgotten }) };
  }

  async #load(config: EngineConfig, cache: Store, adopt: (source: SlateSource) => Promise<void>): Promise<void> {
    const report = this.#report;
    const firstSlate = new Promise<void>((resolve) => {
      this.#onSlate = resolve;
    });
    const onFirstStage = async (source: SlateSource): Promise<void> => {
      await adopt(source);
      await settleWithin(firstSlate, FIRST_SLATE_MS, () => new Error('none')).catch(() => undefined);
      await new Promise<void>((sent) => setTimeout(sent, 0)); // the slate's answer is then on its way
    };
    const { isSparing } = this.#environment;
    this.#isLoading = true;
    // What is sensitive only the whole says, and until then no event is taken: a slate before would know of none.
    const isStaged = isSparing && (!config.sensitive?.[0] || isSparing());
    const loading = { ...this.#environment, config, cache, report, onFirstStage: isStaged ? onFirstStage : undefined };
    try {
      await adopt(await loadSlateSource(loading));
    } catch (error) {
      report(error, 'bundle-unreachable');
    }
    this.#isLoading = false;
  }

  #slateOf({ source, config, session }: Running, request: RecommendRequest): MadeSlate {
    if (!source) return { strategy: 'none', items: [], seq: session.committed.seq };
    const { where, now } = this.#environment;
    const at = now();
    const view = session.view(at, utcOffsetMs(where, at));
    const mismatch = checkIds(request.pageItemIds ?? [], view.index);
    if (mismatch) this.#report(mismatch, mismatch.code);
    const { sensitive } = config;
    return source.makeSlate(view, { ...request, rules: { ...request.rules, sensitive, hidden: this.#hidden.cart } });
  }

  #describe(running: Running): EngineStatus {
    const { where } = this.#environment;
    const cart = [...running.session.state().cart.values(), ...this.#hidden.cart.values()];
    return describeStatus(running, { where, cart, known: this.#diagnostics });
  }

  readonly #report = (error: unknown, fallback: ErrorCode): void => {
    const diagnostic = toDiagnostic(error, fallback);
    if (!this.#diagnostics.has(diagnostic.code)) this.#diagnostics.set(diagnostic.code, diagnostic);
  };
}
