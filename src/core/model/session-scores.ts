import type { FeatureEncoders } from '../features/encoders.js';
import type { ItemIndex } from '../features/item-index.js';
import { type Normalisation, normalise } from '../features/normalisation.js';
import type { SessionState } from '../features/session-state.js';
import { type ItemTable, scoreItems } from './item-table.js';
import { writeSessionMean } from './session-mean.js';

/** What a session model and its embeddings say of the whole catalogue, `[count + 1]` each. */
export interface SessionScores {
  readonly lstm: Float32Array;
  /** nearness to the weighted mean of what was touched */
  readonly mean: Float32Array;
  /** nearness to the last item */
  readonly lastNear: Float32Array;
}

/** @returns scratch of the next call; nothing where there is nothing to score */
export type SessionScorer = (state: SessionState) => SessionScores | undefined;

export interface SessionScoring {
  readonly index: ItemIndex;
  readonly encoders: FeatureEncoders;
  readonly itemTable: ItemTable;
  readonly behaviour: Normalisation;
  /** `[steps]`, `[steps, BEHAVIOUR_FEATURES.length]` normalised → `[dim]` */
  encodeSession(rows: Int32Array, behaviour: Float32Array): Float32Array;
}

/** Creates the function that scores the catalogue by a session. */
export function createSessionScorer({ index, encoders, itemTable, behaviour, encodeSession }: SessionScoring): SessionScorer {
  const scratch = (): Float32Array => new Float32Array(index.count + 1);
  const scores = { lstm: scratch(), mean: scratch(), lastNear: scratch() };
  const direction = new Float32Array(itemTable.dim);
  return (state) => {
    const steps = encoders.encodeSteps(state, index);
    if (steps.rows.length === 0) return undefined;
    scoreItems(itemTable, encodeSession(steps.rows, normalise(steps.behaviour, behaviour)), scores.lstm);
    writeSessionMean(steps.rows, itemTable, direction);
    scoreItems(itemTable, direction, scores.mean);
    writeSessionMean(steps.rows.subarray(-1), itemTable, direction);
    scoreItems(itemTable, direction, scores.lastNear);
    return scores;
  };
}
