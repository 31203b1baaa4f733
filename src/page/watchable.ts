/** A list of listeners: `emit` calls each, `on` returns its undo. */
export interface Watchable<T> {
  emit(value: T): void;
  /** Adds a listener; the same function added twice is called twice. */
  on(listener: (value: T) => void): () => void;
}

/** Creates an empty list of listeners. A listener that throws stops neither the others nor the caller: it goes to `onThrow`. */
export function watchable<T>(onThrow?: (error: unknown) => void): Watchable<T> {
  const listeners = new Set<{ readonly call: (value: T) => void }>();
  return {
    emit(value) {
      for (const listener of [...listeners]) {
        try {
          listener.call(value);
        } catch (error) {
          onThrow?.(error);
        }
      }
    },
    on(call) {
      const listener = { call };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
