import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../../core/features/feature-names.js';
import type { Normalisation } from '../../core/features/normalisation.js';
import { scoreItems } from '../../core/model/item-table.js';
import type { Golden } from '../../core/model/manifest.schema.js';
import type { NeighbourTable } from '../../core/model/neighbour-table.js';
import { runLayers } from '../fit/dense-layers.js';
import type { FittedBundle } from '../fit/fitted-bundle.js';
import { createRandom, type Random } from '../fit/random.js';
import type { FittedSession } from '../fit/session-model.js';

const GOLDENS = 5;
/** Steps of a golden grow from 1 to this. */
const MAX_GOLDEN_STEPS = 9;
const TOP = 5;

/**
 * Records what the models answer to made-up sessions: walks along the public neighbour table with drawn behaviour. Real sessions
 * would do as well, but a bundle is public and holds nothing of one visitor.
 */
export function makeGoldens({ models, tables }: FittedBundle, seed: number): Golden[] {
  if (!models) return [];
  const { session, ranker } = models;
  const random = createRandom(seed, 'goldens');
  return Array.from({ length: GOLDENS }, (_, i): Golden => {
    const steps = 1 + Math.round((i * (MAX_GOLDEN_STEPS - 1)) / (GOLDENS - 1));
    const answered = session ? answerOf(session, { tables, steps, random }) : { rows: [], behaviour: [], top: [], scores: [] };
    const features = drawNormalised(ranker.candidate, CANDIDATE_FEATURES.length, random);
    return { ...answered, features: written(features), affinity: rounded(runLayers(ranker.layers, features, 1)[0] as number) };
  });
}

function answerOf(
  session: FittedSession,
  { tables, steps, random }: Pick<FittedBundle, 'tables'> & { readonly steps: number; readonly random: Random },
): Pick<Golden, 'rows' | 'behaviour' | 'top' | 'scores'> {
  const rows = walk(tables.neighbours, steps, random);
  const behaviour = drawNormalised(session.behaviour, steps * BEHAVIOUR_FEATURES.length, random);
  const scores = scoreItems(session.itemTable, session.encode(rows, behaviour));
  const top = [...scores.keys()]
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
    .slice(0, Math.min(TOP, tables.index.count));
  return { rows: [...rows], behaviour: written(behaviour), top, scores: top.map((row) => rounded(scores[row] as number)) };
}

function walk({ starts, rows }: NeighbourTable, steps: number, random: Random): Int32Array {
  const count = starts.length - 2;
  const path = new Int32Array(steps);
  for (let step = 0; step < steps; step++) {
    const from = (step > 0 ? path[step - 1] : 0) as number;
    const begin = starts[from] as number;
    const neighbours = (starts[from + 1] as number) - begin;
    path[step] = neighbours > 0 ? (rows[begin + random.below(neighbours)] as number) : 1 + random.below(count);
  }
  return path;
}

/** Values as `normalise` gives them: 0 where the feature is constant. */
function drawNormalised({ deviation }: Normalisation, length: number, random: Random): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const value = random.normal();
    return (deviation[i % deviation.length] as number) > 0 ? rounded(Math.max(-5, Math.min(5, value))) : 0;
  }).map((value) => Math.fround(rounded(value)));
}

/** The same numbers in as few digits as say them: 0.2148, where a float32 spells out 0.21480000019073486. */
function written(values: Float32Array): number[] {
  return Array.from(values, rounded);
}

/** To four places: a manifest is read before anything else and stays small. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
