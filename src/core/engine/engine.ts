// In: events and requests, from a page or a file. Out: durable events and slates. The whole loop; runs in the worker, on the page and in Node.
import type { InteractionEvent } from '../domain/event.js';
import { type Diagnostic, type ErrorCode, TillsideError, toDiagnostic } from '../errors.js';
import { createSessionState, type SessionState } from '../features/session-state.js';
import type { FetchFile } from '../model/fetch-file.js';
import type { RuntimeModule } from '../model/runtime.js';
import { checkIds } from './check-ids.js';
import { CONTRACT_VERSION, type Engine, type EngineConfig, type EngineStatus, type RecommendRequest } from './contract.js';
import { describeState } from './describe-state.js';
import { createLiveSession } from './live-session.js';
import type { MadeSlate } from './slate-maker.js';
import { loadSlateSource, type SlateSource } from './slate-source.js';
import type { Snapshot, Store } from './store.js';
import { VERSION } from './version.js';

/** What a place must bring for the engine to run there. */
export interface EngineEnvironment {
  readonly where: EngineStatus['where'];
  store(config: EngineConfig): Promise<Store>;
  /** epoch ms */
  now(): number;
  readonly fetchFile: FetchFile;
  /** absent where no model runtime may load */
  importRuntime?(url: string): Promise<RuntimeModule>;
}

/** Raised when `SessionState` changes its shape: an older snapshot is then refolded from the events. */
const SNAPSHOT_FORMAT = 1;
/** A burst of events is one snapshot. */
const SNAPSHOT_DELAY_MS = 1_000;

/** Everything an engine holds between `start` and `stop`. */
interface Running {
  readonly config: EngineConfig;
  readonly store: Store;
  readonly stopWatching: () => void;
  /** absent until the bundle is in, and where there is none */
  source?: SlateSource;
}

