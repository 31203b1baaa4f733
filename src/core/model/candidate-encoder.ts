// In: candidates and what tables and model say of them. Out: their raw features. It comes with a model's runtime: the tables alone need none.
import { encodeCandidates, type SessionView } from '../features/encode-candidates.js';
import { maxLift, sumLift } from './lift.js';
import type { ItemIndex } from '../features/item-index.js';
import type { NeighbourTable } from './neighbour-table.js';
import type { SessionScores } from './session-scores.js';

/** A weighted set of rows: the query of a neighbour table, heaviest or newest first. */
export interface Query {
  readonly rows: number[];
  readonly weights: number[];
}

/** What a session asks the tables. */
export interface Queries {
  readonly cart: Query;
  readonly recent: Query;
  readonly history: Query;
}

/** What each table says of the whole catalogue, `[count + 1]`: scratch of the next call. */
export interface Lifts {
  readonly cart: Float32Array;
  readonly recent: Float32Array;
  readonly history: Float32Array;
}

/** The candidates of one session, and whence they come. */
export interface FoundCandidates {
  readonly rows: Int32Array;
  readonly queries: Queries;
  readonly lifts: Lifts;
  readonly model: SessionScores | undefined;
}

/** Creates the function that encodes candidates. @returns `[candidates, CANDIDATE_FEATURES.length]`, raw. It keeps scratch memory: one at a time */
export function createCandidateEncoder({
  index,
  neighbours,
}: {
  index: ItemIndex;
  neighbours: NeighbourTable;
}): (found: FoundCandidates, view: SessionView) => Float32Array {
  const cartMax = new Float32Array(index.count + 1);
  const last = new Float32Array(index.count + 1);
  return ({ rows, queries, lifts, model }, view) => {
    maxLift(neighbours, queries.cart.rows, cartMax);
    sumLift(neighbours, { rows: queries.recent.rows.slice(0, 1), weights: [1] }, last);
    const gather = (from: Float32Array | undefined): Float32Array => {
      const found = new Float32Array(rows.length);
      // A loop: `Float32Array.from` with a function takes ten times as long.
      if (from) for (let i = 0; i < rows.length; i++) found[i] = from[rows[i] as number] as number;
      return found;
    };
    const scores = {
      lstm: gather(model?.lstm),
      mean: gather(model?.mean),
      lastNear: model?.lastNear(rows) ?? gather(undefined),
      cartLift: gather(lifts.cart),
      cartLiftMax: gather(cartMax),
      recentLift: gather(lifts.recent),
      lastLift: gather(last),
      historyLift: gather(lifts.history),
    };
    return encodeCandidates(rows, scores, view);
  };
}
