// In: a session. Out: its candidates, ranked by the model. It comes with a model's runtime: the tables alone need none.
import type { Strategy } from '../domain/slate.js';
import type { SessionView } from '../features/encode-candidates.js';
import type { ModelEncoders } from './encoders.js';
import type { ItemTable } from './item-table.js';
import type { Manifest } from './manifest.schema.js';
import type { CandidateOptions, createScorer, ScoringTables } from './scorer.js';
import type { createSessionScorer } from './session-scores.js';

export interface ScoredCandidates {
  readonly strategy: Strategy;
  readonly rows: Int32Array;
  /** higher is better; comparable within one session only */
  readonly scores: Float32Array;
  /** `[candidates, CANDIDATE_FEATURES.length]`, normalised; only in the `model` tier */
  readonly features?: Float32Array;
}

export interface ModelScoring {
  readonly tables: ScoringTables;
  readonly manifest: Pick<Manifest, 'features'>;
  readonly models: { readonly itemTable?: ItemTable | undefined };
  /** the `ModelRuntime` that has the models */
  readonly runtime: {
    readonly encoders: ModelEncoders;
    readonly createSessionScorer: typeof createSessionScorer;
    encodeSession(rows: Int32Array, behaviour: Float32Array): Float32Array;
    rankCandidates(features: Float32Array, candidates: number): Float32Array;
  };
  /** what finds candidates lies where the tables are read */
  readonly createScorer: typeof createScorer;
}

/** Creates the function that scores a session's candidates by the model; nothing where the session says nothing that a model could use. */
export function createModelScorer({
  tables,
  manifest,
  models,
  runtime,
  createScorer,
}: ModelScoring): (view: SessionView, candidates: CandidateOptions) => ScoredCandidates | undefined {
  const { behaviour, candidate } = manifest.features;
  const encodeSession = runtime.encodeSession.bind(runtime);
  const { encoders } = runtime;
  const { index } = tables;
  const { itemTable } = models;
  const scoreSession = itemTable && runtime.createSessionScorer({ index, encoders, itemTable, behaviour, encodeSession });
  const prepare = createScorer({ ...tables, encoders, scoreSession });
  return (view, candidateOptions) => {
    if (!hasContext(view)) return undefined;
    const { rows, features } = prepare(view, candidateOptions);
    encoders.normalise(features, candidate);
    return { strategy: 'model', rows, scores: runtime.rankCandidates(features, rows.length), features };
  };
}

function hasContext({ state, index }: SessionView): boolean {
  return [...state.steps.map(({ itemId }) => itemId), ...state.cart.keys(), ...state.history.keys()].some(index.rowOf);
}
