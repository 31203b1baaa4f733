// In: what happens on the page. Out: slates. The loop capture → engine → slate exists only while consent is granted. Page thread.
import { createId } from '../core/domain/create-id.js';
import type { Slate } from '../core/domain/slate.js';
import {
  CONTRACT_VERSION,
  type Engine,
  type EngineConfig,
  type EngineStatus,
  type ExportedData,
  type RecommendRequest,
} from '../core/engine/contract.js';
import { createMarkupSource } from './adapters/markup.js';
import type { OnError } from './capture/capture-context.js';
import { type Capture, startCapture } from './capture/start-capture.js';
import { connectEngine } from './connect/connect-engine.js';
import { watchOtherTabs } from './connect/watch-tabs.js';
import type { ResolvedOptions } from './options.js';
import type { PageEvents } from './page-events.js';
import { type Files, type Platform, spawnWorkerAt } from './platform.js';
import { reportError } from './report-error.js';

export interface LoopTargets {
  /** told when the engine is ready, and when a slate made earlier may be old */
  readonly events: PageEvents;
  readonly onError: OnError;
  /** called when the shopper withdrew consent in another tab */
  readonly onWithdrawn: () => void;
}

/** The engine and capture, running from its creation on; create it only with consent. */
export class Loop {
  readonly capture: Capture;
  readonly #engine: Engine;
  readonly #started: Promise<EngineStatus>;
  readonly #unwatchTabs: () => void;
  readonly #targets: LoopTargets;
  #strategy: Slate['strategy'] = 'model';

  constructor(platform: Platform, options: ResolvedOptions, targets: LoopTargets) {
    const { events, onError, onWithdrawn } = targets;
    const files = platform(options.baseUrl);
    const tabId = createId();
    const onChange = (): void => events.emit('change', undefined);
    this.#targets = targets;
    this.#engine = openEngine(files, options, onError);
    this.capture = captureInto(this.#engine, files, { ...targets, options, tabId, onChange });
    this.#started = this.#engine.start(toEngineConfig(options, files.tfjsUrl, tabId));
    this.#report(this.#started, (status) => {
      this.capture.seedCart(status.cart);
      events.emit('ready', status);
    });
    this.#unwatchTabs = watchOtherTabs(tabId, (kind) => {
      if (kind === 'withdrawn') return onWithdrawn();
      if (kind === 'forgotten') this.capture.forget();
      onChange();
    });
  }

  status(): Promise<EngineStatus> {
    return this.#engine.status();
  }

  async recommend(request: RecommendRequest): Promise<Slate> {
    await this.#started;
    this.capture.flush();
    const slate = await this.#engine.recommend({ ...this.capture.seen(), ...request });
    // What the engine survived is told at its start, and when slates come from another tier than before.
    if (slate.strategy !== this.#strategy) this.#report(this.status());
    this.#strategy = slate.strategy;
    return slate;
  }

  async forget(): Promise<void> {
    this.capture.forget();
    await this.#engine.forget();
    this.#targets.events.emit('change', undefined);
  }

  async exportData(): Promise<ExportedData> {
    const data = await this.#engine.exportData();
    return { ...data, meta: { ...data.meta, unsent: this.capture.exportTail() } };
  }

  /** Ends; what capture still holds goes to the engine, or to the tail. */
  async stop(): Promise<void> {
    this.#end();
    await this.#engine.stop();
  }

  /** Ends and erases everything on the device. */
  async erase(): Promise<void> {
    this.#end();
    this.capture.forget(); // after the end, which may write the tail
    await this.#engine.forget().finally(() => this.#engine.stop());
  }

  #end(): void {
    this.#unwatchTabs();
    this.capture.stop();
  }

  #report(answer: Promise<EngineStatus>, onStatus?: (status: EngineStatus) => void): void {
    const { onError } = this.#targets;
    answer.then(
      (status) => {
        onStatus?.(status);
        for (const { code, message } of status.diagnostics) onError(code, message);
      },
      (error) => reportError(onError, error, 'worker-failed'),
    );
  }
}

function openEngine(files: Files, { workerUrl }: ResolvedOptions, onError: OnError): Engine {
  return connectEngine({
    ...files,
    ...(workerUrl && { spawnWorker: () => spawnWorkerAt(new URL(workerUrl)) }),
    onDiagnostic: ({ code, message }) => onError(code, message),
  });
}

interface CaptureTargets {
  readonly options: ResolvedOptions;
  readonly tabId: string;
  readonly onChange: () => void;
  readonly onError: OnError;
}

function captureInto(engine: Engine, { loadJsonLd }: Files, { options, tabId, onChange, onError }: CaptureTargets): Capture {
  const context = { window, now: () => performance.now(), wallClock: () => Date.now(), onError };
  const isManual = options.cart === 'manual';
  return startCapture(context, {
    tabId,
    onChange,
    record: (events) => engine.record(events),
    // Without the markup a quick add still asks the shop: only the reading is left out.
    source: (page) => ({ ...createMarkupSource(page), ...(isManual && { start: () => () => {} }) }),
    ...(!isManual && { loadJsonLd }),
  });
}

function toEngineConfig(options: ResolvedOptions, tfjsUrl: string, tabId: string): EngineConfig {
  const { consent, cart, workerUrl, baseUrl, locale, onError, onDiagnostic, wasm, ...config } = options;
  const wasmBaseUrl = wasm === true ? new URL('wasm/', tfjsUrl).href : wasm;
  return { ...config, contractVersion: CONTRACT_VERSION, tfjsUrl, tabId, ...(wasmBaseUrl && { wasmBaseUrl }) };
}
