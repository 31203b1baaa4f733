import { createEase, EASE_MAX_ITEMS } from '../../fit/ease.js';
import { excludedOf, type Query } from '../query.js';
import { bestOf, type Recommender } from '../recommender.js';
import type { EaseModel, FitData } from './baseline.js';
import type { SessionSets } from './session-sets.js';

export interface EaseSettings {
  /** λ, added to the diagonal of the co-occurrence counts */
  readonly ridge: number;
}

/** EASE^R as a baseline: the weights of what is shown, added up. */
export function createEaseBaseline({ sets, ease }: FitData, { ridge }: EaseSettings): Recommender {
  const model = ease(ridge);
  return {
    name: 'ease',
    recommend(query, k) {
      return bestItems(sets, model, { scores: model.score(query), query, k });
    },
  };
}

/** The best k of a model's items that the query does not rule out. @param scores `[items]`, overwritten */
export function bestItems(
  sets: SessionSets,
  { items }: EaseModel,
  { scores, query, k }: { scores: Float64Array; query: Query; k: number },
) {
  const excluded = excludedOf(query);
  const idOf = (place: number) => sets.itemIds[items[place] as number] as string;
  if (excluded.size > 0) for (let place = 0; place < items.length; place++) if (excluded.has(idOf(place))) scores[place] = 0;
  const places = Uint32Array.from({ length: items.length }, (_, place) => place);
  return bestOf(scores, places, k).map((place) => ({ itemId: idOf(place), score: scores[place] as number }));
}

/**
 * Fits plain EASE^R on the distinct items of each session: the fit of the neighbour table, without its weights and cuts.
 * `openTensorflow` must have been awaited.
 *
 * @see Steck 2019, https://arxiv.org/abs/1905.03375
 */
export function fitEase(sets: SessionSets, ridge: number): EaseModel {
  const soldBy = (item: number) => sets.sessionsOf(item).length;
  const sold = Array.from(sets.itemIds.keys()).filter((item) => soldBy(item) > 0);
  const items = Uint32Array.from(sold.sort((a, b) => soldBy(b) - soldBy(a) || a - b).slice(0, EASE_MAX_ITEMS));
  const rowOf = new Map(Array.from(items, (item, place) => [item, place + 1]));
  const shape = { ridge, inflation: 0, targetPower: 0, lengthPower: 0 };
  const weigh = createEase(
    toRows(sets, rowOf),
    items.map((item) => soldBy(item)),
    { size: items.length, shape },
  );
  const weights = new Float32Array(items.length + 1);
  const scores = new Float64Array(items.length);
  return {
    items,
    score({ shown }) {
      scores.fill(0);
      for (const itemId of shown) {
        const row = rowOf.get(sets.numberOf(itemId));
        if (row === undefined) continue;
        weigh(row, weights);
        weights[row] = 0;
        for (let place = 0; place < scores.length; place++) {
          scores[place] = (scores[place] as number) + (weights[place + 1] as number);
        }
      }
      return scores;
    },
  };
}

/** Sessions as the table fits read them, all counting alike. */
function toRows(sets: SessionSets, rowOf: ReadonlyMap<number, number>) {
  const starts = new Uint32Array(sets.sessions + 1);
  const rows: number[] = [];
  for (let session = 0; session < sets.sessions; session++) {
    for (const item of sets.itemsOf(session)) {
      const row = rowOf.get(item);
      if (row !== undefined) rows.push(row);
    }
    starts[session + 1] = rows.length;
  }
  const visitors = new Uint32Array(sets.sessions);
  return { count: sets.sessions, starts, rows: Uint32Array.from(rows), decay: new Float64Array(sets.sessions).fill(1), visitors };
}
