import type { Store } from '../../core/engine/store.js';
import { ResilientStore, type StoreSettings } from './resilient-store.js';

/** Opens the store of this tab. Never rejects for want of a database: `kind` and `diagnostics` tell what became of it. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const store = new ResilientStore(settings);
  await store.readManifest(); // opens the database now, so that `kind` is known
  return store;
}