/** Creates an engine that is not started. */
export function createEngine(environment: EngineEnvironment): Engine {
  const session = createLiveSession();
  const diagnostics = new Map<ErrorCode, Diagnostic>();
  let opening: Promise<Running> | undefined;
  let loading: Promise<void> | undefined;
  let writing: Promise<unknown> = Promise.resolve();
  let snapshotTimer: unknown;

  const report = (error: unknown, fallback: ErrorCode): void => {
    const diagnostic = toDiagnostic(error, fallback);
    if (!diagnostics.has(diagnostic.code)) diagnostics.set(diagnostic.code, diagnostic);
  };

  /** Runs one store operation after the other: the log is folded in its own order. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = writing.then(work, work);
    writing = turn.catch(() => undefined); // the caller of `turn` hears of it
    return turn;
  };

  const opened = (): Promise<Running> => {
    if (!opening) throw new TillsideError('stopped', 'The engine is not running. Call start() first.');
    return opening;
  };

  const open = async (config: EngineConfig): Promise<Running> => {
    const store = await environment.store(config);
    await store.expire(config.retention, environment.now()).catch((error) => report(error, 'store-lost'));
    await restore(store);
    const stopWatching = store.watch((change) => {
      if (change.kind === 'forgotten') session.replace(createSessionState());
      else void inTurn(() => catchUp(store)).catch((error) => report(error, 'store-lost'));
    });
    return { config, store, stopWatching };
  };

  const restore = async (store: Store): Promise<void> => {
    try {
      const snapshot = await store.readSnapshot();
      if (isUsable(snapshot)) session.replace(snapshot.state);
      await catchUp(store);
      session.addPurchases(await store.readPurchases());
    } catch (error) {
      report(error, 'store-lost');
    }
  };

  const catchUp = async (store: Store): Promise<void> => {
    session.commit(await store.readSince(session.committed.seq));
  };

  const load = async (running: Running): Promise<void> => {
    const { config, store } = running;
    const { fetchFile, importRuntime } = environment;
    try {
      running.source = await loadSlateSource({ config, cache: store, fetchFile, importRuntime, now: environment.now(), report });
      session.adoptIndex(running.source.index);
    } catch (error) {
      report(error, 'bundle-unreachable');
    }
  };

  const writeSnapshot = async (): Promise<void> => {
    const { store } = await opened();
    // Own purchases have a store and a retention of their own.
    const state: SessionState = { ...session.committed, history: new Map() };
    await store.writeSnapshot({ seq: state.seq, formatVersion: SNAPSHOT_FORMAT, savedAt: environment.now(), state });
  };

  const scheduleSnapshot = (): void => {
    snapshotTimer ??= setTimeout(() => {
      snapshotTimer = undefined;
      if (opening) void inTurn(writeSnapshot).catch((error) => report(error, 'store-lost'));
    }, SNAPSHOT_DELAY_MS);
  };

  const describe = ({ store, source }: Running): EngineStatus => ({
    contractVersion: CONTRACT_VERSION,
    version: VERSION,
    where: environment.where,
    store: store.kind,
    strategy: source?.runtime ? 'model' : source ? 'neighbours' : 'none',
    ...(source?.runtime && { runtime: source.runtime.name }),
    ...(source && { bundle: source.bundle }),
    cart: [...session.state().cart.values()],
    seq: session.committed.seq,
    diagnostics: [...diagnostics.values(), ...store.diagnostics.filter(({ code }) => !diagnostics.has(code))],
  });

  return {
    async start(config) {
      if (config.contractVersion !== CONTRACT_VERSION) {
        const message = `The page speaks version ${config.contractVersion} of the engine's contract and this engine version ${CONTRACT_VERSION}. Serve both from one release.`;
        throw new TillsideError('version-mismatch', message);
      }
      opening ??= open(config);
      const running = await opening;
      loading ??= load(running);
      await loading;
      return describe(running);
    },
    async record(events) {
      const { store } = await opened();
      const whole = events.map((event) => withBoughtItems(event, session.state()));
      session.await(whole);
      const ids = new Set(events.map((event) => event.eventId));
      try {
        await inTurn(async () => session.commit(await store.append(whole, session.committed.seq)));
      } finally {
        session.settle(ids);
      }
      scheduleSnapshot();
      return { eventIds: [...ids], seq: session.committed.seq, cart: [...session.state().cart.values()] };
    },
    async recommend(request) {
      const running = await opened();
      await loading;
      const startedAt = performance.now();
      const made = slateOf(running, request);
      return { ...made, slateId: createId(), latencyMs: performance.now() - startedAt };
    },
    async forget() {
      const { store } = await opened();
      await inTurn(() => store.clear());
      session.replace(createSessionState());
    },
    async exportData() {
      const { store } = await opened();
      return { ...(await store.exportData()), session: describeState(session.state()) };
    },
    async status() {
      return describe(await opened());
    },
    async stop() {
      if (!opening) return;
      const running = await opened();
      clearTimeout(snapshotTimer);
      await inTurn(writeSnapshot).catch((error) => report(error, 'store-lost'));
      opening = undefined;
      loading = undefined;
      running.stopWatching();
      running.source?.dispose();
      await running.store.close();
    },
  };

  function slateOf({ source }: Running, request: RecommendRequest): MadeSlate {
    if (!source) return { strategy: 'none', items: [], seq: session.committed.seq };
    const now = environment.now();
    const view = session.view(now, utcOffsetMs(environment.where, now));
    const mismatch = checkIds(request.pageItemIds ?? [], view.index);
    if (mismatch) report(mismatch, mismatch.code);
    return source.makeSlate(view, request);
  }
}

function isUsable(snapshot: Snapshot | undefined): snapshot is Snapshot & { readonly state: SessionState } {
  const state = snapshot?.state as Partial<SessionState> | undefined;
  return (
    snapshot?.formatVersion === SNAPSHOT_FORMAT &&
    state?.cart instanceof Map &&
    state.activity instanceof Map &&
    Array.isArray(state.steps)
  );
}

/** A purchase that names nothing bought the cart as it is: said in the event, so that the log alone can tell. */
function withBoughtItems(event: InteractionEvent, state: SessionState): InteractionEvent {
  if (event.type !== 'purchase' || event.itemId || event.items) return event;
  return { ...event, items: [...state.cart.values()] };
}

/** The shopper's hours are local ones; logs are read as they are written. */
function utcOffsetMs(where: EngineStatus['where'], now: number): number {
  return where === 'node' ? 0 : -new Date(now).getTimezoneOffset() * 60_000;
}

function createId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
