import type { InteractionEvent } from '../domain/event.js';
import type { ItemIndex } from './item-index.js';
import type { ItemActivity, SessionState } from './session-state.js';

/** The catalogue's own id of an item that a page may call by sku, variant or gtin; unknown ids stay as they are. */
export function canonicalId(itemId: string, index: ItemIndex): string {
  return index.itemIdOf(index.rowOf(itemId)) || itemId;
}

/** An event in the catalogue's own ids. */
export function canonicalEvent<E extends InteractionEvent>(event: E, index: ItemIndex): E {
  if (!event.itemId && !event.items) return event;
  return {
    ...event,
    ...(event.itemId && { itemId: canonicalId(event.itemId, index) }),
    ...(event.items && { items: event.items.map((line) => ({ ...line, itemId: canonicalId(line.itemId, index) })) }),
  };
}

/** Rewrites a state folded before the catalogue was known; two names of one item become one. */
export function canonicaliseState(state: SessionState, index: ItemIndex): void {
  const rename = <V>(map: Map<string, V>, toNamed: (value: V, itemId: string) => V, merge: (a: V, b: V) => V): void => {
    const entries = [...map];
    map.clear();
    for (const [id, value] of entries) {
      const itemId = canonicalId(id, index);
      const known = map.get(itemId);
      map.set(itemId, known === undefined ? toNamed(value, itemId) : merge(known, toNamed(value, itemId)));
    }
  };
  rename(
    state.cart,
    (line, itemId) => ({ ...line, itemId }),
    (a, b) => ({ ...a, quantity: a.quantity + b.quantity }),
  );
  rename(state.activity, (activity) => activity, mergeActivity);
  rename(
    state.history,
    (days) => days,
    (a, b) => [...new Set([...a, ...b])].sort((x, y) => x - y),
  );
  const dismissed = [...state.dismissed];
  state.dismissed.clear();
  for (const id of dismissed) state.dismissed.add(canonicalId(id, index));
  for (const list of [state.steps, state.recent] as { itemId: string }[][]) {
    for (const [i, entry] of list.entries()) list[i] = { ...entry, itemId: canonicalId(entry.itemId, index) };
  }
}

function mergeActivity(a: ItemActivity, b: ItemActivity): ItemActivity {
  return {
    views: a.views + b.views,
    adds: a.adds + b.adds,
    removes: a.removes + b.removes,
    dwellMs: a.dwellMs + b.dwellMs,
    scrollDepthRatio: Math.max(a.scrollDepthRatio, b.scrollDepthRatio),
    lastSeenAt: Math.max(a.lastSeenAt, b.lastSeenAt),
    removed: a.lastSeenAt > b.lastSeenAt ? a.removed : b.removed,
  };
}
