import type { Recommender } from '../recommender.js';
import { createItemKnn } from './item-knn.js';
import type { SessionSets } from './session-sets.js';

export interface ConditionalSettings {
  /** power of the neighbour's popularity that divides P(neighbour | item): 0 favours what everybody buys, 1 what is rare */
  readonly damping: number;
  /** power of a session's length − 1 that divides its weight: 0 counts sessions alike, 1 gives each item one vote */
  readonly length: number;
}

/** Item-item conditional probability with the neighbour's popularity damped. @see Deshpande & Karypis 2004, https://doi.org/10.1145/963770.963776 (§4.1.2) */
export function createConditional(sets: SessionSets, { damping, length }: ConditionalSettings): Recommender {
  return createItemKnn(sets, {
    name: 'conditional',
    weightOf: (size) => Math.max(1, size - 1) ** -length,
    similarity: (shared, own, other) => shared / (own * other ** damping),
  });
}
