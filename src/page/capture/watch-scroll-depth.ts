import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

/**
 * Measures the furthest viewport bottom over the document's height, from now until it is stopped.
 *
 * @param onDepth called with the ratio, 0–1, when the page is hidden and at the stop, if it grew since the last call
 */
export function watchScrollDepth(context: CaptureContext, onDepth: (scrollDepthRatio: number) => void): () => void {
  const { document, window } = context;
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
    const ratio = heightPx > 0 ? Math.min(1, Math.round((furthestPx / heightPx) * 1000) / 1000) : 0;
    if (ratio <= emitted) return;
    emitted = ratio;
    onDepth(ratio);
  };
  const onHide = ({ type }: Event) => {
    if (type !== 'pagehide' && document.visibilityState === 'visible') return;
    read();
    emit();
  };

  // Its first call is the first reading: after the layout of the next frame, when a router has reset the scroll position.
  const observer = new window.ResizeObserver(read);
  observer.observe(document.documentElement);
  if (document.body) observer.observe(document.body);
  scope.listen(window, 'scroll resize', () => {
    frame ||= window.requestAnimationFrame(read);
  });
  scope.listen(document, 'visibilitychange', onHide);
  scope.listen(window, 'pagehide', onHide);
  scope.onStop(() => {
    observer.disconnect();
    window.cancelAnimationFrame(frame);
    // The last reading counts: by now the document may be the next route's.
    emit();
  });
  return scope.stop;
}
