import type { Engine } from '../core/engine/contract.js';
import { VERSION } from '../core/engine/version.js';
import { TillsideError, toDiagnostic } from '../core/errors.js';
import type { CaptureContext, OnError } from './capture/capture-context.js';
import { createConsentGate } from './consent/consent-gate.js';
import { documentUrl } from './document-url.js';
import { findInstance, registerInstance } from './instance-registry.js';
import { type ResolvedOptions, resolveOptions, type TillsideOptions } from './options.js';
import { createPageEvents, type PageEvents } from './page-events.js';
import { openEngine, type Platform } from './platform.js';
import { quickAdd } from './quick-add.js';
import { toRecommendRequest } from './recommend-request.js';
import { createReports } from './reports.js';
import { type Loop, startLoop } from './start-loop.js';
import type { Tillside, TillsideInstance } from './tillside.js';

/**
 * Creates the page's tillside on what an entry knows of its files, or returns the one the page has.
 *
 * @throws {TillsideError} `invalid-options`
 */
export function createTillsideOn(platform: Platform, options: TillsideOptions): Tillside {
  const resolved = resolveOptions(options, documentUrl());
  return findInstance() ?? compose(platform, resolved);
}

function compose(platform: Platform, options: ResolvedOptions): TillsideInstance {
  const report: OnError = createReports({ ...options, emit: (type, problem) => events[type].emit(problem) });
  const events = createPageEvents(report);
  const context = createContext(report);
  const lifecycle = createLifecycle(platform, options, { context, events });
  const { gate } = lifecycle;
  const attempt = (action: (loop: Loop) => void): void => {
    const loop = lifecycle.loop();
    if (!loop) return; // dropped: nothing is kept before consent
    try {
      action(loop);
    } catch (error) {
      tell(report, error);
    }
  };
  const unregister: (() => void)[] = [];
  const instance: TillsideInstance = {
    version: VERSION,
    locale: options.locale ?? (document.documentElement.lang || undefined),
    context,
    get consentState() {
      return lifecycle.isStopped() ? 'pending' : gate.state;
    },
    consent(answer) {
      if (answer === 'granted' || answer === 'denied') gate.answer(answer);
      else report('invalid-options', `tillside.consent was called with ${String(answer)}. Use "granted" or "denied".`);
    },
    track: (event) => attempt(({ capture }) => capture.track(event)),
    cart: (lines) => attempt(({ setCart }) => setCart(lines)),
    page: (page) => attempt(({ capture }) => capture.page(page)),
    observe: (element, impression) => lifecycle.loop()?.capture.observe(element, impression) ?? (() => {}),
    async recommend(request) {
      const slate = await lifecycle.needLoop().recommend(toRecommendRequest(request));
      events.slate.emit(slate);
      return slate;
    },
    async add(itemId, addOptions) {
      try {
        events.add.emit(await quickAdd(lifecycle.needLoop().capture, itemId, addOptions));
      } catch (error) {
        tell(report, error);
        throw error;
      }
    },
    on: (type, listener) => onPageEvent(events, type, listener),
    forget: async () => lifecycle.needLoop().forget(),
    exportData: async () => lifecycle.needLoop().exportData(),
    async status() {
      const engine = await lifecycle.loop()?.engine.status();
      return { version: VERSION, consent: instance.consentState, ...(engine && { engine }) };
    },
    async stop() {
      for (const undo of unregister.splice(0)) undo();
      await lifecycle.stop();
    },
  };
  unregister.push(registerInstance(instance));
  return instance;
}
