import type { KeptData, Store } from '../../src/core/engine/store.js';

const FOR_EVER = { eventDays: 1e6, maxEvents: Number.POSITIVE_INFINITY, stateDays: 1e6, purchaseDays: 1e6 };

/** All that a store has of earlier visits: nothing of it is too old. */
export const keptIn = (store: Store): Promise<KeptData> => store.expire(FOR_EVER, 0);
