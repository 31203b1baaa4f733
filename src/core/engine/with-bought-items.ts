import type { InteractionEvent } from '../domain/event.js';
import type { SessionState } from '../features/session-state.js';

/** A purchase that names nothing bought the cart as it is: said in the event, so that the log alone can tell. */
export function withBoughtItems(event: InteractionEvent, state: () => SessionState): InteractionEvent {
  if (event.type !== 'purchase' || event.itemId || event.items) return event;
  return { ...event, items: [...state().cart.values()] };
}
