import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

/** Without input for this long the shopper is no longer reading; also the longest gap in the clock that is believed. */
const IDLE_MS = 30_000;
/** Time is settled this often, so that a system sleep shows as a gap. */
const TICK_MS = 5_000;

const DOCUMENT_EVENTS = 'visibilitychange freeze resume pointerdown pointermove keydown wheel touchmove';
const WINDOW_EVENTS = 'focus blur pageshow pagehide scroll';

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
  let isActive = false;
  let timer: ReturnType<typeof setInterval> | undefined;

  const settle = () => {
    const at = context.now();
    const until = Math.min(at, lastInputAt + IDLE_MS);
    if (isActive && at - settledAt <= IDLE_MS && until > settledAt) dwellMs += until - settledAt;
    settledAt = at;
  };
  const rest = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const tick = scope.guard(() => {
    settle();
    // Focus that leaves through an iframe blurs no window of ours.
    isActive &&= document.hasFocus();
    if (!isActive || settledAt - lastInputAt >= IDLE_MS) rest();
  });
  const update = ({ type, target }: { readonly type: string; readonly target?: unknown }) => {
    // An inner scroller may be a carousel that moves by itself, and focus moves within the page.
    if ((type === 'scroll' && target !== document) || (/focus|blur/.test(type) && target !== window)) return;
    settle();
    const isLeaving = /pagehide|freeze|stop/.test(type) || (type === 'blur' && document.activeElement?.tagName !== 'IFRAME');
    const isHidden = document.visibilityState === 'hidden';
    isActive = !isLeaving && !isHidden && document.hasFocus();
    if (isActive) {
      lastInputAt = settledAt;
      timer ??= setInterval(tick, TICK_MS);
    } else rest();
    if (!isHidden && !/pagehide|stop/.test(type)) return;
    const wholeMs = Math.floor(dwellMs);
    dwellMs -= wholeMs;
    if (wholeMs > 0) onDwell(wholeMs);
  };

  scope.listen(document, DOCUMENT_EVENTS, update);
  scope.listen(window, WINDOW_EVENTS, update);
  scope.onStop(() => update({ type: 'stop' }));
  update({ type: 'start' });
  return scope.stop;
}
