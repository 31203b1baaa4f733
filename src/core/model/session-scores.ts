import type { encodeSteps } from '../features/encode-steps.js';
import type { ItemIndex } from '../features/item-index.js';
import type { Normalisation, normalise } from '../features/normalisation.js';
import type { SessionState } from '../features/session-state.js';
import { type ItemTable, scoreItems, scoreRows } from './item-table.js';
import { writeSessionMean } from './session-mean.js';

/** What a session model and its embeddings say of the whole catalogue; the arrays are `[count + 1]`. */
export interface SessionScores {
  readonly lstm: Float32Array;
  /** nearness to the weighted mean of what was touched */
  readonly mean: Float32Array;
  /** nearness of these rows to the last item, `[rows]` */
  lastNear(rows: Int32Array): Float32Array;
}

/** Scores every item by a vector. @returns `[count + 1]`, scratch of its next call; row 0 is −Infinity */
export type ItemScorer = (vector: Float32Array) => Float32Array;

/** @returns scratch of the next call; nothing where there is nothing to score */
export type SessionScorer = (state: SessionState) => SessionScores | undefined;

export interface SessionScoring {
  readonly index: ItemIndex;
  readonly encoders: { readonly encodeSteps: typeof encodeSteps; readonly normalise: typeof normalise };
  readonly itemTable: ItemTable;
  readonly behaviour: Normalisation;
  /** `[steps]`, `[steps, BEHAVIOUR_FEATURES.length]` normalised → `[dim]` */
  encodeSession(rows: Int32Array, behaviour: Float32Array): Float32Array;
  /** where a runtime has a faster one than plain JavaScript */
  createItemScorer?(table: ItemTable): ItemScorer;
}

/** Creates the function that scores the catalogue by a session. */
export function createSessionScorer(scoring: SessionScoring): SessionScorer {
  const { index, encoders, itemTable, behaviour, encodeSession, createItemScorer = plainScorer } = scoring;
  const byModel = createItemScorer(itemTable);
  const byMean = createItemScorer(itemTable);
  const mean = new Float32Array(itemTable.dim);
  const last = new Float32Array(itemTable.dim);
  const lastNear = (rows: Int32Array): Float32Array => scoreRows(itemTable, last, rows);
  return (state) => {
    const { rows, behaviour: raw } = encoders.encodeSteps(state, index);
    if (rows.length === 0) return undefined;
    writeSessionMean(rows, itemTable, mean);
    writeSessionMean(rows.subarray(-1), itemTable, last);
    return { lstm: byModel(encodeSession(rows, encoders.normalise(raw, behaviour))), mean: byMean(mean), lastNear };
  };
}

function plainScorer(table: ItemTable): ItemScorer {
  const scores = new Float32Array(table.count + 1);
  return (vector) => scoreItems(table, vector, scores);
}
