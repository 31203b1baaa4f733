import { excludedOf } from '../query.js';
import type { Recommender, ScoredItem } from '../recommender.js';
import type { SessionSets } from './session-sets.js';

/** Recommends what most sessions hold. */
export function createPopularity(sets: SessionSets): Recommender {
  const scores = Float64Array.from(sets.itemIds, (_, item) => sets.sessionsOf(item).length);
  // all of them: to look for the best of so many one by one would take their square
  const sold = [...scores.keys()].filter((item) => (scores[item] as number) > 0);
  const order = sold.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return {
    name: 'popularity',
    recommend(query, k) {
      const excluded = excludedOf(query);
      const answer: ScoredItem[] = [];
      for (const item of order) {
        const score = scores[item] as number;
        if (answer.length >= k && score !== answer[answer.length - 1]?.score) break;
        const itemId = sets.itemIds[item] as string;
        if (!excluded.has(itemId)) answer.push({ itemId, score });
      }
      return answer;
    },
  };
}

/** Share of the known items that are no more popular than this one, 0–1; 0 when unknown. */
export function popularityScale(sets: SessionSets): (itemId: string) => number {
  const counts = sets.itemIds.map((_, item) => sets.sessionsOf(item).length);
  const sorted = Uint32Array.from(counts.filter((count) => count > 0)).sort();
  const scale = new Map<number, number>();
  for (const [i, count] of sorted.entries()) scale.set(count, (i + 1) / sorted.length);
  return (itemId) => scale.get(counts[sets.numberOf(itemId)] ?? 0) ?? 0;
}
