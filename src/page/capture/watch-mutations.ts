import type { CaptureContext } from './capture-context.js';
import { openScope } from './open-scope.js';

/** A burst of mutations costs one reading; a page that never rests costs at most ten a second. */
const COALESCE_MS = 100;

/** Calls `onChange` after elements came, went or changed a named attribute; returns its stop. */
export function watchMutations(context: CaptureContext, attributeFilter: string[], onChange: () => void): () => void {
  const scope = openScope(context);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = scope.guard(() => {
    timer = undefined;
    onChange();
  });
  const observer = new MutationObserver(() => {
    timer ??= setTimeout(read, COALESCE_MS);
  });
  observer.observe(document, { subtree: true, childList: true, attributeFilter });
  scope.onStop(() => {
    observer.disconnect();
    clearTimeout(timer);
  });
  return scope.stop;
}
