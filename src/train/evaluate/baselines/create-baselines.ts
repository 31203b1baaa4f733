import type { EventLog, SessionRange } from '../../event-log.js';
import type { Scales } from '../evaluate.js';
import type { Recommender } from '../recommender.js';
import { createCosine, createWeightedCosine } from './cosine.js';
import { createPopularity, popularityScale } from './popularity.js';
import { createSequentialRules } from './sequential-rules.js';
import { createSessionKnn, createVectorSessionKnn } from './session-knn.js';
import { indexSessions } from './session-sets.js';

/** Every baseline, fitted on the same sessions, and what figures are read from. */
export interface Baselines {
  readonly recommenders: readonly Recommender[];
  readonly scales: Omit<Scales, 'seed'>;
  isKnown(itemId: string): boolean;
}

/** Names of the baselines that a bundle must beat. */
export const COSINES: readonly string[] = ['cosine', 'cosine-weighted'];

export function createBaselines(log: EventLog, range: SessionRange): Baselines {
  const sets = indexSessions(log, range);
  const items = sets.itemIds.reduce((count, _, item) => count + (sets.sessionsOf(item).length > 0 ? 1 : 0), 0);
  return {
    recommenders: [
      createPopularity(sets),
      createCosine(sets),
      createWeightedCosine(sets),
      createSequentialRules(sets, log, range),
      createSessionKnn(sets),
      createVectorSessionKnn(sets),
    ],
    scales: { items, popularityOf: popularityScale(sets) },
    isKnown: (itemId) => sets.numberOf(itemId) !== -1,
  };
}
