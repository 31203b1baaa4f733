import { EVENT_TYPES } from '../../core/domain/event.js';
import type { OwnPurchase } from '../../core/domain/session.js';
import type { EventLog } from '../event-log.js';

const DAY_MS = 86_400_000;
const PURCHASE = EVENT_TYPES.indexOf('purchase');

/** What a device would remember of its shopper: purchases of strictly earlier sessions, as item and day. */
export interface VisitorHistory {
  /** Purchases before session `s` began, not older than `days`, oldest first; one an item and day. */
  before(session: number, days: number): OwnPurchase[];
}

interface Bought {
  readonly startedAt: number;
  readonly items: readonly OwnPurchase[];
}

/** Indexes the purchases of every known visitor: in a log of carts every line is one. */
export function indexHistory(log: EventLog): VisitorHistory {
  const byVisitor = new Map<number, Bought[]>();
  for (let s = 0; s < log.sessionIds.length; s++) {
    const visitor = log.visitors[s] as number;
    const items = visitor === -1 ? [] : purchasesOf(log, s);
    if (items.length === 0) continue;
    const bought = byVisitor.get(visitor) ?? [];
    bought.push({ startedAt: log.startedAt[s] as number, items });
    byVisitor.set(visitor, bought);
  }
  return {
    before(session, days) {
      const now = log.startedAt[session] as number;
      const since = Math.floor((now - days * DAY_MS) / DAY_MS);
      const earlier = (byVisitor.get(log.visitors[session] as number) ?? []).filter(({ startedAt }) => startedAt < now);
      const seen = new Set<string>();
      return earlier.flatMap(({ items }) =>
        items.filter(({ itemId, day }) => {
          const key = `${day} ${itemId}`;
          if (day < since || seen.has(key)) return false;
          seen.add(key);
          return true;
        }),
      );
    },
  };
}

function purchasesOf(log: EventLog, session: number): OwnPurchase[] {
  const purchases: OwnPurchase[] = [];
  const to = log.sessionStarts[session + 1] as number;
  for (let i = log.sessionStarts[session] as number; i < to; i++) {
    if (log.kind === 'sessions' && log.type[i] !== PURCHASE) continue;
    purchases.push({
      itemId: log.itemIds[log.item[i] as number] as string,
      day: Math.floor((log.occurredAt[i] as number) / DAY_MS),
    });
  }
  return purchases;
}
