import type { InteractionEvent } from '../domain/event.js';
import type { OwnPurchase } from '../domain/session.js';

/** Milliseconds in a day. */
export const DAY_MS = 86_400_000;

/** The own purchases that an event tells of: none unless it is a `purchase` naming items. */
export function purchasesOf(event: InteractionEvent): OwnPurchase[] {
  if (event.type !== 'purchase') return [];
  const itemIds = event.items?.map((line) => line.itemId) ?? (event.itemId === undefined ? [] : [event.itemId]);
  const day = Math.floor(event.occurredAt / DAY_MS);
  return itemIds.map((itemId) => ({ itemId, day }));
}
