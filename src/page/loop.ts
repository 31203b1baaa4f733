// In: what happens on the page. Out: slates. The loop capture → engine → slate runs only while consent is granted. Page thread.
import { createId } from '../core/domain/create-id.js';
import { CONTRACT_VERSION, type Engine, type EngineConfig, type EngineStatus } from '../core/engine/contract.js';
import { type AddGuard, createShopSource } from './adapters/shop-source.js';
import type { OnError } from './capture/capture-context.js';
import { createAnswers } from './answers.js';
import { type Capture, startCapture } from './capture/start-capture.js';
import { openScope, type Scope } from './capture/open-scope.js';
import { type ConnectedEngine, connectEngine } from './connect/connect-engine.js';
import { spawnWorkerAt } from './connect/spawn-worker.js';
import { watchOtherTabs } from './connect/watch-tabs.js';
import type { ResolvedOptions } from './options.js';
import type { HeldLoop, Loop, LoopTargets } from './running-loop.js';
import type { Files } from './platform.js';
import { reportError } from './report-error.js';
import type { TillsideInstance } from './tillside.js';

/** Starts capture, which is held until the loop begins: with consent at once, before it where the shop wants that. */
export function holdLoop(files: Files, options: ResolvedOptions, targets: LoopTargets): HeldLoop {
  const tabId = createId();
  const engine = openEngine(files, options, targets);
  let consent: (() => void) | undefined;
  const consented = new Promise<void>((resolve) => {
    consent = resolve;
  });
  const load: Files['load'] = (name) => consented.then(() => files.load(name));
  const guard: AddGuard = {};
  const capture = captureInto(engine, load, { ...targets, options, tabId, guard });
  return {
    capture,
    drop: capture.stop,
    begin() {
      capture.open();
      consent?.();
      const config = toEngineConfig(options, files, tabId);
      const report = createStatusReport(targets.onError);
      return {
        ...startLoop(engine, capture, { ...targets, config, guard, load: files.load, started: engine.start(config), report }),
        createAnswers,
        openAnalytics: (instance) => openAnalytics(files.load, instance, options.analytics),
      };
    },
  };
}

interface StartTargets extends LoopTargets {
  readonly config: EngineConfig;
  readonly guard: AddGuard;
  readonly load: Files['load'];
  readonly started: Loop['started'];
  readonly report: ReturnType<typeof createStatusReport>;
}

/** Runs the loop around an engine that starts. */
function startLoop(
  engine: ConnectedEngine,
  capture: Capture,
  targets: StartTargets,
): Omit<Loop, 'createAnswers' | 'openAnalytics'> {
  const { tell, onChange, onWithdrawn, onError, config, guard, load, started, report } = targets;
  report(started, (status) => {
    capture.seedCart(status.cart);
    tell('ready', status);
  });
  const scope = openScope(targets);
  if (config.offers)
    load('offers').then(
      ({ followOffers }) =>
        scope.onStop(Object.assign(guard, followOffers({ ...targets, engine, started: started.then(engine.complete) })).stop),
      (error) => reportError(onError, error),
    );
  followPage(scope, engine);
  const onOtherTab: Parameters<typeof watchOtherTabs>[1] = (kind) => {
    if (kind === 'withdrawn') return onWithdrawn();
    if (kind === 'forgotten') capture.forget();
    onChange();
  };
  scope.onStop(watchOtherTabs(config.tabId, onOtherTab));
  const end = (): void => {
    scope.stop();
    capture.stop();
  };
  return {
    capture,
    engine,
    started,
    report,
    forget() {
      capture.forget();
      return engine.forget();
    },
    async exportData() {
      const data = await engine.exportData();
      return { ...data, meta: { ...data.meta, unsent: capture.exportTail(), retention: config.retention } };
    },
    stop() {
      end();
      return engine.stop();
    },
    erase() {
      end();
      capture.forget(); // after the end, which may write the tail
      return engine.forget().finally(() => engine.stop());
    },
  };
}

/** A worker that is frozen with its page, in the back/forward cache, may hold a transaction that the next page's store waits for. */
function followPage(scope: Scope, engine: ConnectedEngine): void {
  scope.listen(window, 'pagehide', (event) => (event as PageTransitionEvent).persisted && engine.suspend());
  scope.listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && engine.resume());
}

function openAnalytics(
  load: Files['load'],
  instance: TillsideInstance,
  analytics: ResolvedOptions['analytics'],
): ReturnType<Loop['openAnalytics']> {
  return (
    analytics &&
    load('analytics').then(
      ({ startAnalytics }) => startAnalytics(instance, analytics),
      (error) => {
        reportError(instance.onError, error);
        return () => {};
      },
    )
  );
}

/** Creates the report of what an engine survived, as its status says. */
function createStatusReport(onError: OnError) {
  return (answer: Promise<EngineStatus>, onStatus?: (status: EngineStatus) => void): void => {
    answer.then(
      (status) => {
        onStatus?.(status);
        reportSurvived(status, onError);
      },
      (error) => reportError(onError, error, 'worker-failed'),
    );
  };
}

function reportSurvived({ diagnostics }: EngineStatus, onError: OnError): void {
  for (const { code, message } of diagnostics) onError(code, message);
}

function openEngine(files: Files, { workerUrl }: ResolvedOptions, { tell, onError }: LoopTargets): ConnectedEngine {
  return connectEngine({
    spawnWorker: () => (workerUrl ? spawnWorkerAt(new URL(workerUrl)) : files.spawnWorker(spawnWorkerAt)),
    loadPageEngine: () => files.load('page-engine'),
    loadWords: () => files.load('messages'),
    onDiagnostic: ({ code, message }) => onError(code, message),
    onWhole(status) {
      reportSurvived(status, onError);
      if (!status.bundle?.isFirstStage) tell('refine', undefined);
    },
  });
}

interface CaptureTargets {
  readonly options: ResolvedOptions;
  readonly tabId: string;
  readonly guard: AddGuard;
  readonly tell: LoopTargets['tell'];
  readonly onChange: () => void;
  readonly onError: OnError;
}

/** @param load waits for consent */
function captureInto(
  engine: Engine,
  load: Files['load'],
  { options, tabId, guard, tell, onChange, onError }: CaptureTargets,
): Capture {
  const context = { window, now: () => performance.now(), wallClock: () => Date.now(), onError };
  const { account, cart, sensitive } = options;
  return startCapture(context, {
    tabId,
    account,
    leavesTail: !sensitive.length,
    isHeld: true,
    onChange,
    onFacts: () => tell('refine', undefined),
    record: engine.record,
    source: (page) => createShopSource(page, { cart, resolve: engine.resolve, loadSources: () => load('sources'), guard }),
    ...(cart.length > 0 && { loadJsonLd: () => load('json-ld') }),
  });
}

function toEngineConfig(options: ResolvedOptions, { runtimeUrl, tfjsUrl, offersUrl }: Files, tabId: string): EngineConfig {
  const { manifestUrl, runtime, storage, retention, rules, reasons, sensitive, account, publicKeys, wasm } = options;
  const engine = { manifestUrl, runtime, storage, retention, rules, reasons, sensitive, account, publicKeys };
  const wasmBaseUrl = wasm === true ? new URL('wasm/', tfjsUrl).href : wasm;
  const offers = options.offersUrl ? { url: options.offersUrl, moduleUrl: offersUrl, market: options.market } : undefined;
  return {
    ...engine,
    contractVersion: CONTRACT_VERSION,
    runtimeUrl,
    tfjsUrl,
    tabId,
    offers,
    ...(wasmBaseUrl && { wasmBaseUrl }),
  };
}
