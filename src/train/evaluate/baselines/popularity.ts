import { excludedOf } from '../query.js';
import { bestOf, type Recommender, type ScoredItem } from '../recommender.js';
import type { SessionSets } from './session-sets.js';

/** Recommends what most sessions hold. */
export function createPopularity(sets: SessionSets): Recommender {
  const scores = Float64Array.from(sets.itemIds, (_, item) => sets.sessionsOf(item).length);
  const order = bestOf(
    scores,
    scores.map((_, i) => i),
    scores.length,
  );
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
