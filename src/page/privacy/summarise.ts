// In: all that is kept on the device. Out: what a person wants to know of it, counted and in order. Pure.
import type { ExportedData, Retention } from '../../core/engine/contract.js';

const DAY_MS = 86_400_000;
/** Lines of a list: enough to recognise oneself. */
const MAX_LINES = 5;

/** One thing that is known. */
export interface KeptItem {
  readonly itemId: string;
  /** the catalogue's name, or the id where it has none */
  readonly title: string;
  /** epoch ms */
  readonly at: number;
  /** epoch ms; purchases only */
  readonly keptUntil?: number | undefined;
  /** time spent with it, ms */
  readonly dwellMs: number;
}

/** The notes in numbers and the newest of each kind, newest first. */
export interface KeptSummary {
  readonly itemsViewed: number;
  readonly dwellMs: number;
  readonly itemsAdded: number;
  readonly itemsBought: number;
  readonly lastViewed: readonly KeptItem[];
  readonly lastAdded: readonly KeptItem[];
  readonly purchases: readonly KeptItem[];
  /** how long what is noted stays; absent where it is not said */
  readonly retention?: Retention | undefined;
  /** nothing at all is noted */
  readonly isEmpty: boolean;
}

/** Sums up what is kept. */
export function summarise(data: ExportedData): KeptSummary {
  const { retention, unsent = [] } = data.meta as { retention?: Retention; unsent?: ExportedData['events'] };
  const ids = new Set(data.events.map(({ eventId }) => eventId));
  const events = [...data.events, ...unsent.filter(({ eventId }) => !ids.has(eventId))];
  const dwells = new Map<string, number>();
  for (const { itemId, dwellMs = 0 } of events) if (itemId) dwells.set(itemId, (dwells.get(itemId) ?? 0) + dwellMs);
  const toItem = (itemId: string, at: number): KeptItem => ({
    itemId,
    title: data.titles?.[itemId] || itemId,
    at,
    dwellMs: dwells.get(itemId) ?? 0,
  });
  const newest = (type: string): KeptItem[] => {
    const found = new Map<string, KeptItem>();
    for (const event of events) {
      if (event.type !== type || !event.itemId) continue;
      found.delete(event.itemId); // re-inserted last
      found.set(event.itemId, toItem(event.itemId, event.occurredAt));
    }
    return [...found.values()].reverse();
  };
  const viewed = newest('view_item');
  const added = newest('add_to_cart');
  const bought = [...data.purchases].sort((a, b) => b.day - a.day);
  return {
    itemsViewed: viewed.length,
    dwellMs: [...dwells.values()].reduce((sum, ms) => sum + ms, 0),
    itemsAdded: added.length,
    itemsBought: bought.length,
    lastViewed: viewed.slice(0, MAX_LINES),
    lastAdded: added.slice(0, MAX_LINES),
    purchases: bought.slice(0, MAX_LINES).map(({ itemId, day }) => ({
      ...toItem(itemId, day * DAY_MS),
      keptUntil: retention && (day + retention.purchaseDays) * DAY_MS,
    })),
    retention,
    isEmpty: events.length + bought.length === 0,
  };
}
