import type { CartLine } from '../../src/core/domain/cart.js';
import type { InteractionEvent } from '../../src/core/domain/event.js';
import type { ItemFacts } from '../../src/core/domain/item.js';
import type { Strategy } from '../../src/core/domain/slate.js';
import type { Engine, EngineConfig, EngineStatus, RecommendRequest } from '../../src/core/engine/contract.js';
import { CONTRACT_VERSION } from '../../src/core/engine/contract.js';
import { anItem, aSlate, aSlateItem } from '../../src/page/testing/builders.js';

/** An engine made by hand: it suggests its catalogue in order, without what is in the cart. */
export interface FakeEngine extends Engine {
  readonly recorded: InteractionEvent[];
  readonly requests: RecommendRequest[];
  readonly calls: string[];
  readonly config: EngineConfig | undefined;
  catalog: ItemFacts[];
  strategy: Strategy;
  /** awaited by every recommend, after its slate was made */
  beforeAnswer: () => Promise<void>;
}

export function aFakeEngine(itemIds: readonly string[] = ['a', 'b', 'c', 'd', 'e', 'f']): FakeEngine {
  const cart = new Map<string, CartLine>();
  const dismissed = new Set<string>();
  const recorded: InteractionEvent[] = [];
  const requests: RecommendRequest[] = [];
  const calls: string[] = [];
  let config: EngineConfig | undefined;
  const status = (): EngineStatus => ({
    contractVersion: CONTRACT_VERSION,
    version: 'fake',
    where: 'page',
    store: 'memory',
    strategy: engine.strategy,
    cart: [...cart.values()],
    seq: recorded.length,
    diagnostics: [],
  });
  const engine: FakeEngine = {
    recorded,
    requests,
    calls,
    get config() {
      return config;
    },
    catalog: itemIds.map((itemId) => anItem({ itemId })),
    strategy: 'model',
    beforeAnswer: async () => {},
    async start(given) {
      calls.push('start');
      config = given;
      return status();
    },
    async complete() {
      calls.push('complete');
      return status();
    },
    async record(events) {
      calls.push('record');
      recorded.push(...events);
      for (const { type, itemId, items } of events) {
        if (type === 'add_to_cart' && itemId) cart.set(itemId, { itemId, quantity: (cart.get(itemId)?.quantity ?? 0) + 1 });
        if (type === 'remove_from_cart' && itemId) cart.delete(itemId);
        if (type === 'dismiss' && itemId) dismissed.add(itemId);
        if (type === 'view_cart' && items) {
          cart.clear();
          for (const line of items) cart.set(line.itemId, line);
        }
      }
      return { eventIds: events.map(({ eventId }) => eventId), seq: recorded.length, cart: [...cart.values()], diagnostics: [] };
    },
    async recommend(request) {
      requests.push(request);
      const left = engine.catalog.filter(({ itemId }) => !cart.has(itemId) && !dismissed.has(itemId)).slice(0, request.size);
      const items = left.map((item, index) => aSlateItem({ item, position: index + 1 }));
      const slate = aSlate({ items, strategy: items.length > 0 ? engine.strategy : 'none', seq: recorded.length });
      await engine.beforeAnswer();
      return slate;
    },
    async forget() {
      calls.push('forget');
      recorded.length = 0;
      cart.clear();
    },
    resolve: async (groups) =>
      groups.map((ids) => ids.find((itemId) => engine.catalog.some((item) => item.itemId === itemId)) ?? null),
    lookAtOffers: async () => undefined,
    exportData: async () => ({ exportedAt: '2026-01-01T00:00:00.000Z', events: [], purchases: [], session: {}, meta: {} }),
    status: async () => status(),
    async stop() {
      calls.push('stop');
    },
  };
  return engine;
}
