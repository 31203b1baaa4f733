// In: what happens on the page. Out: slates. The loop capture → engine → slate exists only while consent is granted. Page thread.
import type { Slate } from '../core/domain/slate.js';
import {
  CONTRACT_VERSION,
  type Engine,
  type EngineConfig,
  type EngineStatus,
  type ExportedData,
  type RecommendRequest,
} from '../core/engine/contract.js';
import { toDiagnostic } from '../core/errors.js';
import { createManualSource, type ManualSource } from './adapters/manual.js';
import { createMarkupSource } from './adapters/markup.js';
import type { OnError } from './capture/capture-context.js';
import { createEventId } from './capture/create-event-id.js';
import { type Capture, startCapture } from './capture/start-capture.js';
import { watchOtherTabs } from './connect/watch-tabs.js';
import type { ResolvedOptions } from './options.js';

export interface Loop {
  readonly engine: Engine;
  readonly capture: Capture;
  readonly setCart: ManualSource['cart'];
  recommend(request: RecommendRequest): Promise<Slate>;
  forget(): Promise<void>;
  exportData(): Promise<ExportedData>;
  /** Ends; what capture still holds goes to the engine, or to the tail. */
  stop(): Promise<void>;
  /** Ends and erases everything on the device. */
  erase(): Promise<void>;
}

export interface LoopOptions {
  readonly options: ResolvedOptions;
  readonly engine: Engine;
  /** absolute URL of tfjs.js */
  readonly tfjsUrl: string;
  readonly onError: OnError;
  /** called when a slate made earlier may be old */
  readonly onChange: () => void;
  readonly onReady: (status: EngineStatus) => void;
}

/** Starts the engine and capture; call it only with consent. */
export function startLoop(loopOptions: LoopOptions): Loop {
  const { options, engine, tfjsUrl, onChange, onReady } = loopOptions;
  const tabId = createEventId();
  const manual = createManualSource();
  const capture = captureInto(loopOptions, manual, tabId);
  const reports = createStatusReports(loopOptions);
  const started = engine.start(toEngineConfig(options, tfjsUrl, tabId));
  started.then((status) => {
    capture.seedCart(status.cart);
    reports.onStatus(status);
    onReady(status);
  }, reports.onFailure);
  const unwatchTabs = watchOtherTabs(tabId, (kind) => {
    if (kind === 'forgotten') capture.buffer.forget();
    onChange();
  });
  const end = (): void => {
    unwatchTabs();
    capture.stop();
  };
  return {
    engine,
    capture,
    setCart: manual.cart,
    async recommend(request) {
      await started;
      const seenOnPage = { pageItemIds: capture.pageItemIds(), facts: capture.facts() };
      const slate = await engine.recommend({ ...seenOnPage, ...request });
      reports.onSlate(slate);
      return slate;
    },
    async forget() {
      capture.buffer.forget();
      await engine.forget();
      onChange();
    },
    async exportData() {
      const data = await engine.exportData();
      return { ...data, meta: { ...data.meta, unsent: capture.buffer.exportTail() } };
    },
    async stop() {
      end();
      await engine.stop();
    },
    async erase() {
      end();
      capture.buffer.forget(); // after the end, which may write the tail
      await engine.forget().finally(() => engine.stop());
    },
  };
}

function captureInto({ options, engine, onError, onChange }: LoopOptions, manual: ManualSource, tabId: string): Capture {
  let lastCart = '';
  return startCapture({
    tabId,
    onError,
    now: () => performance.now(),
    wallClock: () => Date.now(),
    record: (events) => engine.record(events),
    sources: (context) => {
      const markup = createMarkupSource(context);
      // Without the markup a quick add still asks the shop: only the reading is left out.
      return [manual, options.cart === 'auto' ? markup : { ...markup, start: () => () => {} }];
    },
    onCartEvent: onChange,
    // Another tab's changes come with the receipt, and ours may have waited for their turn.
    onReceipt: ({ cart }) => {
      const nextCart = JSON.stringify(cart);
      if (nextCart !== lastCart) onChange();
      lastCart = nextCart;
    },
  });
}

/** Hands on what the engine survived: at its start, and whenever slates come from another tier than before. */
function createStatusReports({ engine, onError }: LoopOptions): {
  onStatus(status: EngineStatus): void;
  onSlate(slate: Slate): void;
  onFailure(error: unknown): void;
} {
  let strategy: Slate['strategy'] = 'model';
  const onStatus = (status: EngineStatus): void => {
    for (const { code, message } of status.diagnostics) onError(code, message);
  };
  const onFailure = (error: unknown): void => {
    const { code, message } = toDiagnostic(error, 'worker-failed');
    onError(code, message);
  };
  return {
    onStatus,
    onFailure,
    onSlate(slate) {
      if (slate.strategy !== strategy) engine.status().then(onStatus, onFailure);
      strategy = slate.strategy;
    },
  };
}

function toEngineConfig(options: ResolvedOptions, tfjsUrl: string, tabId: string): EngineConfig {
  const { manifestUrl, runtime, storage, retention, rules, reasons, publicKeys, wasm } = options;
  const wasmBaseUrl = wasm === true ? new URL('.', tfjsUrl).href : wasm;
  return {
    contractVersion: CONTRACT_VERSION,
    manifestUrl,
    tfjsUrl,
    ...(wasmBaseUrl && { wasmBaseUrl }),
    runtime,
    storage,
    retention,
    rules,
    reasons,
    publicKeys,
    tabId,
  };
}
