// Functions that run in the shop's page: each is sent there as text, so none may use anything outside itself.
import type { Notes, PageImage, PageTillside, PageWindow } from './page-window.js';
import type { SlateFacts } from './visit.js';
import type { Strategy } from '../../core/domain/slate.js';

/** Runs before the page's own scripts: notes what tillside tells. It listens, and changes nothing. */
export function watchPage(): void {
  const page = globalThis as unknown as PageWindow;
  if (page.top !== globalThis) return;
  const notes: Notes = {
    told: [],
    violations: [],
    shifts: [],
    resizes: [],
    isAnswered: false,
    widgets: new Set(),
    findWidgets() {
      for (const widget of page.document.querySelectorAll('tillside-suggestions')) {
        if (notes.widgets.has(widget)) continue;
        notes.widgets.add(widget);
        let height = widget.clientHeight;
        new page.ResizeObserver(() => {
          // Space that the check's own answer opens is what a shopper's click opens: browsers do not count that either.
          const isAsked = height === 0 && notes.isAnswered;
          if (widget.clientHeight !== height && !isAsked) notes.resizes.push(page.performance.now());
          height = widget.clientHeight;
        }).observe(widget);
      }
    },
  };
  Object.defineProperty(globalThis, 'tillsideDoctor', { value: notes });
  const { document } = page;
  document.addEventListener('tillside:ready', ({ detail }: { detail: PageTillside }) => {
    try {
      const note = ({ code, message }: { code: string; message: string }) => void notes.told.push({ code, message });
      for (const type of ['error', 'diagnostic']) detail.on(type, note);
      notes.instance = detail;
      notes.findWidgets();
    } catch {
      // an event of that name that somebody else sent
    }
  });
  document.addEventListener('DOMContentLoaded', () => notes.findWidgets());
}

/** Runs after it: notes what the browser refuses and moves. */
export function watchBrowser(): void {
  const page = globalThis as unknown as PageWindow;
  const notes = page.tillsideDoctor;
  if (!notes) return;
  page.document.addEventListener(
    'securitypolicyviolation',
    (event: { effectiveDirective: string; blockedURI: string; disposition: string }) => {
      if (event.disposition !== 'enforce') return;
      notes.violations.push({ directive: event.effectiveDirective, blocked: event.blockedURI });
    },
  );
  new page.PerformanceObserver((list) => {
    for (const { startTime, value } of list.getEntries()) notes.shifts.push({ at: startTime, value });
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Whether tillside is there, and how consent stands. */
export function readState(): { hasInstance: boolean; consent?: string } {
  const notes = (globalThis as unknown as PageWindow).tillsideDoctor as Notes;
  notes.findWidgets();
  return notes.instance ? { hasInstance: true, consent: notes.instance.consentState } : { hasInstance: false };
}

/** Answers "granted" as the shop's banner would. */
export function answerConsent(): string | undefined {
  const notes = (globalThis as unknown as PageWindow).tillsideDoctor as Notes;
  notes.isAnswered = true;
  notes.instance?.consent('granted');
  return notes.instance?.consentState;
}

/** Starts tillside again with consent given, where a platform's banner waits for its own button. Only the script tag's global can. */
export async function forceConsent(): Promise<string | undefined> {
  const notes = (globalThis as unknown as PageWindow).tillsideDoctor as Notes;
  const { tillside } = globalThis as unknown as { tillside?: PageTillside };
  if (typeof tillside?.init !== 'function') return notes.instance?.consentState;
  await tillside.stop();
  notes.isAnswered = true;
  tillside.init({ consent: 'granted' });
  return notes.instance?.consentState;
}

/** Asks for a slate as the widget does; settles when the engine runs, or has said that it does not. */
export async function askForSlate(): Promise<SlateFacts> {
  const notes = (globalThis as unknown as PageWindow).tillsideDoctor as Notes;
  notes.findWidgets();
  for (const widget of notes.widgets) widget.scrollIntoView({ block: 'center' });
  try {
    const { strategy, items } = (await notes.instance?.recommend({ placement: 'cart', size: 4 })) ?? {
      strategy: 'none',
      items: [],
    };
    notes.slate = { strategy, items: items.map(({ item }) => ({ itemId: item.itemId, imageUrl: item.imageUrl ?? '' })) };
    return { strategy: strategy as Strategy, items: items.length };
  } catch (error) {
    const { code = 'unknown', message = String(error) } = error as { code?: string; message?: string };
    return { items: 0, error: { code, message } };
  }
}

/** Whether the widgets show what they were given: cards where there are any, and every picture come or gone. */
export function isDrawn(): boolean {
  const notes = (globalThis as unknown as PageWindow).tillsideDoctor as Notes;
  notes.findWidgets();
  return [...notes.widgets].every((widget) => {
    const root = widget.shadowRoot;
    if (!root) return false;
    const cards = [...root.querySelectorAll('li')].length;
    const images = [...root.querySelectorAll('img')] as PageImage[];
    return (cards > 0 || (notes.slate?.items.length ?? 0) === 0) && images.every((image) => image.complete);
  });
}
