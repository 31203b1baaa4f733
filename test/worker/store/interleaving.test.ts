import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/core/domain/event.js';
import type { Store } from '../../../src/core/engine/store.js';
import { openStore } from '../../support/an-open-store.js';
import { anEvent } from '../../support/an-event.js';
import { type FaultyIndexedDb, installIndexedDb, platformError } from '../../support/faulty-indexeddb.js';

const RETENTION = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };
const opened: Store[] = [];

async function openTabs(count: number): Promise<Store[]> {
  const settings = { storage: 'indexeddb', retention: RETENTION } as const;
  const tabs = await Promise.all(Array.from({ length: count }, (_, i) => openStore({ ...settings, tabId: `tab-${i}` })));
  opened.push(...tabs);
  return tabs;
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

/** A tab that folds what it is given, as the engine does. */
interface Reader {
  readonly store: Store;
  readonly log: StoredEvent[];
}

async function record({ store, log }: Reader, ids: readonly number[]): Promise<void> {
  const afterSeq = log.at(-1)?.seq ?? 0;
  const found = await store.append(
    ids.map((id) => anEvent({ eventId: `e${id}` })),
    afterSeq,
  );
  for (const event of found) if (event.seq > (log.at(-1)?.seq ?? 0)) log.push(event);
}

const steps = fc.array(fc.record({ tab: fc.nat(3), ids: fc.array(fc.nat(60), { maxLength: 70 }), isAwaited: fc.boolean() }), {
  maxLength: 25,
});

it('gives 1 … n without gaps to any interleaving of appends from several tabs, and every tab the same log', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 4 }), steps, async (count, plan) => {
      installIndexedDb();
      const readers = (await openTabs(count)).map((store): Reader => ({ store, log: [] }));
      const running: Promise<void>[] = [];
      for (const { tab, ids, isAwaited } of plan) {
        const appending = record(readers[tab % count] as Reader, ids);
        if (isAwaited) await appending;
        else running.push(appending);
      }
      await Promise.all(running);
      const [fresh] = await openTabs(1);
      const log = (await fresh?.readSince(0)) ?? [];
      const distinct = new Set(plan.flatMap((step) => step.ids));
      expect(log.map((event) => event.seq)).toEqual(Array.from({ length: distinct.size }, (_, i) => i + 1));
      expect(new Set(log.map((event) => event.eventId)).size).toBe(distinct.size);
      for (const reader of readers) {
        await record(reader, []);
        expect(reader.log).toEqual(log);
      }
    }),
    { numRuns: 40 },
  );
});

it('keeps all that was acknowledged when a tab dies in the middle of its appends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
      fc.nat(12),
      async (sizes, deathAt) => {
        const faulty: FaultyIndexedDb = installIndexedDb();
        const [dying] = await openTabs(1);
        let transactions = 0;
        faulty.onTransaction = (_mode, start) => {
          if (transactions++ < deathAt) return start();
          const transaction = start();
          transaction.abort();
          throw platformError('UnknownError');
        };
        const acknowledged: string[] = [];
        let seq = 0;
        for (const [batch, size] of sizes.entries()) {
          const found =
            (await dying?.append(
              Array.from({ length: size }, (_, i) => anEvent({ eventId: `${batch}-${i}` })),
              seq,
            )) ?? [];
          if (dying?.kind === 'memory') break;
          acknowledged.push(...found.map((event) => event.eventId));
          seq = found.at(-1)?.seq ?? seq;
        }
        faulty.onTransaction = (_mode, start) => start();
        const [next] = await openTabs(1);
        expect((await next?.readSince(0))?.map((event) => event.eventId)).toEqual(acknowledged);
      },
    ),
    { numRuns: 40 },
  );
});
