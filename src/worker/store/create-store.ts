import type { Store } from '../../core/engine/store.js';
import { ResilientStore, type StoreSettings } from './resilient-store.js';

/** Creates the store of this tab. It opens its database at the first use; without one, `kind` and `diagnostics` then tell what became of it. */
export function createStore(settings: StoreSettings): Store {
  return new ResilientStore(settings);
}
