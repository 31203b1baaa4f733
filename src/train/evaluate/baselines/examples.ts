// In: sessions. Out: labelled candidates of questions that their last fifth asks, for the learned baselines. Runs in Node.
import { createRandom } from '../../fit/random.js';
import { TRAIN_SHARE } from '../../settings.js';
import { makeQueries } from '../make-queries.js';
import type { FitAbout } from './baseline.js';
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

/** Draws candidates of the last fifth of the sessions, described by co-occurrence in those before: what a model reads is never what it was counted from. */
export function drawExamples({ log, range, protocol, seed }: FitAbout): Examples {
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
