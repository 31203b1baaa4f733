import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

/** Without input for this long the shopper is no longer reading; also the longest gap in the clock that is believed. */
const IDLE_MS = 30_000;
/** Time is settled at least this often, so that a system sleep shows as a gap. */
const TICK_MS = 5_000;

const EVENTS = 'visibilitychange pointerdown pointermove keydown wheel touchmove focus blur pageshow pagehide scroll';

/**
 * Measures the time the page is visible, focused and not idle, from now until it is stopped.
 *
 * @param onDwell called with the whole ms since its last call, when the page is hidden and at the stop; the calls add up
 */
export function watchDwell(context: CaptureContext, onDwell: (dwellMs: number) => void): () => void {
  const scope = openScope(context);
  let dwellMs = 0;
  let settledAt = context.now();
  let lastInputAt = settledAt;
  /** there while time counts */
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settle = () => {
    const at = context.now();
    if (timer && at - settledAt <= IDLE_MS) dwellMs += Math.max(0, Math.min(at, lastInputAt + IDLE_MS) - settledAt);
    settledAt = at;
  };
  const countIf = (isActive: boolean) => {
    clearTimeout(timer);
    timer = isActive ? setTimeout(tick, TICK_MS) : undefined;
  };
  const tick = scope.guard(() => {
    settle();
    // Focus that leaves through an iframe blurs no window of ours.
    countIf(document.hasFocus() && settledAt - lastInputAt < IDLE_MS);
  });
  const update = ({ type, target }: { readonly type: string; readonly target?: unknown }) => {
    // An inner scroller may be a carousel that moves by itself, and focus moves within the page.
    if (/scroll|focus|blur/.test(type) && target instanceof Element) return;
    settle();
    lastInputAt = settledAt;
    const isLeaving = document.visibilityState === 'hidden' || /pagehide|stop/.test(type);
    const isBlurred = type === 'blur' && document.activeElement?.tagName !== 'IFRAME';
    countIf(!isLeaving && !isBlurred && document.hasFocus());
    const wholeMs = Math.floor(dwellMs);
    if (!isLeaving || !wholeMs) return;
    dwellMs -= wholeMs;
    onDwell(wholeMs);
  };

  scope.listen(window, EVENTS, update);
  scope.onStop(() => update({ type: 'stop' }));
  update({ type: 'start' });
  return scope.stop;
}
