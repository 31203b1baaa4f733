import { invert } from '../../fit/invert.js';
import { excludedOf, type Query } from '../query.js';
import { bestOf, type Recommender } from '../recommender.js';
import type { EaseModel, FitData } from './baseline.js';
import type { SessionSets } from './session-sets.js';

/** The inverse costs size³: beyond this only the most sold items are fitted. */
export const EASE_MAX_ITEMS = 6000;

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
  { items, places, placeOf }: Omit<EaseModel, 'score'>,
  { scores, query, k }: { scores: Float64Array; query: Query; k: number },
) {
  for (const itemId of excludedOf(query)) {
    const place = placeOf(itemId);
    if (place !== undefined) scores[place] = 0;
  }
  return bestOf(scores, places, k).map((place) => ({
    itemId: sets.itemIds[items[place] as number] as string,
    score: scores[place] as number,
  }));
}

/** Items of a linear model and how often they are in one session, two by two. */
export interface Gram {
  /** item numbers, most sold first; at most `EASE_MAX_ITEMS`: the inverse costs their number to the third */
  readonly items: Uint32Array;
  placeOf(itemId: string): number | undefined;
  /** `[items, items]` weighted sessions that hold both */
  readonly counts: Float32Array;
}

/** Counts the sessions that hold two items. @param weightOf a session's weight, default 1 */
export function toGram(sets: SessionSets, weightOf: (session: number, size: number) => number = () => 1): Gram {
  const soldBy = (item: number) => sets.sessionsOf(item).length;
  const sold = Array.from(sets.itemIds.keys()).filter((item) => soldBy(item) > 0);
  const items = Uint32Array.from(sold.sort((a, b) => soldBy(b) - soldBy(a) || a - b).slice(0, EASE_MAX_ITEMS));
  const places = new Map(Array.from(items, (item, place) => [item, place]));
  const counts = new Float32Array(items.length ** 2);
  for (let session = 0; session < sets.sessions; session++) {
    const held = Array.from(sets.itemsOf(session), (item) => places.get(item)).filter((place) => place !== undefined);
    const weight = weightOf(session, held.length);
    for (const a of held) {
      const from = a * items.length;
      for (const b of held) counts[from + b] = (counts[from + b] as number) + weight;
    }
  }
  return { items, placeOf: (itemId) => places.get(sets.numberOf(itemId)), counts };
}

export interface Ridge extends EaseSettings {
  /** share by which the diagonal is raised besides */
  readonly inflation?: number;
}

/**
 * The weights of EASE^R, from (row) to (column); the diagonal is 0. `openTensorflow` must have been awaited.
 *
 * @returns `[items, items]`
 * @see Steck 2019, https://arxiv.org/abs/1905.03375
 */
export function easeWeights({ items: { length: size }, counts }: Gram, { ridge, inflation = 0 }: Ridge): Float32Array {
  const weights = counts.slice();
  for (let i = 0; i < size; i++) weights[i * size + i] = (weights[i * size + i] as number) * (1 + inflation) + ridge;
  invert(weights, size);
  const diagonal = Float64Array.from({ length: size }, (_, i) => weights[i * size + i] as number);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) weights[i * size + j] = -(weights[i * size + j] as number) / (diagonal[j] as number);
    weights[i * size + i] = 0;
  }
  return weights;
}

/** Fits plain EASE^R on the distinct items of each session: the fit of the neighbour table, without its weights and cuts. */
export function fitEase(gram: Gram, ridge: number): EaseModel {
  const { items, placeOf } = gram;
  const weights = easeWeights(gram, { ridge });
  const scores = new Float64Array(items.length);
  return {
    items,
    places: Uint32Array.from(items.keys()),
    placeOf,
    score({ shown }) {
      scores.fill(0);
      for (const itemId of shown) {
        const from = (placeOf(itemId) ?? -1) * items.length;
        if (from < 0) continue;
        for (let place = 0; place < scores.length; place++) {
          scores[place] = (scores[place] as number) + (weights[from + place] as number);
        }
      }
      return scores;
    },
  };
}
