// In: a session's view. Out: scored candidates and the tier that scored them: the model where it can, else the tables.
import type { SessionView } from '../features/encode-candidates.js';
import type { Bundle } from '../model/bundle.js';
import type { ModelRuntime } from '../model/runtime.js';
import type { ScoredCandidates } from '../model/model-scorer.js';
import { type CandidateOptions, createScorer } from '../model/scorer.js';

export interface TierScorerOptions {
  readonly bundle: Bundle;
  readonly runtime?: ModelRuntime | undefined;
  /** told when the model fails: the scores then come from the next tier */
  readonly onModelError: (error: unknown) => void;
}

/** Creates the function that scores a session's candidates by the best tier that can. Scratch memory is shared: one session at a time. */
export function createTierScorer(
  options: TierScorerOptions,
): (view: SessionView, candidates: CandidateOptions) => ScoredCandidates {
  const { bundle, runtime, onModelError } = options;
  const { index, neighbours, manifest, models } = bundle;
  const tables = { index, neighbours, log: manifest.log, blend: manifest.tableBlend };
  const scoreByTables = createScorer(tables);
  const scoreByModel = runtime && models && runtime.createModelScorer({ tables, manifest, models, runtime, createScorer });

  return (view, candidateOptions) => {
    try {
      const scored = scoreByModel?.(view, candidateOptions);
      if (scored) return scored;
    } catch (error) {
      onModelError(error);
    }
    const { rows, tableScores } = scoreByTables(view, candidateOptions);
    return { strategy: tableScores.some((score) => score > 0) ? 'neighbours' : 'popularity', rows, scores: tableScores };
  };
}
