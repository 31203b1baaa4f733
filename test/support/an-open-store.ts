import type { Store } from '../../src/core/engine/store.js';
import { createStore } from '../../src/worker/store/create-store.js';

/** A tab's store, with its database open or given up. */
export async function openStore(settings: Parameters<typeof createStore>[0]): Promise<Store> {
  const store = createStore(settings);
  await store.readManifest();
  return store;
}
