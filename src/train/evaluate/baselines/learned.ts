// In: sessions. Out: a recommender that orders candidates by a classifier fitted on questions of their last fifth. Runs in Node.
import { TRAIN_SHARE } from '../../settings.js';
import { createRandom } from '../../fit/random.js';
import { makeQueries } from '../make-queries.js';
import { bestOf, type Recommender } from '../recommender.js';
import type { FitData } from './baseline.js';
import { toFitData } from './fit-data.js';
import { createPairFeatures, PAIR_FEATURES } from './pair-features.js';

const QUESTIONS = 2000;
/** Wrong answers drawn for each right one. */
const WRONG = 40;

/** Labelled candidates. */
export interface Examples {
  /** `[examples, width]` */
  readonly features: Float64Array;
  /** `[examples]` 1 = the answer */
  readonly labels: Uint8Array;
  readonly width: number;
}

/** Scores one row of features; higher is likelier. @param from where the row begins */
export type Classifier = (features: Float64Array, from: number) => number;

/**
 * Fits a classifier on candidates of the last fifth of the sessions, described by co-occurrence in those before, and answers with
 * the co-occurrence of all of them: what a model reads is never what it was counted from.
 */
export function createLearned(name: string, data: FitData, fitClassifier: (examples: Examples) => Classifier): Recommender {
  const classify = fitClassifier(drawExamples(data));
  const describe = createPairFeatures(data);
  return {
    name,
    recommend(query, k) {
      const { itemIds, features } = describe(query);
      const scores = Float64Array.from(itemIds, (_, i) => 1 / (1 + Math.exp(-classify(features, i * PAIR_FEATURES.length))));
      const best = bestOf(
        scores,
        itemIds.map((_, i) => i),
        k,
      );
      return best.map((i) => ({ itemId: itemIds[i] as string, score: scores[i] as number }));
    },
  };
}

function drawExamples({ log, range, protocol, seed }: FitData): Examples {
  const cut = range.from + Math.floor((range.to - range.from) * TRAIN_SHARE);
  const earlier = toFitData({ log, range: { from: range.from, to: cut }, protocol, seed });
  const isKnown = (itemId: string) => earlier.sets.numberOf(itemId) !== -1;
  const queries = makeQueries(log, { from: cut, to: range.to }, { protocol, seed, isKnown, maxQueries: QUESTIONS });
  const describe = createPairFeatures(earlier);
  const random = createRandom(seed, 'examples');
  const width = PAIR_FEATURES.length;
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  for (const query of queries) {
    const { itemIds, features } = describe(query);
    const answer = itemIds.indexOf(query.target);
    if (answer === -1) continue;
    const wrong = Array.from({ length: WRONG }, () => random.below(itemIds.length)).filter((i) => i !== answer);
    for (const i of [answer, ...new Set(wrong)]) {
      rows.push(features.slice(i * width, (i + 1) * width));
      labels.push(i === answer ? 1 : 0);
    }
  }
  const features = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) features.set(row, i * width);
  return { features, labels: Uint8Array.from(labels), width };
}
