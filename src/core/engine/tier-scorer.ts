// In: a session's view. Out: scored candidates and the tier that scored them: the model where it can, else the tables.
import type { Strategy } from '../domain/slate.js';
import type { SessionView } from '../features/encode-candidates.js';
import type { Bundle } from '../model/bundle.js';
import type { ModelRuntime } from '../model/runtime.js';
import { type CandidateOptions, createScorer, type ScoringTables } from '../model/scorer.js';

export interface ScoredCandidates {
  readonly strategy: Strategy;
  readonly rows: Int32Array;
  /** higher is better; comparable within one session only */
  readonly scores: Float32Array;
  /** `[candidates, CANDIDATE_FEATURES.length]`, normalised; only in the `model` tier */
  readonly features?: Float32Array;
}

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
  const scoreByModel = runtime && models && createModelScorer(tables, { manifest, models }, runtime);

  return (view, candidateOptions) => {
    if (scoreByModel && hasContext(view)) {
      try {
        return scoreByModel(view, candidateOptions);
      } catch (error) {
        onModelError(error);
      }
    }
    const { rows, tableScores } = scoreByTables(view, candidateOptions);
    return { strategy: tableScores.some((score) => score > 0) ? 'neighbours' : 'popularity', rows, scores: tableScores };
  };
}

function createModelScorer(
  tables: ScoringTables,
  { manifest, models }: Required<Pick<Bundle, 'manifest' | 'models'>>,
  runtime: ModelRuntime,
): ReturnType<typeof createTierScorer> {
  const { behaviour, candidate } = manifest.features;
  const encodeSession = runtime.encodeSession.bind(runtime);
  const { encoders } = runtime;
  const { index } = tables;
  const { itemTable } = models;
  const scoreSession = itemTable && runtime.createSessionScorer({ index, encoders, itemTable, behaviour, encodeSession });
  const prepare = createScorer({ ...tables, encoders, scoreSession });
  return (view, candidateOptions) => {
    const { rows, features } = prepare(view, candidateOptions);
    encoders.normalise(features, candidate);
    return { strategy: 'model', rows, scores: runtime.rankCandidates(features, rows.length), features };
  };
}

/** Whether the session says anything that the model could use. */
function hasContext({ state, index }: SessionView): boolean {
  return [...state.steps.map(({ itemId }) => itemId), ...state.cart.keys(), ...state.history.keys()].some(index.rowOf);
}
