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
import type { CaptureContext } from './capture/capture-context.js';
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
  readonly context: CaptureContext;
  readonly engine: Engine;
  /** absolute URL of tfjs.js */
  readonly tfjsUrl: string;
  /** called when a slate made earlier may be old */
  readonly onChange: () => void;
  readonly onReady: (status: EngineStatus) => void;
}

/** Starts the engine and capture; call it only with consent. */
export function startLoop({ options, context, engine, tfjsUrl, onChange, onReady }: LoopOptions): Loop {
  const tabId = createEventId();
  const manual = createManualSource();
  const capture = startCapture({
    ...context,
    root: context.document,
    tabId,
    record: (events) => engine.record(events),
    sources: (shared) => {
      const markup = createMarkupSource(shared);
      // Without the markup a quick add still asks the shop: only the reading is left out.
      return [manual, options.cart === 'auto' ? markup : { ...markup, start: () => () => {} }];
    },
    onCartEvent: onChange,
  });
  const report = (error: unknown): void => {
    const { code, message } = toDiagnostic(error, 'worker-failed');
    context.onError(code, message);
  };
  const reportStatus = (status: EngineStatus): void => {
    for (const { code, message } of status.diagnostics) context.onError(code, message);
  };
  const started = engine.start(toEngineConfig(options, tfjsUrl, tabId));
  started.then((status) => {
    capture.seedCart(status.cart);
    reportStatus(status);
    onReady(status);
  }, report);
  const unwatchTabs = watchOtherTabs(tabId, (kind) => {
    if (kind === 'forgotten') capture.buffer.forget();
    onChange();
  });
  let strategy: Slate['strategy'] = 'model';
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
      const slate = await engine.recommend({
        ...request,
        pageItemIds: request.pageItemIds ?? capture.pageItemIds(),
        facts: request.facts ?? capture.facts(),
      });
      // A fall to a lower tier has a reason, which the engine's status tells.
      if (slate.strategy !== strategy) engine.status().then(reportStatus, report);
      strategy = slate.strategy;
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
      capture.buffer.forget(); // after the end, which writes the tail
      try {
        await engine.forget();
      } finally {
        await engine.stop();
      }
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
