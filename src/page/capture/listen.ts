import type { OnError } from './capture-context.js';
import { guard } from './guard.js';

// Capturing: a shop's stopPropagation() must not hide a click. Passive: scrolling never waits for us.
const OPTIONS = { capture: true, passive: true };

/** Listens to space-separated event types without ever throwing into the page; returns the removal. */
export function listen(target: EventTarget, types: string, handler: (event: Event) => void, onError: OnError): () => void {
  const guarded = guard(handler, onError);
  const names = types.split(' ');
  for (const name of names) target.addEventListener(name, guarded, OPTIONS);
  return () => {
    for (const name of names) target.removeEventListener(name, guarded, OPTIONS);
  };
}
