// In: sessions. Out: a recommender that orders candidates by a classifier fitted on questions of their last fifth. Runs in Node.
import { bestOf, type Recommender } from '../recommender.js';
import type { FitData } from './baseline.js';
import { drawExamples, type Examples } from './examples.js';
import { PAIR_FEATURES } from './pair-features.js';

/** Scores one row of features; higher is likelier. @param from where the row begins */
export type Classifier = (features: Float64Array, from: number) => number;

/** Fits a classifier on a range's examples and answers with the co-occurrence of all of it. */
export function createLearned(name: string, data: FitData, fitClassifier: (examples: Examples) => Classifier): Recommender {
  const classify = fitClassifier(data.once('examples', () => drawExamples(data)));
  return {
    name,
    recommend(query, k) {
      const { itemIds, features } = data.candidatesOf(query);
      const scores = Float64Array.from(itemIds, (_, i) => 1 / (1 + Math.exp(-classify(features, i * PAIR_FEATURES.length))));
      return bestOf(scores, Uint32Array.from(scores.keys()), k).map((i) => ({
        itemId: itemIds[i] as string,
        score: scores[i] as number,
      }));
    },
  };
}
