import type { InteractionEvent } from '../domain/event.js';
import { foldEvent } from '../features/fold-event.js';
import type { SlateSource } from './slate-source.js';
import type { SessionState } from '../features/session-state.js';

/**
 * What may be kept of an event where some items are sensitive: all of it, all but their lines, or nothing. What is left out is folded into
 * a state that stays in memory, so that the cart is known.
 *
 * @param source absent while there is no bundle
 * @param hidden changed in place
 */
export function withoutSensitive(
  event: InteractionEvent,
  source: Pick<SlateSource, 'isSensitive'> | undefined,
  hidden: SessionState,
): InteractionEvent | undefined {
  // Without a bundle nobody can say what is not.
  const isSensitive = (itemId: string): boolean => source?.isSensitive(itemId) ?? true;
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
