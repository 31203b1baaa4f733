import type { InteractionEvent } from '../domain/event.js';
import { foldEvent } from '../features/fold-event.js';
import type { SessionState } from '../features/session-state.js';
import { isWithinAny } from '../rank/apply-rules.js';
import type { SlateSource } from './slate-source.js';

/** Tells whether an item lies in one of the categories; one of which nobody can say that it does not, does. */
export function sensitiveIn(
  source: Pick<SlateSource, 'factsOf' | 'bundle'> | undefined,
  categories: readonly string[],
): (itemId: string) => boolean {
  return (itemId) => {
    const facts = source?.factsOf(itemId);
    const isUnknown = !facts || (source?.bundle.isFirstStage && facts.category === undefined);
    return isUnknown || isWithinAny(facts, categories);
  };
}

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
