import { columnOf, WIDTH } from './candidate-columns.js';
import type { CandidateFeature } from './feature-names.js';

/** A thousandth of the best score and 0 are alike to the logarithm. */
const LEAST_SHARE = 1e-3;
const LEAST_LOG = Math.log(LEAST_SHARE);

/**
 * Scores as shares of the best one (so a session's scale does not matter), as places, 1 / log2(1 + place), and as logarithms of the share
 * from 0 to 1; 0 where the score is not above 0.
 */
export function writeScores(
  features: Float32Array,
  scores: Float32Array,
  { share, place, log }: { share: CandidateFeature; place?: CandidateFeature; log?: CandidateFeature },
): void {
  let best = 0;
  for (let i = 0; i < scores.length; i++) best = Math.max(best, Math.abs(scores[i] as number));
  if (best === 0) return;
  const shareAt = columnOf(share);
  const logAt = log && columnOf(log);
  for (let i = 0; i < scores.length; i++) {
    const value = (scores[i] as number) / best;
    features[i * WIDTH + shareAt] = value;
    if (logAt) features[i * WIDTH + logAt] = 1 - Math.log(Math.max(LEAST_SHARE, value)) / LEAST_LOG;
  }
  if (place) writePlaces(features, scores, columnOf(place));
}

/** Writes the place of each score above 0, best first, ties by candidate. */
function writePlaces(features: Float32Array, scores: Float32Array, column: number): void {
  const count = scores.length;
  // A score above 0 sorts as its bits do, and numbers sort many times as fast as what has to be compared by a function.
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, count);
  const keys = new Float64Array(count);
  let placed = 0;
  for (let i = 0; i < count; i++) if ((scores[i] as number) > 0) keys[placed++] = (2 ** 32 - (bits[i] as number)) * count + i;
  keys.subarray(0, placed).sort();
  for (let rank = 0; rank < placed; rank++) {
    features[((keys[rank] as number) % count) * WIDTH + column] = 1 / Math.log2(2 + rank);
  }
}
