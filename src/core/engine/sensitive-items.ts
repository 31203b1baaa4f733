import type { InteractionEvent } from '../domain/event.js';
import { foldEvent } from '../features/fold-event.js';
import type { SessionState } from '../features/session-state.js';

/**
 * What may be kept of an event where some items are sensitive: all of it, all but their lines, or nothing. What is left out is folded into
 * a state that stays in memory, so that the cart is known.
 *
 * @param hidden changed in place
 */
export function withoutSensitive(
  event: InteractionEvent,
  isSensitive: (itemId: string) => boolean,
  hidden: SessionState,
): InteractionEvent | undefined {
  const { itemId, items } = event;
  if (itemId && isSensitive(itemId)) {
    foldEvent(hidden, event);
    return undefined;
  }
  if (!items) return event;
  const withLines = (isHidden: boolean): InteractionEvent => ({
    ...event,
    items: items.filter((line) => isSensitive(line.itemId) === isHidden),
  });
  foldEvent(hidden, withLines(true));
  return withLines(false);
}
