/** A value that changes, as React's `useSyncExternalStore` takes it. */
export interface Store<T> {
  /** The same object until it changes. */
  getSnapshot(): T;
  /** Listens; returns the undo. */
  subscribe(listener: () => void): () => void;
}

/**
 * Creates a store that works only while somebody listens.
 *
 * @param start called with the first listener; returns what is called after the last
 */
export function createStore<T>(initial: T, start: (set: (next: T) => void) => () => void): Store<T> {
  const listeners = new Set<readonly [() => void]>();
  let state = initial;
  let stop: (() => void) | undefined;
  const set = (next: T): void => {
    state = next;
    for (const [listener] of [...listeners]) listener();
  };
  return {
    getSnapshot: () => state,
    subscribe(listener) {
      const entry = [listener] as const; // one function may listen twice
      listeners.add(entry);
      stop ??= start(set);
      return () => {
        listeners.delete(entry);
        if (listeners.size) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}
