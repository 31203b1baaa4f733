import { expect, it, onTestFinished } from 'vitest';
import { CONTRACT_VERSION, type Engine, type EngineConfig } from '../../src/core/engine/contract.js';
import { connectEngine } from '../../src/page/connect/connect-engine.js';
import { watchOtherTabs } from '../../src/page/connect/watch-tabs.js';
import { anEvent } from '../support/an-event.js';

const RETENTION = { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 };

function aConfig(over: Partial<EngineConfig> = {}): EngineConfig {
  return {
    contractVersion: CONTRACT_VERSION,
    manifestUrl: new URL('/no-bundle/manifest.json', location.href).href,
    runtime: 'auto',
    storage: 'indexeddb',
    retention: RETENTION,
    rules: {},
    reasons: 'cart',
    publicKeys: [],
    tabId: crypto.randomUUID(),
    ...over,
  };
}

const loadWords = () => import('../../src/messages.js');
const spawn = () => new Worker(new URL('../../src/worker/worker.ts', import.meta.url), { type: 'module' });

async function openTab(over: Partial<EngineConfig> = {}): Promise<{ engine: Engine; worker: () => Worker }> {
  let worker: Worker | undefined;
  const engine = connectEngine({
    spawnWorker() {
      worker = spawn();
      return worker;
    },
    loadPageEngine: () => Promise.reject(new Error('the worker must do')),
    onDiagnostic: () => {},
    loadWords,
    onWhole: () => {},
  });
  onTestFinished(() => engine.stop());
  await engine.start(aConfig(over));
  return { engine, worker: () => worker as Worker };
}

async function openClean(): Promise<{ engine: Engine; worker: () => Worker }> {
  const tab = await openTab();
  await tab.engine.forget();
  return tab;
}

it('records into IndexedDB and has the session after a restart', async () => {
  const { engine } = await openClean();
  const added = anEvent({ type: 'add_to_cart', itemId: 'cup', quantity: 2, occurredAt: Date.now() });
  expect(await engine.record([added])).toMatchObject({
    eventIds: [added.eventId],
    seq: 1,
    cart: [{ itemId: 'cup', quantity: 2 }],
  });
  await engine.stop();
  const { engine: next } = await openTab();
  expect(await next.status()).toMatchObject({
    where: 'worker',
    store: 'indexeddb',
    seq: 1,
    cart: [{ itemId: 'cup', quantity: 2 }],
  });
});

it('keeps what was acknowledged when the worker is killed', async () => {
  const { engine, worker } = await openClean();
  await engine.record([anEvent({ eventId: 'kept', occurredAt: Date.now() })]);
  worker().terminate();
  const { engine: next } = await openTab();
  expect((await next.exportData()).events.map((event) => event.eventId)).toEqual(['kept']);
});

it('gives tabs that write at once one log, each event once', async () => {
  const { engine: first } = await openClean();
  const tabs = [first, (await openTab()).engine, (await openTab()).engine];
  const ids = (tab: number) => Array.from({ length: 40 }, (_, i) => `${tab}-${i}`);
  await Promise.all(
    tabs.flatMap((engine, tab) => ids(tab).map((eventId) => engine.record([anEvent({ eventId, occurredAt: Date.now() })]))),
  );
  const { events } = await first.exportData();
  expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
  expect(new Set(events.map((event) => event.eventId))).toEqual(new Set([0, 1, 2].flatMap(ids)));
});

it('tells other tabs, not its own page', async () => {
  await openClean();
  const tabId = crypto.randomUUID();
  const { engine } = await openTab({ tabId });
  const own: string[] = [];
  const other: string[] = [];
  onTestFinished(watchOtherTabs(tabId, (kind) => own.push(kind)));
  onTestFinished(watchOtherTabs('another', (kind) => other.push(kind)));
  await engine.record([anEvent({ occurredAt: Date.now() })]);
  await engine.forget();
  await expect.poll(() => other).toEqual(['appended', 'forgotten']);
  expect(own).toEqual([]);
});

it('leaves invalid events out, acknowledges and reports them', async () => {
  const { engine } = await openClean();
  const good = anEvent({ occurredAt: Date.now() });
  const bad = [
    { eventId: 'bad', type: 'explode', occurredAt: 1 },
    { ...good, eventId: 'far', scrollDepthRatio: 7 },
    null,
    'text',
  ];
  const receipt = await engine.record([good, ...bad] as never);
  expect(receipt.eventIds).toEqual([good.eventId, 'bad', 'far']);
  expect(receipt.refusals).toHaveLength(4);
  expect(receipt.refusals?.[1]).toBe('scrollDepthRatio is 7. Pass a number from 0 to 1.');
  expect((await engine.exportData()).events.map((event) => event.eventId)).toEqual([good.eventId]);
  expect((await engine.status()).diagnostics).toContainEqual({
    code: 'invalid-event',
    message: expect.stringContaining('4 events'),
  });
});

it('rejects an invalid request, and reads around odd facts of the page', async () => {
  const { engine } = await openClean();
  await expect(engine.recommend({ size: 0 })).rejects.toMatchObject({
    code: 'invalid-request',
    message: expect.stringContaining('size'),
  });
  await expect(engine.recommend(undefined as never)).rejects.toMatchObject({ code: 'invalid-request' });
  expect(await engine.recommend({ size: 4, facts: [{ itemId: 'cup', price: Number.NaN }, 7] as never })).toMatchObject({
    strategy: 'none',
  });
});

it('refuses settings and versions that are not ours', async () => {
  const engine = connectEngine({
    spawnWorker: spawn,
    loadPageEngine: () => Promise.reject(new Error()),
    onDiagnostic: () => {},
    loadWords,
    onWhole: () => {},
  });
  onTestFinished(() => engine.stop());
  await expect(engine.start(aConfig({ storage: 'cloud' as never }))).rejects.toMatchObject({ code: 'invalid-options' });
  const other = connectEngine({
    spawnWorker: spawn,
    loadPageEngine: () => Promise.reject(new Error()),
    onDiagnostic: () => {},
    loadWords,
    onWhole: () => {},
  });
  onTestFinished(() => other.stop());
  await expect(other.start(aConfig({ contractVersion: 2 }))).rejects.toMatchObject({ code: 'version-mismatch' });
});

it('ignores forged, late and odd messages', async () => {
  const { engine, worker } = await openClean();
  const errors: unknown[] = [];
  worker().addEventListener('error', (event) => errors.push(event));
  const forged = { id: 'x', type: 'SET', path: ['__proto__', 'polluted'], value: { type: 'RAW', value: 1 } };
  const path = ['ping'];
  const odd = [
    null,
    0,
    'text',
    {},
    forged,
    { ...forged, type: 'APPLY' },
    { id: 'x', type: 'APPLY', path: ['constructor'], argumentList: [] },
  ];
  const calls = [
    { id: 'x', type: 'APPLY', path, argumentList: 'abc' },
    { id: 'x', type: 'APPLY', path, argumentList: [{ type: 'HANDLER', name: 'no' }] },
  ];
  for (const message of [...odd, ...calls, { id: 'x', type: 'RELEASE' }, { id: 'x', type: 'ENDPOINT' }])
    worker().postMessage(message);
  expect((await engine.status()).where).toBe('worker');
  expect(errors).toEqual([]);
});

it('says one thing after forget: nothing', async () => {
  const { engine } = await openClean();
  await engine.record([anEvent({ type: 'purchase', itemId: 'cup', occurredAt: Date.now() })]);
  await engine.forget();
  expect(await engine.exportData()).toMatchObject({ events: [], purchases: [] });
  expect((await engine.status()).cart).toEqual([]);
});
