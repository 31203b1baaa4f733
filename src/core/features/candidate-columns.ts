import { CANDIDATE_FEATURES, type CandidateFeature } from './feature-names.js';

/** Numbers that describe one candidate. */
export const WIDTH = CANDIDATE_FEATURES.length;

const columns = new Map(CANDIDATE_FEATURES.map((name, i) => [name, i]));

/** Where a feature stands among those of a candidate. */
export function columnOf(name: CandidateFeature): number {
  return columns.get(name) as number;
}
