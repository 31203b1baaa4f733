import type { Query } from '../query.js';
import { excludedOf } from '../query.js';
import type { Recommender } from '../recommender.js';
import type { FitData } from './baseline.js';
import { bestItems } from './ease.js';
import { createPopularity } from './popularity.js';
import type { SessionSets } from './session-sets.js';

const DAY_MS = 86_400_000;

export interface OwnFrequencySettings {
  /** days in which a purchase comes to count half */
  readonly halfLifeDays: number;
}

export interface OwnEaseSettings extends OwnFrequencySettings {
  readonly ridge: number;
  /** weight of the own purchases, scaled to 1 for the most frequent, beside EASE scaled to 1 for its best item */
  readonly weight: number;
}

/** Recommends what the shopper has had most often, then what sells most. @see Li et al. 2023, https://arxiv.org/abs/2109.14233 (GP-TopFreq) */
export function createOwnFrequency(sets: SessionSets, settings: OwnFrequencySettings): Recommender {
  const popularity = createPopularity(sets);
  return {
    name: 'own-frequency',
    usesHistory: true,
    recommend(query, k) {
      const excluded = excludedOf(query);
      const counts = countOwn(query, settings);
      const own = [...counts].filter(([itemId]) => sets.numberOf(itemId) !== -1 && !excluded.has(itemId));
      const filled = popularity.recommend(query, k + own.length).filter(({ itemId }) => !counts.has(itemId));
      const floor = filled[0]?.score ?? 0; // own items stand above every other
      const mine = own.map(([itemId, count]) => ({ itemId, score: floor + count }));
      return withTies([...mine.sort((a, b) => b.score - a.score), ...filled], k);
    },
  };
}

/** EASE^R with the shopper's own frequencies added, where they are known. @see Faggioli et al. 2020, https://doi.org/10.1145/3340631.3394850 */
export function createOwnEase({ sets, ease }: FitData, { ridge, weight, halfLifeDays }: OwnEaseSettings): Recommender {
  const model = ease(ridge);
  return {
    name: 'own-frequency-ease',
    usesHistory: true,
    recommend(query, k) {
      const scores = model.score(query);
      const best = scores.reduce((most, score) => Math.max(most, score), 0) || 1;
      for (let place = 0; place < scores.length; place++) scores[place] = (scores[place] as number) / best;
      const counts = countOwn(query, { halfLifeDays });
      const most = Math.max(...counts.values());
      for (const [itemId, count] of counts) {
        const place = model.placeOf(itemId);
        if (place !== undefined) scores[place] = (scores[place] as number) + (weight * count) / most;
      }
      return bestItems(sets, model, { scores, query, k });
    },
  };
}

/** How often the shopper had each item, in this session and before it, older purchases counting less. */
function countOwn({ events, history, now }: Query, { halfLifeDays }: OwnFrequencySettings): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (itemId: string, count: number) => counts.set(itemId, (counts.get(itemId) ?? 0) + count);
  for (const { itemId } of events) if (itemId !== undefined) add(itemId, 1);
  const today = Math.floor(now / DAY_MS);
  for (const { itemId, day } of history) add(itemId, 0.5 ** ((today - day) / halfLifeDays));
  return counts;
}

function withTies<T extends { readonly score: number }>(list: readonly T[], k: number): readonly T[] {
  const last = list[k - 1];
  return last === undefined ? list : list.filter(({ score }, place) => place < k || score === last.score);
}
