import type { Recommender } from '../recommender.js';
import { createItemKnn } from './item-knn.js';
import type { SessionSets } from './session-sets.js';

const cosine = (shared: number, own: number, other: number) => shared / Math.sqrt(own * other);

/** Item-item cosine over all sessions, summed over what is shown. @see Sarwar et al. 2001 */
export function createCosine(sets: SessionSets): Recommender {
  return createItemKnn(sets, { name: 'cosine', weightOf: () => 1, similarity: cosine });
}

/** The same with each session of m items weighted 1/√(m − 1), so wholesale baskets do not drown the ordinary ones. */
export function createWeightedCosine(sets: SessionSets): Recommender {
  return createItemKnn(sets, {
    name: 'cosine-weighted',
    weightOf: (size) => 1 / Math.sqrt(Math.max(1, size - 1)),
    similarity: cosine,
  });
}
