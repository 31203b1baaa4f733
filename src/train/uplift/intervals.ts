import { bisect, normalQuantile } from './distributions.js';

/** What an arm's values come down to. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** of the sample, by count − 1 */
  readonly variance: number;
  /** third central moment: how far the values lean to the large ones */
  readonly third: number;
  /** fourth central moment: how far a few values decide the variance */
  readonly fourth: number;
  /** the values are 0 and 1, whose spread follows from their mean */
  readonly isShare: boolean;
}

/** A figure with its 95 % interval; an end may be infinite. */
export interface Range {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const Z = normalQuantile(0.975);
/** How far the arms' relative spreads are thought to differ, as a share of the variance. */
const SPREAD_TOLERANCE = 0.2;

/** Sums up values. @param zeros further values, all 0: visitors who ordered nothing */
export function momentsOf(values: readonly number[], zeros = 0): Moments {
  const count = values.length + zeros;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  let [second, third, fourth] = [zeros * mean ** 2, -zeros * mean ** 3, zeros * mean ** 4];
  let isShare = true;
  for (const value of values) {
    const away = value - mean;
    second += away ** 2;
    third += away ** 3;
    fourth += away ** 4;
    isShare &&= value === 0 || value === 1;
  }
  return { count, mean, variance: second / (count - 1), third: third / count, fourth: fourth / count, isShare };
}

/** One mean with its interval. */
export function meanRange({ count, mean, variance }: Moments): Range {
  const half = Z * Math.sqrt(variance / count);
  return { value: mean, low: mean - half, high: mean + half };
}

/** A pair of arms, the spread of each estimated with the other's help. */
type Arms = readonly [treatment: Estimate, holdout: Estimate];

interface Estimate extends Pick<Moments, 'count' | 'mean' | 'variance' | 'third'> {
  /** how far the variance is the arm's own, 0–1 */
  readonly own: number;
}

/** The difference of two means, treatment − holdout. */
export function differenceOf(treatment: Moments, holdout: Moments): Range {
  const { value, error, shift } = contrast(estimate(treatment, holdout), 1);
  return { value, low: value - error * (shift + Z), high: value - error * (shift - Z) };
}

/**
 * The ratio of two means: all ratios for which `treatment − ratio × holdout` cannot be told from 0 by the statistic of the difference, so that the
 * two intervals never disagree on whether there is an effect.
 *
 * @see E. C. Fieller, JRSS B 16 (1954)
 */
export function ratioOf(treatment: Moments, holdout: Moments): Range {
  const arms = estimate(treatment, holdout);
  const value = treatment.mean / holdout.mean;
  /** rises with the ratio */
  const excess = (ratio: number): number => {
    const { value: left, error, shift } = contrast(arms, ratio);
    return error === 0 ? 0 : shift - left / error;
  };
  const most = Math.max(value, 1) * 1e3;
  const low = excess(0) >= -Z ? 0 : bisect((ratio) => excess(ratio) + Z, [0, value]);
  const high = excess(most) <= Z ? Number.POSITIVE_INFINITY : bisect((ratio) => excess(ratio) - Z, [value, most]);
  return { value, low, high };
}

/**
 * Estimates the arms' spreads. Order values lean far to the right, so that a few hundred of them tell their own spread badly, and too low exactly when
 * their mean is too low. A small arm therefore borrows the spread, relative to the mean, of both arms together, and less of it the more orders it has.
 */
function estimate(treatment: Moments, holdout: Moments): Arms {
  const total = treatment.count + holdout.count;
  const pooled = (of: (arm: Moments) => number): number =>
    (treatment.count * of(treatment) + holdout.count * of(holdout)) / total;
  const relative = pooled(({ variance, mean }) => variance / mean ** 2);
  const lean = pooled(({ third, variance }) => third / variance ** 1.5);
  const peak = pooled(({ fourth, variance }) => fourth / variance ** 2);
  const shrink = (arm: Moments): Estimate => {
    if (arm.isShare || !(relative < Number.POSITIVE_INFINITY && peak > 1)) return { ...arm, own: 1 };
    const own = SPREAD_TOLERANCE ** 2 / (SPREAD_TOLERANCE ** 2 + (peak - 1) / arm.count);
    const variance = own * arm.variance + (1 - own) * relative * arm.mean ** 2;
    return { ...arm, own, variance, third: lean * variance ** 1.5 };
  };
  return [shrink(treatment), shrink(holdout)];
}

/**
 * `treatment − ratio × holdout`, its standard error, and how far skewness shifts the statistic: by the first terms of Cornish and Fisher, of which one
 * comes from the mean's own skewness and one from a variance that is estimated from the same values.
 *
 * @see P. Hall, The Bootstrap and Edgeworth Expansion (1992), 2.6
 */
function contrast([treatment, holdout]: Arms, ratio: number) {
  const error = Math.sqrt(treatment.variance / treatment.count + (ratio ** 2 * holdout.variance) / holdout.count);
  const shiftBy = ({ third, count, own }: Estimate, scale: number): number =>
    ((scale * third) / count ** 2) * ((Z ** 2 - 1) / 6 - (own * Z ** 2) / 2);
  const lean = shiftBy(treatment, 1) + shiftBy(holdout, -(ratio ** 3));
  return { value: treatment.mean - ratio * holdout.mean, error, shift: error > 0 ? lean / error ** 3 : 0 };
}
