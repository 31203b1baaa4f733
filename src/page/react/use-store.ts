import { useSyncExternalStore } from 'react';
import type { Store } from '../bind/store.js';

/** Renders a store's value: on the server and at hydration the one it starts with. */
export function useStore<T>({ subscribe, getSnapshot }: Store<T>): T {
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
