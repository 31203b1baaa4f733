import { reportError } from '../report-error.js';
import type { OnError } from './capture-context.js';

// Capturing: a shop's stopPropagation() must not hide a click, and the window hears what is told the document. Passive: scrolling never
// waits for us.
const LISTENER_OPTIONS = { capture: true, passive: true };

/** What one watcher holds of the page: all of it is given back by `stop`, in the order it was taken. */
export interface Scope {
  /** Wraps a callback the browser will call, so that nothing it throws reaches the host page. */
  guard<A extends readonly unknown[]>(callback: (...args: A) => void): (...args: A) => void;
  /** Listens to space-separated event types. */
  listen(target: EventTarget, types: string, handler: (event: Event) => void): void;
  onStop(undo: () => void): void;
  readonly stop: () => void;
}

export function openScope({ onError }: { readonly onError: OnError }): Scope {
  const undos: (() => void)[] = [];
  const guard: Scope['guard'] =
    (callback) =>
    (...args) => {
      try {
        callback(...args);
      } catch (error) {
        reportError(onError, error);
      }
    };
  return {
    guard,
    listen(target, types, handler) {
      const guarded = guard(handler);
      for (const type of types.split(' ')) {
        target.addEventListener(type, guarded, LISTENER_OPTIONS);
        undos.push(() => target.removeEventListener(type, guarded, LISTENER_OPTIONS));
      }
    },
    onStop: (undo) => void undos.push(guard(undo)),
    stop() {
      for (const undo of undos.splice(0)) undo();
    },
  };
}
