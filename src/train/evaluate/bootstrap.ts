import { createRandom } from '../fit/random.js';

/** A mean with its 95 % interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/**
 * Mean of one value a query with a percentile bootstrap interval, resampling sessions: queries of one session are not independent.
 * Give it the difference of two methods on the same queries and it is paired.
 *
 * @param sessions the session of each value
 * @see Efron & Tibshirani 1993
 */
export function bootstrap(values: ArrayLike<number>, sessions: readonly string[], seed: number): Interval {
  const groups = new Map<string, { sum: number; count: number }>();
  for (const [i, session] of sessions.entries()) {
    const group = groups.get(session) ?? { sum: 0, count: 0 };
    group.sum += values[i] as number;
    group.count++;
    groups.set(session, group);
  }
  const units = [...groups.values()];
  if (units.length === 0) return { mean: 0, low: 0, high: 0 };
  const random = createRandom(seed, 'bootstrap');
  const means = new Float64Array(RESAMPLES);
  for (let r = 0; r < RESAMPLES; r++) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < units.length; i++) {
      const unit = units[random.below(units.length)] as { sum: number; count: number };
      sum += unit.sum;
      count += unit.count;
    }
    means[r] = sum / count;
  }
  means.sort();
  const total = units.reduce((sum, unit) => sum + unit.sum, 0);
  const at = (share: number) => means[Math.round(share * (RESAMPLES - 1))] as number;
  return { mean: total / sessions.length, low: at(0.025), high: at(0.975) };
}
