import { vi } from 'vitest';
import type { InteractionEvent } from '../../../src/core/domain/event.js';
import type { RecordReceipt } from '../../../src/core/engine/contract.js';
import { takeEvents } from '../../../src/core/engine/take-events.js';
import type { CaptureContext } from '../../../src/page/capture/capture-context.js';

/** The test's own document with a clock, visibility and focus that the test sets. */
export function fakePage() {
  vi.useFakeTimers();
  const errors: { code: string; message: string }[] = [];
  const state = { visibility: 'visible', hasFocus: true, skewMs: 0 };
  const home = location.href;
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state.visibility });
  Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => state.hasFocus });
  const context: CaptureContext = {
    window,
    now: () => performance.now() + state.skewMs,
    wallClock: () => Date.now(),
    onError: (code, message) => void errors.push({ code, message }),
  };
  const setVisibility = (visibility: 'visible' | 'hidden') => {
    state.visibility = visibility;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  return {
    context,
    errors,
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    input: () => document.dispatchEvent(new Event('pointermove', { bubbles: true })),
    hide: () => setVisibility('hidden'),
    show: () => setVisibility('visible'),
    blur() {
      state.hasFocus = false;
      window.dispatchEvent(new Event('blur'));
    },
    focus() {
      state.hasFocus = true;
      window.dispatchEvent(new Event('focus'));
    },
    leave: () => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
    restore: () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    /** The clock moves and no timer runs, as in a system sleep. */
    sleep(ms: number) {
      state.skewMs += ms;
    },
    close() {
      document.body.replaceChildren();
      for (const script of document.querySelectorAll('script[type="application/ld+json"]')) script.remove();
      Reflect.deleteProperty(document, 'visibilityState');
      Reflect.deleteProperty(document, 'hasFocus');
      history.replaceState(null, '', home);
      localStorage.clear();
      vi.useRealTimers();
      vi.restoreAllMocks();
    },
  };
}

/** An engine that refuses what is no event, as every engine does, and keeps the others; `answer` may be replaced to fail or stall. */
export function fakeRecord() {
  const batches: (readonly InteractionEvent[])[] = [];
  const engine = {
    batches,
    events: () => batches.flat(),
    of: (type: string) => batches.flat().filter((event) => event.type === type),
    answer: async (events: readonly InteractionEvent[]): Promise<RecordReceipt> => receiptOf(events),
    record: (batch: readonly InteractionEvent[]) => takeEvents({ record: engine.keep }, batch),
    keep: (events: readonly InteractionEvent[]) => {
      batches.push(events);
      return engine.answer(events);
    },
  };
  return engine;
}

export function receiptOf(events: readonly InteractionEvent[], cart: RecordReceipt['cart'] = []): RecordReceipt {
  return { eventIds: events.map(({ eventId }) => eventId), seq: events.length, cart, diagnostics: [] };
}

/** Counts the listeners held on the page's targets from now on. */
export function countListeners(): () => number {
  let held = 0;
  for (const target of [window, document, (window as { navigation?: EventTarget }).navigation]) {
    if (!target) continue;
    const { addEventListener, removeEventListener } = target;
    vi.spyOn(target, 'addEventListener').mockImplementation((...args: Parameters<EventTarget['addEventListener']>) => {
      held++;
      addEventListener.apply(target, args);
    });
    vi.spyOn(target, 'removeEventListener').mockImplementation((...args: Parameters<EventTarget['removeEventListener']>) => {
      held--;
      removeEventListener.apply(target, args);
    });
  }
  return () => held;
}
