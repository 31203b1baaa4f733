import type { InteractionEvent } from '../../core/domain/event.js';
import type { ItemFacts } from '../../core/domain/item.js';
import type { Slate, SlateItem } from '../../core/domain/slate.js';
import { CONTRACT_VERSION, type EngineStatus } from '../../core/engine/contract.js';
import { VERSION } from '../../core/engine/version.js';

/** 2026-03-02 10:00:00 UTC, a Monday. */
export const MONDAY_10 = Date.UTC(2026, 2, 2, 10);

let made = 0;

/** Makes an item with a title, a price and a link. */
export function anItem(over: Partial<ItemFacts> = {}): ItemFacts {
  const { itemId = 'item-1' } = over;
  return { itemId, title: `Title ${itemId}`, price: 2.5, currency: 'GBP', url: `/product/${itemId}`, ...over };
}

/** Makes an entry of a slate: `anItem()` in the first place, because it is popular. */
export function aSlateItem(over: Partial<SlateItem> = {}): SlateItem {
  const { position = 1 } = over;
  const reason = { code: 'popular' } as const;
  return { item: anItem(), position, score: 1 / position, reason, relation: 'complement', contributions: [], ...over };
}

/** Makes a slate of the model: `aSlateOf('item-1', …, 'item-4')` unless it says otherwise. */
export function aSlate(over: Partial<Slate> = {}): Slate {
  const items = over.items ?? ['item-1', 'item-2', 'item-3', 'item-4'].map(toSlateItem);
  return { slateId: 'slate', strategy: items.length ? 'model' : 'none', items, seq: 0, latencyMs: 0, ...over };
}

/** Makes a slate of these items, in this order. */
export function aSlateOf(...itemIds: readonly string[]): Slate {
  return aSlate({ items: itemIds.map(toSlateItem) });
}

/** Makes an event, each with an id of its own: a view of item `a` unless it says otherwise. */
export function anEvent(over: Partial<InteractionEvent> = {}): InteractionEvent {
  made++;
  return { eventId: `event-${made}`, type: 'view_item', itemId: 'a', occurredAt: MONDAY_10, ...over };
}

/** Makes the status of an engine that runs in a worker with a bundle of 100 items. */
export function anEngineStatus(over: Partial<EngineStatus> = {}): EngineStatus {
  return {
    contractVersion: CONTRACT_VERSION,
    version: VERSION,
    where: 'worker',
    store: 'memory',
    strategy: 'model',
    bundle: { id: 'fake', version: 1, items: 100, source: 'network' },
    cart: [],
    seq: 0,
    diagnostics: [],
    ...over,
  };
}

function toSlateItem(itemId: string, index: number): SlateItem {
  return aSlateItem({ item: anItem({ itemId }), position: index + 1 });
}
