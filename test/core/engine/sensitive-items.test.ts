import { beforeAll, describe, expect, it } from 'vitest';
import type { InteractionEvent } from '../../../src/core/domain/event.js';
import { CONTRACT_VERSION, type Engine, type EngineConfig } from '../../../src/core/engine/contract.js';
import { createEngine } from '../../../src/core/engine/engine.js';
import { createMemoryStore } from '../../../src/core/engine/memory-store.js';
import type { FetchFile } from '../../../src/core/model/fetch-file.js';
import { anEvent, MONDAY_10 } from '../../support/an-event.js';
import { aBundle, type TinyBundle } from '../../support/tiny-bundle.js';

// Of the tiny bundle's items every third is for the garden: item-2, item-5, item-8 …
const PLATE = 'item-1';
const SECRET = 'item-2';
const SECRETS = Array.from({ length: 10 }, (_, i) => `item-${2 + 3 * i}`);

let bundle: TinyBundle;
beforeAll(async () => {
  bundle = await aBundle();
});

async function anEngine(over: Partial<EngineConfig> = {}, fetchFile: FetchFile = bundle.fetchFile): Promise<Engine> {
  const engine = createEngine({
    where: 'page',
    store: async () => createMemoryStore(),
    now: () => MONDAY_10 + 60_000,
    fetchFile,
  });
  await engine.start({
    contractVersion: CONTRACT_VERSION,
    manifestUrl: bundle.manifestUrl,
    runtime: 'auto',
    storage: 'memory',
    retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 },
    rules: {},
    reasons: 'session',
    sensitive: ['Garden'],
    publicKeys: [],
    tabId: 'tab-1',
    ...over,
  });
  return engine;
}

/** An event about no item, unless it says so. */
const toEvent = (event: Partial<InteractionEvent>): InteractionEvent => {
  const { itemId, ...rest } = anEvent(event);
  return { ...rest, ...(event.itemId && { itemId: event.itemId }) };
};
const record = (engine: Engine, ...events: readonly Partial<InteractionEvent>[]) => engine.record(events.map(toEvent));
const suggested = async (engine: Engine, size = 20) => (await engine.recommend({ size })).items.map(({ item }) => item.itemId);
const line = (itemId: string, quantity = 1) => ({ itemId, quantity });

