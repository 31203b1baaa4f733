import type { Query } from '../query.js';
import { excludedOf } from '../query.js';
import type { Recommender, ScoredItem } from '../recommender.js';
import type { SessionSets } from './session-sets.js';

const LAST = 5;

/** Recommends the shopper's own last five items, the latest first, then what another method says. @see Ludewig & Jannach 2018 (reminders), https://arxiv.org/abs/1803.09587 */
export function createOwnLast(sets: SessionSets, others: Recommender): Recommender {
  return {
    name: 'own-last-5',
    usesHistory: true,
    recommend(query, k) {
      const excluded = excludedOf(query);
      const own = ownItems(query)
        .filter((itemId) => sets.numberOf(itemId) !== -1 && !excluded.has(itemId))
        .slice(0, LAST);
      const filled = others.recommend(query, k).filter(({ itemId }) => !own.includes(itemId));
      const floor = filled[0]?.score ?? 0;
      const mine = own.map((itemId, place): ScoredItem => ({ itemId, score: floor + own.length - place }));
      return [...mine, ...filled];
    },
  };
}

/** Distinct items, the latest first. */
function ownItems({ events, history }: Query): string[] {
  const all = [...history.map(({ itemId }) => itemId), ...events.flatMap(({ itemId }) => (itemId === undefined ? [] : [itemId]))];
  return [...new Set(all.reverse())];
}
