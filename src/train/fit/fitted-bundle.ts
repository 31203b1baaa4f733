import { ENCODERS } from '../../core/features/encoders.js';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../../core/features/feature-names.js';
import type { Normalisation } from '../../core/features/normalisation.js';
import type { ModelRuntime } from '../../core/model/runtime.js';
import type { ScoringTables } from '../../core/model/scorer.js';
import type { TableBlend } from '../../core/model/table-blend.js';
import type { EventLog } from '../event-log.js';
import { runLayers } from './dense-layers.js';
import type { FittedRanker } from './ranker.js';
import type { FittedSession } from './session-model.js';
import type { FittedTables } from './tables.js';

/** Everything that a bundle is made of. */
export interface FittedBundle {
  readonly log: EventLog['kind'];
  readonly tables: FittedTables;
  readonly blend?: TableBlend | undefined;
  /** absent in a table-only bundle */
  readonly models?: { readonly session: FittedSession; readonly ranker: FittedRanker };
}

/** What candidates are made from. */
export function toScoringTables(
  log: EventLog['kind'],
  { index, neighbours }: FittedTables,
  session?: FittedSession,
): ScoringTables {
  if (!session) return { log, index, neighbours };
  return { log, index, neighbours, itemTable: session.itemTable, behaviour: session.behaviour, encodeSession: session.encode };
}

/** Runs fitted models without TF.js: it measures a fit several times faster, with the same answers. */
export function createFittedRuntime({ session, ranker }: NonNullable<FittedBundle['models']>): ModelRuntime {
  return {
    encoders: ENCODERS,
    name: 'fit',
    encodeSession: (rows, behaviour) => session.encode(rows, behaviour),
    rankCandidates: (features, candidates) => runLayers(ranker.layers, features, candidates),
    tensorCount: () => 0,
    dispose() {},
  };
}

/** The normalisations of a bundle; without models every feature is constant. */
export function normalisationsOf({ models }: FittedBundle): { behaviour: Normalisation; candidate: Normalisation } {
  return {
    behaviour: models?.session.behaviour ?? constant(BEHAVIOUR_FEATURES),
    candidate: models?.ranker.candidate ?? constant(CANDIDATE_FEATURES),
  };
}

function constant(names: readonly string[]): Normalisation {
  return { names, mean: names.map(() => 0), deviation: names.map(() => 0) };
}
