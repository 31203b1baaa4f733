import type { RecommendRequest } from '../core/engine/contract.js';
import { VERSION } from '../core/engine/version.js';
import { TillsideError } from '../core/errors.js';
import type { OnError } from './capture/capture-context.js';
import { documentUrl } from './document-url.js';
import { findInstance, registerInstance } from './instance-registry.js';
import { createLifecycle, type Lifecycle } from './lifecycle.js';
import { type ResolvedOptions, resolveOptions, type TillsideOptions } from './options.js';
import { createPageEvents, type PageEvents } from './page-events.js';
import type { Platform } from './platform.js';
import { reportError } from './report-error.js';
import { createReports } from './reports.js';
import { Loop } from './loop.js';
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
  const lifecycle = createLifecycle({
    consent: options.consent,
    start: (onWithdrawn) => new Loop(platform, options, { events, onError, onWithdrawn }),
    onConsent: (state) => events.emit('consent', state),
    onError: (error) => reportError(onError, error),
  });
  const instance: TillsideInstance = {
    version: VERSION,
    locale: options.locale ?? (document.documentElement.lang || undefined),
    onError,
    get consentState() {
      return lifecycle.consentState;
    },
    on: events.on,
    ...recordingMethods(lifecycle, onError),
    ...readingMethods(lifecycle, events, onError),
    async stop() {
      unregister();
      await lifecycle.stop();
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
  const attempt = (action: (capture: Loop['capture']) => void): void => {
    try {
      if (lifecycle.loop) action(lifecycle.loop.capture);
    } catch (error) {
      reportError(onError, error);
    }
  };
  return {
    consent(answer) {
      if (answer === 'granted' || answer === 'denied') lifecycle.answer(answer);
      else onError('invalid-options', `tillside.consent was given ${String(answer)}. Use "granted" or "denied".`);
    },
    track: (event) => attempt((capture) => capture.track(event)),
    cart: (lines) => attempt((capture) => capture.setCart(lines)),
    page: (page) => attempt((capture) => capture.page(page)),
    observe: (element, impression) => lifecycle.loop?.capture.observe(element, impression) ?? (() => {}),
  };
}

/** What a page asks for: every promise settles, and without consent it is rejected. */
function readingMethods(
  lifecycle: Lifecycle,
  events: PageEvents,
  onError: OnError,
): Pick<TillsideInstance, 'recommend' | 'add' | 'forget' | 'exportData' | 'status'> {
  return {
    async recommend(request = {}) {
      const slate = await lifecycle.needLoop().recommend(toRequest(request));
      events.emit('slate', slate);
      return slate;
    },
    async add(itemId, options = {}) {
      try {
        events.emit('add', await lifecycle.needLoop().capture.add(itemId, options));
      } catch (error) {
        reportError(onError, error);
        throw error;
      }
    },
    forget: async () => lifecycle.needLoop().forget(),
    exportData: async () => lifecycle.needLoop().exportData(),
    async status() {
      const engine = await lifecycle.loop?.status();
      return { version: VERSION, consent: lifecycle.consentState, ...(engine && { engine }) };
    },
  };
}

function toRequest(request: Partial<RecommendRequest>): RecommendRequest {
  const { size = DEFAULT_SIZE } = request;
  if (Number.isInteger(size) && size >= 1 && size <= MAX_SIZE) return { ...request, size };
  throw new TillsideError('invalid-request', `size is ${String(size)}. Ask for 1 to ${MAX_SIZE} items.`);
}
