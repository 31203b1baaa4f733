import type { ItemFacts } from '../core/domain/item.js';
import type { EngineStatus, RecommendRequest } from '../core/engine/contract.js';
import { VERSION } from '../core/engine/version.js';
import { TillsideError } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';
import { isWhole } from './check-value.js';
import { documentUrl } from './document-url.js';
import { findInstance, registerInstance } from './instance-registry.js';
import { Lifecycle } from './lifecycle.js';
import { type ResolvedOptions, resolveOptions, toAccount, type TillsideOptions } from './options.js';
import { createPageEvents, type PageEvents } from './page-events.js';
import type { Platform } from './platform.js';
import { reportError } from './report-error.js';
import { createReports } from './reports.js';
import type { Tillside, TillsideInstance } from './tillside.js';

export const DEFAULT_SIZE = 4;
export const MAX_SIZE = 50;

/**
 * Creates the page's tillside with the files that an entry knows of, or returns the one the page has.
 *
 * @throws {TillsideError} `invalid-options`
 */
export function createTillsideOn(platform: Platform, options: TillsideOptions): Tillside {
  const resolved = resolveOptions(options, documentUrl());
  return findInstance() ?? compose(platform, resolved);
}

function compose(platform: Platform, options: ResolvedOptions): TillsideInstance {
  const onError = createReports({ ...options, emit: (type, problem) => events.emit(type, problem) });
  const events = createPageEvents(onError);
  let { account } = options;
  const lifecycle = new Lifecycle({
    ...options,
    async loadLoop() {
      const files = platform(options.baseUrl);
      const { startLoop } = await files.load('loop');
      const targets = {
        onReady: (status: EngineStatus) => events.emit('ready', status),
        onChange: () => events.emit('change', undefined),
        onError,
      };
      return (onWithdrawn) => startLoop(files, { ...options, account }, { ...targets, onWithdrawn });
    },
    onConsent: (state) => events.emit('consent', state),
    onError,
  });
  const instance: TillsideInstance = {
    version: VERSION,
    locale: options.locale ?? (document.documentElement.lang || undefined),
    onError,
    get consentState() {
      return lifecycle.consentState;
    },
    images: options.images,
    on: events.on,
    account(id) {
      const next = toAccount(id);
      if (next === account) return;
      account = next;
      lifecycle.restart();
      events.emit('change', undefined);
    },
    ...recordingMethods(lifecycle, onError),
    ...readingMethods(lifecycle, events, onError),
    async receipt() {
      const files = platform(options.baseUrl);
      return (await files.load('receipt')).readReceipt(files, options, lifecycle.running);
    },
    stop() {
      unregister();
      return lifecycle.stop();
    },
  };
  const unregister = registerInstance(instance);
  return instance;
}

/** What a page tells. It is dropped without consent, and what is wrong with it is reported, never thrown. */
function recordingMethods(
  lifecycle: Lifecycle,
  onError: OnError,
): Pick<TillsideInstance, 'consent' | 'track' | 'cart' | 'page' | 'observe'> {
  const toCapture = (method: 'track' | 'setCart' | 'page') => (value: unknown) =>
    lifecycle.run(({ capture }) => capture[method](value as never));
  return {
    consent(answer) {
      if (answer === 'granted' || answer === 'denied') lifecycle.answer(answer);
      else onError('invalid-options', `tillside.consent was given ${String(answer)}. Use "granted" or "denied".`);
    },
    track: toCapture('track'),
    cart: toCapture('setCart'),
    page: toCapture('page'),
    observe: (element, impression) => lifecycle.running?.capture.observe(element, impression) ?? (() => {}),
  };
}

/** What a page asks for: every promise settles, and without consent it is rejected. */
function readingMethods(
  lifecycle: Lifecycle,
  events: PageEvents,
  onError: OnError,
): Pick<TillsideInstance, 'recommend' | 'add' | 'erase' | 'forget' | 'exportData' | 'status'> {
  let strategy = 'model';
  /** what slates said of the items that can be added */
  const suggested = new Map<string, ItemFacts>();
  const erase = async (): Promise<void> => {
    await (await lifecycle.needLoop()).forget();
    events.emit('change', undefined);
  };
  return {
    async recommend(request = {}) {
      const { started, capture, engine, report } = await lifecycle.needLoop();
      const wanted = toRequest(request);
      await started;
      capture.flush();
      const slate = await engine.recommend({ ...capture.seen(), ...wanted });
      // What the engine survived is told at its start, and when slates come from another tier than before.
      if (slate.strategy !== strategy) report(engine.status());
      strategy = slate.strategy;
      for (const { item } of slate.items) suggested.set(item.itemId, item);
      events.emit('slate', slate);
      return slate;
    },
    async add(itemId, options = {}) {
      try {
        events.emit('add', await (await lifecycle.needLoop()).capture.add(itemId, { ...options, item: suggested.get(itemId) }));
      } catch (error) {
        reportError(onError, error);
        throw error;
      }
    },
    erase,
    forget: erase,
    exportData: async () => (await lifecycle.needLoop()).exportData(),
    async status() {
      const engine = await lifecycle.running?.engine.status();
      return { version: VERSION, consent: lifecycle.consentState, ...(engine && { engine }) };
    },
  };
}

function toRequest(request: Partial<RecommendRequest>): RecommendRequest {
  const { size = DEFAULT_SIZE } = request;
  if (isWhole(size, 1, MAX_SIZE)) return { ...request, size };
  throw new TillsideError('invalid-request', `size is ${String(size)}. Ask for 1 to ${MAX_SIZE} items.`);
}
