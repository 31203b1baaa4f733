import type { CaptureContext } from './capture-context.js';
import { guard } from './guard.js';
import { listen } from './listen.js';

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
  const { document, window, now, onError } = context;
  let dwellMs = 0;
  let settledAt = now();
  let lastInputAt = settledAt;
  let isActive = false;
  let timer: number | undefined;

  const settle = () => {
    const at = now();
    const until = Math.min(at, lastInputAt + IDLE_MS);
    if (isActive && at - settledAt <= IDLE_MS && until > settledAt) dwellMs += until - settledAt;
    settledAt = at;
  };
  const emit = () => {
    const wholeMs = Math.floor(dwellMs);
    dwellMs -= wholeMs;
    if (wholeMs > 0) onDwell(wholeMs);
  };
  const rest = () => {
    window.clearInterval(timer);
    timer = undefined;
  };
  const tick = guard(() => {
    settle();
    // Focus that leaves through an iframe blurs no window of ours.
    if (!document.hasFocus()) isActive = false;
    if (!isActive || settledAt - lastInputAt >= IDLE_MS) rest();
  }, onError);
  const update = (type: string) => {
    settle();
    const isLeaving = type === 'pagehide' || type === 'freeze' || (type === 'blur' && document.activeElement?.tagName !== 'IFRAME');
    isActive = !isLeaving && document.visibilityState === 'visible' && document.hasFocus();
    if (isActive) {
      lastInputAt = settledAt;
      timer ??= window.setInterval(tick, TICK_MS);
    } else rest();
    if (type === 'pagehide' || document.visibilityState === 'hidden') emit();
  };
  const onEvent = ({ type, target }: Event) => {
    // An inner scroller may be a carousel that moves by itself; likewise focus moves within the page.
    const isInner = (type === 'scroll' && target !== document) || (/focus|blur/.test(type) && target !== window);
    if (!isInner) update(type);
  };

  const stops = [listen(document, DOCUMENT_EVENTS, onEvent, onError), listen(window, WINDOW_EVENTS, onEvent, onError)];
  update('start');
  return () => {
    for (const stop of stops) stop();
    rest();
    settle();
    isActive = false;
    emit();
  };
}