describe('sensitive categories', () => {
  it('leave no trace of what was done with their items', async () => {
    const engine = await anEngine();
    const whatShoppersDo: Partial<InteractionEvent>[] = [
      { type: 'view_item', itemId: SECRET },
      { type: 'dwell', itemId: SECRET, dwellMs: 20_000 },
      { type: 'scroll', itemId: SECRET, scrollDepthRatio: 1 },
      { type: 'add_to_cart', itemId: SECRET },
      { type: 'add_to_cart', itemId: 'sku-2' },
      { type: 'view_cart', items: [line(SECRET), line(PLATE)] },
      { type: 'purchase', items: [line(SECRET), line(PLATE)] },
      { type: 'view_item', itemId: 'item-8' },
    ];
    const { eventIds } = await record(engine, ...whatShoppersDo);
    expect(eventIds).toHaveLength(whatShoppersDo.length); // the page need not keep them either
    const kept = await engine.exportData();
    const text = JSON.stringify(kept);
    for (const itemId of [...SECRETS, 'sku-2']) expect(text).not.toContain(`"${itemId}"`);
    expect(kept.events.map(({ type }) => type)).toEqual(['view_cart', 'purchase']);
    expect(kept.purchases.map(({ itemId }) => itemId)).toEqual([PLATE]);
  });

  it('are known of in the cart, in memory, until they leave it', async () => {
    const engine = await anEngine();
    const cartOf = async () => Object.fromEntries((await engine.status()).cart.map(({ itemId, quantity }) => [itemId, quantity]));
    const receipt = await record(
      engine,
      { type: 'add_to_cart', itemId: SECRET, quantity: 2 },
      { type: 'add_to_cart', itemId: PLATE },
    );
    expect(receipt.cart).toEqual([line(PLATE), line(SECRET, 2)]);
    expect(await cartOf()).toEqual({ [PLATE]: 1, [SECRET]: 2 });
    await record(engine, { type: 'remove_from_cart', itemId: SECRET, quantity: 1 });
    expect(await cartOf()).toEqual({ [PLATE]: 1, [SECRET]: 1 });
    await record(engine, { type: 'view_cart', items: [line(PLATE)] });
    expect(await cartOf()).toEqual({ [PLATE]: 1 });
    await record(engine, { type: 'add_to_cart', itemId: SECRET }, { type: 'purchase' });
    expect(await cartOf()).toEqual({});
    await record(engine, { type: 'add_to_cart', itemId: SECRET });
    await engine.forget();
    expect(await cartOf()).toEqual({});
  });

  it('are never suggested, and change no suggestion', async () => {
    const engine = await anEngine();
    await record(engine, { type: 'add_to_cart', itemId: PLATE });
    const before = await engine.recommend({ size: 20 });
    await record(engine, { type: 'view_item', itemId: SECRET }, { type: 'add_to_cart', itemId: 'item-5' });
    const after = await engine.recommend({ size: 20 });
    expect(after.items.map(({ item, reason }) => [item.itemId, reason])).toEqual(
      before.items.map(({ item, reason }) => [item.itemId, reason]),
    );
    expect(after.items).toHaveLength(19); // 20 are not for the garden, and one of these is in the cart
    expect(JSON.stringify(after)).not.toMatch(/Garden|"item-(2|5|8)"/);
  });

  it('are suggested where the shop pins an item, unless it is in the cart', async () => {
    const engine = await anEngine({ rules: { pin: [SECRET] } });
    const slate = await engine.recommend({ size: 3 });
    expect(slate.items[0]).toMatchObject({ item: { itemId: SECRET }, reason: { code: 'picked-by-shop' } });
    await record(engine, { type: 'add_to_cart', itemId: SECRET });
    expect(await suggested(engine)).not.toContain(SECRET);
  });

  it('cover what lies under them, and nothing that only starts alike', async () => {
    const kitchen = await anEngine({ sensitive: ['Kitchen'] });
    await record(kitchen, { type: 'view_item', itemId: PLATE }, { type: 'view_item', itemId: SECRET });
    expect((await kitchen.exportData()).events.map(({ itemId }) => itemId)).toEqual([SECRET]);
    const kit = await anEngine({ sensitive: ['Kit'] });
    await record(kit, { type: 'view_item', itemId: PLATE });
    expect((await kit.exportData()).events.map(({ itemId }) => itemId)).toEqual([PLATE]);
  });

  it('count an item that no bundle knows among them', async () => {
    const engine = await anEngine();
    await record(engine, { type: 'view_item', itemId: 'new-here' });
    expect((await engine.exportData()).events).toEqual([]);
    const without = await anEngine({}, () => Promise.reject(new Error('down')));
    const receipt = await record(without, { type: 'add_to_cart', itemId: PLATE });
    expect(receipt.cart).toEqual([line(PLATE)]);
    expect((await without.exportData()).events).toEqual([]);
  });

  it('do not cost what is recorded while the bundle is on its way', async () => {
    let letIn = (): void => {};
    const door = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    const starting = createEngine({
      where: 'page',
      store: async () => createMemoryStore(),
      now: () => MONDAY_10,
      fetchFile: async (...args) => door.then(() => bundle.fetchFile(...args)),
    });
    const config = {
      contractVersion: CONTRACT_VERSION,
      manifestUrl: bundle.manifestUrl,
      runtime: 'auto',
      storage: 'memory',
    } as const;
    const started = starting.start({
      ...config,
      retention: { eventDays: 7, maxEvents: 2_000, stateDays: 30, purchaseDays: 396 },
      rules: {},
      reasons: 'cart',
      sensitive: ['Garden'],
      publicKeys: [],
      tabId: 'tab-1',
    });
    const recorded = record(starting, { type: 'view_item', itemId: SECRET }, { type: 'view_item', itemId: PLATE });
    letIn();
    await Promise.all([started, recorded]);
    expect((await starting.exportData()).events.map(({ itemId }) => itemId)).toEqual([PLATE]);
  });
});

it('speaks of the cart alone in its reasons, unless the shop wants more', async () => {
  const lookedAt: Partial<InteractionEvent>[] = [
    { type: 'view_item', itemId: 'item-4' },
    { type: 'dwell', itemId: 'item-4', dwellMs: 30_000 },
    { type: 'purchase', items: [line('item-7')], occurredAt: MONDAY_10 },
  ];
  const reasonsOf = async (reasons: 'cart' | 'session') => {
    const engine = await anEngine({ sensitive: [], reasons });
    await record(engine, ...lookedAt);
    return (await engine.recommend({ size: 29 })).items.map(({ reason }) => reason.code);
  };
  const session = ['goes-with-viewed', 'because-you-bought', 'bought-before', 'you-looked-at-this', 'you-spent-time-on-this'];
  for (const code of await reasonsOf('cart')) expect(session).not.toContain(code);
  expect((await reasonsOf('session')).filter((code) => session.includes(code)).length).toBeGreaterThan(0);
});
