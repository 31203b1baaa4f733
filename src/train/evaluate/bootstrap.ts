import { createRandom } from '../fit/random.js';

/** A mean with its 95 % interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Samples of sessions, drawn once and read by every figure on the same questions: only so are two figures compared on the same samples. */
export interface Resamples {
  /** Mean of one value a query with its percentile interval. */
  intervalOf(values: ArrayLike<number>): Interval;
}

const RESAMPLES = 2000;

/**
 * Draws samples of sessions with replacement: queries of one session are not independent. Give it the difference of two methods on the
 * same queries and the interval is paired.
 *
 * @param sessions the session of each query
 * @see Efron & Tibshirani 1993
 */
export function drawResamples(sessions: readonly string[], seed: number): Resamples {
  const places = new Map<string, number>();
  const unitOf = Uint32Array.from(sessions, (session) => {
    const place = places.get(session) ?? places.size;
    places.set(session, place);
    return place;
  });
  const units = places.size;
  const drawn = countDraws(units, seed);
  const sizes = new Float64Array(units);
  for (const unit of unitOf) sizes[unit] = (sizes[unit] as number) + 1;
  const queries = addUp(drawn, sizes);
  return {
    intervalOf(values) {
      if (units === 0) return { mean: 0, low: 0, high: 0 };
      const sums = new Float64Array(units);
      let total = 0;
      for (const [i, unit] of unitOf.entries()) {
        sums[unit] = (sums[unit] as number) + (values[i] as number);
        total += values[i] as number;
      }
      const means = addUp(drawn, sums)
        .map((sum, r) => sum / (queries[r] as number))
        .sort();
      const at = (share: number) => means[Math.round(share * (RESAMPLES - 1))] as number;
      return { mean: total / sessions.length, low: at(0.025), high: at(0.975) };
    },
  };
}

/** One figure's mean and interval. @param sessions the session of each value */
export function bootstrap(values: ArrayLike<number>, sessions: readonly string[], seed: number): Interval {
  return drawResamples(sessions, seed).intervalOf(values);
}

/** How often each unit is in each sample. @returns `[units, RESAMPLES]` */
function countDraws(units: number, seed: number): Uint8Array {
  const random = createRandom(seed, 'bootstrap');
  const drawn = new Uint8Array(units * RESAMPLES);
  for (let r = 0; r < RESAMPLES; r++) {
    for (let i = 0; i < units; i++) {
      const at = random.below(units) * RESAMPLES + r;
      drawn[at] = (drawn[at] as number) + 1;
    }
  }
  return drawn;
}

/** Adds a unit's value as often as it was drawn; most values are 0 and cost nothing. @returns `[RESAMPLES]` */
function addUp(drawn: Uint8Array, values: Float64Array): Float64Array {
  const sums = new Float64Array(RESAMPLES);
  for (const [unit, value] of values.entries()) {
    if (value === 0) continue;
    const from = unit * RESAMPLES;
    for (let r = 0; r < RESAMPLES; r++) sums[r] = (sums[r] as number) + value * (drawn[from + r] as number);
  }
  return sums;
}
