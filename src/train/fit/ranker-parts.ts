import type { Signal } from '../../core/domain/slate.js';

/** What a ranker can do without, and the signals whose features it then does not read. */
export const RANKER_PARTS = {
  'session model': ['session'],
  'own purchases': ['history'],
  'behaviour features': ['interest', 'dwell', 'scroll'],
  'context features': ['context', 'price'],
  'popularity features': ['popularity'],
} as const satisfies Record<string, readonly Signal[]>;
export type RankerPart = keyof typeof RANKER_PARTS;
