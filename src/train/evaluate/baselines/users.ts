import type { EventLog, SessionRange } from '../../event-log.js';
import type { SessionSets } from './session-sets.js';

/** The distinct items of each shopper and the shoppers of each item. */
export interface Users {
  readonly count: number;
  /** distinct items of a user */
  itemsOf(user: number): Uint32Array;
  /** users that have an item */
  usersOf(item: number): Uint32Array;
}

/** Merges the sessions of each known visitor; a session of an unknown visitor is a user of its own. */
export function indexUsers(log: EventLog, { from, to }: SessionRange, sets: SessionSets): Users {
  const userOfVisitor = new Map<number, number>();
  const items: Set<number>[] = [];
  for (let session = from; session < to; session++) {
    const visitor = log.visitors[session] as number;
    const user = (visitor === -1 ? undefined : userOfVisitor.get(visitor)) ?? items.push(new Set()) - 1;
    if (visitor !== -1) userOfVisitor.set(visitor, user);
    for (const item of sets.itemsOf(session - from)) items[user]?.add(item);
  }
  const users: number[][] = sets.itemIds.map(() => []);
  for (const [user, own] of items.entries()) for (const item of own) users[item]?.push(user);
  const packedItems = items.map((own) => Uint32Array.from(own));
  const packedUsers = users.map((list) => Uint32Array.from(list));
  return {
    count: items.length,
    itemsOf: (user) => packedItems[user] as Uint32Array,
    usersOf: (item) => packedUsers[item] as Uint32Array,
  };
}
