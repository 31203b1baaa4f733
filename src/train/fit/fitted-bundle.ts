import { ENCODERS } from '../../core/model/encoders.js';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../../core/features/feature-names.js';
import type { Normalisation } from '../../core/features/normalisation.js';
import type { ModelRuntime } from '../../core/model/runtime.js';
import type { ScoringTables } from '../../core/model/scorer.js';
import type { TableBlend } from '../../core/model/table-blend.js';
import { contributionsOf } from '../../core/model/contributions.js';
import { similarityIn } from '../../core/model/item-similarity.js';
import { createModelScorer } from '../../core/model/model-scorer.js';
import { createSessionScorer } from '../../core/model/session-scores.js';
import { invalidModel } from '../../core/model/weight-spec.js';
import type { EventLog } from '../event-log.js';
import { runLayers } from './dense-layers.js';
import type { FittedRanker } from './ranker.js';
import type { FittedSession } from './session-model.js';
import type { FittedTables } from './tables.js';

/** The ranker and, where it earned its bytes, the session model. */
export interface FittedModels {
  readonly ranker: FittedRanker;
  readonly session?: FittedSession | undefined;
}

/** Everything that a bundle is made of. */
export interface FittedBundle {
  readonly log: EventLog['kind'];
  readonly tables: FittedTables;
  readonly blend?: TableBlend | undefined;
  /** absent in a table-only bundle */
  readonly models?: FittedModels;
}

/** What candidates are made from. */
export function toScoringTables(
  log: EventLog['kind'],
  { index, neighbours }: FittedTables,
  session?: FittedSession,
): ScoringTables {
  if (!session) return { log, index, neighbours };
  const { itemTable, behaviour, encode: encodeSession } = session;
  const scoreSession = createSessionScorer({ index, encoders: ENCODERS, itemTable, behaviour, encodeSession });
  return { log, index, neighbours, scoreSession };
}

/** Runs fitted models without TF.js: it measures a fit several times faster, with the same answers. */
export function createFittedRuntime({ session, ranker }: FittedModels): ModelRuntime {
  return {
    encoders: ENCODERS,
    contributionsOf,
    createModelScorer,
    similarityIn,
    createSessionScorer,
    name: 'fit',
    encodeSession(rows, behaviour) {
      if (!session) throw invalidModel('it has no session model');
      return session.encode(rows, behaviour);
    },
    rankCandidates: (features, candidates) => runLayers(ranker.layers, features, candidates),
    tensorCount: () => 0,
    dispose() {},
  };
}

/** The normalisations of a bundle; without a model every feature that it would read is constant. */
export function normalisationsOf({ models }: FittedBundle): { behaviour: Normalisation; candidate: Normalisation } {
  return {
    behaviour: models?.session?.behaviour ?? constant(BEHAVIOUR_FEATURES),
    candidate: models?.ranker.candidate ?? constant(CANDIDATE_FEATURES),
  };
}

function constant(names: readonly string[]): Normalisation {
  return { names, mean: names.map(() => 0), deviation: names.map(() => 0) };
}
