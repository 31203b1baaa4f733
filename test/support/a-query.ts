import type { Query } from '../../src/train/evaluate/query.js';
import { anEvent } from './an-event.js';

/** A question about a cart of these items, in this order. */
export function aQuery(...shown: string[]): Query {
  const events = shown.map((itemId) => anEvent({ type: 'add_to_cart', itemId }));
  return { id: 'q', sessionId: 'q', events, history: [], target: '', later: [], now: 0, shown, exclude: 'shown' };
}

/** A ranking as item → score. */
export function scoresOf(list: readonly { readonly itemId: string; readonly score: number }[]): Record<string, number> {
  return Object.fromEntries(list.map(({ itemId, score }) => [itemId, score]));
}
