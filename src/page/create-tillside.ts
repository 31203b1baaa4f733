import type { RecommendRequest } from '../core/engine/contract.js';
import { VERSION } from '../core/engine/version.js';
import { TillsideError, toDiagnostic } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';
import { documentUrl } from './document-url.js';
import { findInstance, registerInstance } from './instance-registry.js';
import { createLifecycle, type Lifecycle } from './lifecycle.js';
import { type ResolvedOptions, resolveOptions, type TillsideOptions } from './options.js';
import { createPageEvents, type PageEvents } from './page-events.js';
import { engineFor, type Platform } from './platform.js';
import { quickAdd } from './quick-add.js';
import { createReports } from './reports.js';
import { type Loop, startLoop } from './start-loop.js';
import type { Tillside, TillsideInstance } from './tillside.js';

const DEFAULT_SIZE = 4;
const MAX_SIZE = 50;

/**
 * Creates the page's tillside with the files that an entry knows of, or returns the one the page has.
 *
 * @throws {TillsideError} `invalid-options`
 */
export function createTillsideOn(platform: Platform, options: TillsideOptions): Tillside {
  const resolved = resolveOptions(options, documentUrl());
  return findInstance() ?? compose(platform, resolved);
}

/** What the methods of an instance share. */
interface Parts {
  readonly lifecycle: Lifecycle;
  readonly events: PageEvents;
  readonly report: OnError;
}

function compose(platform: Platform, options: ResolvedOptions): TillsideInstance {
  const report = createReports({ ...options, emit: (type, problem) => events[type].emit(problem) });
  const events = createPageEvents(report);
  const lifecycle = createLifecycle({
    consent: options.consent,
    start: () =>
      startLoop({
        options,
        ...engineFor(platform, options, report),
        onError: report,
        onChange: () => events.change.emit(undefined),
        onReady: (status) => events.ready.emit(status),
      }),
    onConsent: (state) => events.consent.emit(state),
    onError: (error) => tell(report, error),
  });
  const parts = { lifecycle, events, report };
  const instance: TillsideInstance = {
    version: VERSION,
    locale: options.locale ?? (document.documentElement.lang || undefined),
    onError: report,
    get consentState() {
      return lifecycle.consentState;
    },
    on: (type, listener) => events[type].on(listener),
    ...recordingMethods(parts),
    ...readingMethods(parts),
    async stop() {
      unregister();
      await lifecycle.stop();
    },
  };
  const unregister = registerInstance(instance);
  return instance;
}

/** What a page tells. It is dropped without consent, and what is wrong with it is reported, never thrown. */
function recordingMethods({
  lifecycle,
  report,
}: Parts): Pick<TillsideInstance, 'consent' | 'track' | 'cart' | 'page' | 'observe'> {
  const attempt = (action: (loop: Loop) => void): void => {
    try {
      if (lifecycle.loop) action(lifecycle.loop);
    } catch (error) {
      tell(report, error);
    }
  };
  return {
    consent(answer) {
      if (answer === 'granted' || answer === 'denied') lifecycle.answer(answer);
      else report('invalid-options', `tillside.consent was called with ${String(answer)}. Use "granted" or "denied".`);
    },
    track: (event) => attempt(({ capture }) => capture.track(event)),
    cart: (lines) => attempt(({ setCart }) => setCart(lines)),
    page: (page) => attempt(({ capture }) => capture.page(page)),
    observe: (element, impression) => lifecycle.loop?.capture.observe(element, impression) ?? (() => {}),
  };
}

/** What a page asks for: every promise settles, and without consent it is rejected. */
function readingMethods({
  lifecycle,
  events,
  report,
}: Parts): Pick<TillsideInstance, 'recommend' | 'add' | 'forget' | 'exportData' | 'status'> {
  return {
    async recommend(request = {}) {
      const slate = await lifecycle.needLoop().recommend(toRequest(request));
      events.slate.emit(slate);
      return slate;
    },
    async add(itemId, options = {}) {
      try {
        events.add.emit(await quickAdd(lifecycle.needLoop().capture, itemId, options));
      } catch (error) {
        tell(report, error);
        throw error;
      }
    },
    forget: async () => lifecycle.needLoop().forget(),
    exportData: async () => lifecycle.needLoop().exportData(),
    async status() {
      const engine = await lifecycle.loop?.engine.status();
      return { version: VERSION, consent: lifecycle.consentState, ...(engine && { engine }) };
    },
  };
}

function toRequest(request: Partial<RecommendRequest>): RecommendRequest {
  const { size = DEFAULT_SIZE } = request;
  if (Number.isInteger(size) && size >= 1 && size <= MAX_SIZE) return { ...request, size };
  throw new TillsideError('invalid-request', `size is ${String(size)}. Ask for 1 to ${MAX_SIZE} items.`);
}

function tell(report: OnError, error: unknown): void {
  const { code, message } = toDiagnostic(error, 'page-failed');
  report(code, message);
}
