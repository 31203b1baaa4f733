import type { RankCandidate } from './candidate.js';

/** How alike two items are, 0–1. */
export type Similarity = (a: RankCandidate, b: RankCandidate) => number;

/**
 * Re-ranks by maximal marginal relevance: each place goes to the candidate with the best
 * (1 − diversity) · relevance − diversity · (likeness to what is already placed).
 *
 * @param diversity 0 keeps the order; relevance is the score scaled to 0–1 over the candidates
 * @see Carbonell & Goldstein 1998, https://doi.org/10.1145/290941.291025
 */
export function diversify(
  ordered: readonly RankCandidate[],
  { diversity, size, similarity }: { diversity: number; size: number; similarity: Similarity },
): RankCandidate[] {
  if (diversity <= 0 || ordered.length <= 2) return ordered.slice(0, size);
  const relevance = scaledScores(ordered);
  const left = ordered.map((candidate, place) => ({ candidate, relevance: relevance[place] as number, likeness: 0 }));
  const placed: RankCandidate[] = [];
  while (placed.length < size && left.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    left.forEach((entry, i) => {
      const value = (1 - diversity) * entry.relevance - diversity * entry.likeness;
      if (value > bestValue) {
        bestValue = value;
        best = i;
      }
    });
    const [next] = left.splice(best, 1);
    if (!next) break;
    placed.push(next.candidate);
    for (const entry of left) entry.likeness = Math.max(entry.likeness, similarity(entry.candidate, next.candidate));
  }
  return placed;
}

function scaledScores(candidates: readonly RankCandidate[]): number[] {
  const scores = candidates.map((candidate) => candidate.score);
  const least = Math.min(...scores);
  const range = Math.max(...scores) - least;
  return scores.map((score) => (range > 0 ? (score - least) / range : 1));
}
