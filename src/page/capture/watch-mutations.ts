import type { CaptureContext } from './capture-context.js';
import { guard } from './guard.js';

/** A burst of mutations costs one reading; a page that never rests costs at most ten a second. */
const COALESCE_MS = 100;

/** Calls `onChange` after elements, script texts or the named attributes of the document changed; returns its stop. */
export function watchMutations(context: CaptureContext, attributeFilter: string[], onChange: () => void): () => void {
  const { document, window, onError } = context;
  let timer: number | undefined;
  const read = guard(() => {
    timer = undefined;
    onChange();
  }, onError);
  const observer = new window.MutationObserver(() => {
    timer ??= window.setTimeout(read, COALESCE_MS);
  });
  observer.observe(document, { subtree: true, childList: true, attributeFilter });
  return () => {
    observer.disconnect();
    window.clearTimeout(timer);
  };
}
