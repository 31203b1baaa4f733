import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import { anEvent } from '../../support/an-event.js';
import { describeStore } from '../../support/store-contract.js';
import { keptIn } from '../../support/kept-data.js';

describe('memory store', () => {
  describeStore(async () => createMemoryStore());

  it('carries on where another store ended', async () => {
    const store = createMemoryStore({ lastSeq: 7, eventIds: ['a'] });
    const appended = await store.append([anEvent({ eventId: 'a' }), anEvent({ eventId: 'b' })], 7);
    expect(appended.map(({ eventId, seq }) => [eventId, seq])).toEqual([['b', 8]]);
  });

  it('keeps no purchases where that is not wanted', async () => {
    const store = createMemoryStore({ keepsPurchases: false });
    await store.append([anEvent({ type: 'purchase', itemId: 'cup' })], 0);
    expect((await keptIn(store)).purchases).toEqual([]);
  });
});
