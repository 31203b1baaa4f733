import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

/**
 * Measures the furthest viewport bottom over the document's height, from now until it is stopped.
 *
 * @param onDepth called with the ratio, 0–1, when the page is hidden and at the stop, if it grew since the last call
 */
export function watchScrollDepth(context: CaptureContext, onDepth: (scrollDepthRatio: number) => void): () => void {
  const scope = openScope(context);
  let furthestPx = 0;
  let heightPx = 0;
  let emitted = 0;
  let frame = 0;

  const read = scope.guard(() => {
    frame = 0;
    heightPx = (document.scrollingElement ?? document.documentElement).scrollHeight;
    furthestPx = Math.max(furthestPx, window.scrollY + window.innerHeight);
  });
  const emit = () => {
    const ratio = Math.min(1, Math.round((furthestPx / heightPx) * 1000) / 1000);
    if (!(ratio > emitted)) return; // nor when nothing was read yet: 0 / 0
    emitted = ratio;
    onDepth(ratio);
  };

  // Its first call is the first reading: after the layout of the next frame, when a router has reset the scroll position.
  const observer = new ResizeObserver(read);
  for (const element of [document.documentElement, document.body]) if (element) observer.observe(element);
  scope.listen(window, 'scroll resize', () => {
    frame ||= requestAnimationFrame(read);
  });
  scope.listen(window, 'visibilitychange pagehide', ({ type }) => {
    if (type === 'pagehide' || document.visibilityState === 'hidden') {
      read();
      emit();
    }
  });
  scope.onStop(() => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    // The last reading counts: by now the document may be the next route's.
    emit();
  });
  return scope.stop;
}
