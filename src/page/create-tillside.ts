import type { ItemFacts } from '../core/domain/item.js';
import type { RecommendRequest } from '../core/engine/contract.js';
import { VERSION } from '../core/engine/version.js';
import { TillsideError } from '../core/errors.js';
import type { CartAction } from './adapters/platform-source.js';
import type { OnError } from './capture/capture-context.js';
import { isWhole } from './check-value.js';
import { documentUrl } from './document-url.js';
import { findInstance, registerInstance } from './instance-registry.js';
import { Lifecycle } from './lifecycle.js';
import { type ResolvedOptions, resolveOptions, toAccount, type TillsideOptions } from './options.js';
import { createPageEvents, type PageEvents } from './page-events.js';
import type { Files, Platform } from './platform.js';
import { reportError } from './report-error.js';
import { createReports } from './reports.js';
import type { LoopTargets } from './running-loop.js';
import type { AddOptions, Tillside, TillsideInstance } from './tillside.js';

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
  const onChange = (): void => events.emit('change', undefined);
  const targets = { ...tellOf(events), onChange, onError };
  let { account } = options;
  const lifecycle = new Lifecycle({
    ...options,
    async loadLoop(onWithdrawn) {
      const files = platform(options.baseUrl);
      const { holdLoop } = await files.load(options.holdout ? 'holdout' : 'loop');
      return () => holdLoop(files, { ...options, account }, { ...targets, onWithdrawn });
    },
    onBegin() {
      analytics ??= openAnalytics(platform(options.baseUrl), instance, options);
    },
    onArm: () => takeOff(platform(options.baseUrl), options, onError),
    onConsent: (state) => events.emit('consent', state),
    onError,
  });
  const instance: TillsideInstance = {
    ...forWidgets(options),
    onError,
    get consentState() {
      return lifecycle.consentState;
    },
    on: events.on,
    account(id) {
      const next = toAccount(id);
      if (next === account) return;
      account = next;
      lifecycle.restart();
      onChange();
    },
    ...recordingMethods(lifecycle, onError),
    ...readingMethods(lifecycle, events, onError),
    async receipt() {
      const files = platform(options.baseUrl);
      return (await files.load('receipt')).readReceipt(files, options, lifecycle.running);
    },
    stop() {
      unregister();
      analytics?.then((stop) => stop());
      return lifecycle.stop();
    },
  };
  let analytics: ReturnType<typeof openAnalytics>;
  const unregister = registerInstance(instance);
  return instance;
}

/** Tells the page's listeners of the engine. */
function tellOf(events: PageEvents): Pick<LoopTargets, 'onReady' | 'onWhole'> {
  return {
    onReady: (status) => events.emit('ready', status),
    onWhole: ({ bundle }) => bundle?.isFirstStage || events.emit('refine', undefined),
  };
}

/** What widgets need to know of the options. */
function forWidgets({
  locale,
  strings,
  images,
  spriteUrl,
}: ResolvedOptions): Pick<TillsideInstance, 'version' | 'locale' | 'strings' | 'images' | 'spriteUrl'> {
  return { version: VERSION, locale: locale ?? (document.documentElement.lang || undefined), strings, images, spriteUrl };
}

/** Has the cart forget the arm of a holdout test, where consent was withdrawn. */
function takeOff(files: Files, options: ResolvedOptions, onError: OnError): void {
  files.load('holdout').then(
    (test) => test.takeOff(files, options, onError),
    () => {}, // a browser's console says which file is missing
  );
}

/** Tells the shop's own analytics of suggestions, where it asks for that. While consent is withdrawn they are told nothing. */
function openAnalytics(
  files: Files,
  instance: TillsideInstance,
  { analytics }: ResolvedOptions,
): Promise<() => void> | undefined {
  return (
    analytics &&
    files.load('analytics').then(
      ({ startAnalytics }) => startAnalytics(instance, analytics),
      (error) => {
        reportError(instance.onError, error);
        return () => {};
      },
    )
  );
}

/** What a page tells. It is dropped without consent (or held in memory before it, if the shop wants that), and what is wrong with it is reported, never thrown. */
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
): Pick<TillsideInstance, 'recommend' | 'add' | 'remove' | 'erase' | 'forget' | 'exportData' | 'status'> {
  let strategy = 'model';
  /** what slates said of the items that can be added */
  const suggested = new Map<string, ItemFacts>();
  const change = async (action: CartAction, itemId: string, options?: AddOptions) => {
    try {
      const { capture } = await lifecycle.needLoop();
      return await capture.change({ ...options, action, itemId, item: suggested.get(itemId) });
    } catch (error) {
      reportError(onError, error);
      throw error;
    }
  };
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
      const slate = await engine.recommend({ ...capture.seen(wanted.placement), ...wanted });
      // What the engine survived is told at its start, and when slates come from another tier than before.
      if (slate.strategy !== strategy) report(engine.status());
      strategy = slate.strategy;
      for (const { item } of slate.items) suggested.set(item.itemId, item);
      events.emit('slate', slate);
      return slate;
    },
    async add(itemId, options) {
      const added = await change('add', itemId, options);
      events.emit('add', added);
      return added;
    },
    async remove(itemId, options) {
      await change('remove', itemId, options);
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
