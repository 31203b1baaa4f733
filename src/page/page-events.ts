import type { OnError } from './capture/capture-context.js';
import type { TillsideEvents } from './tillside.js';

/** The listeners of `tillside.on`. */
export interface PageEvents {
  emit<K extends keyof TillsideEvents>(type: K, value: TillsideEvents[K]): void;
  /** Adds a listener; the same function added twice is called twice. Returns the undo. */
  on<K extends keyof TillsideEvents>(type: K, listener: (value: TillsideEvents[K]) => void): () => void;
}

/** Creates an empty list of listeners. One that throws is reported, and stops neither the others nor the caller. */
export function createPageEvents(onError: OnError): PageEvents {
  const listeners = new Set<readonly [type: string, listener: (value: never) => void]>();
  return {
    emit(type, value) {
      for (const [wanted, listener] of [...listeners]) {
        try {
          if (wanted === type) listener(value as never);
        } catch (error) {
          onError('page-failed', `A listener of "${type}" threw: ${error}.`);
        }
      }
    },
    on(type, listener) {
      const entry = [type, listener] as const;
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
}
