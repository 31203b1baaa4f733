import type { Normalisation } from '../../core/features/normalisation.js';

/** A spread below this is rounding, not variance. */
const LEAST_DEVIATION = 1e-5;

/** Fits mean and standard deviation of each column of `[rows, names.length]`; a column without variance gets deviation 0: it is constant. */
export function fitNormalisation(names: readonly string[], values: Float32Array): Normalisation {
  const width = names.length;
  const rows = Math.max(1, values.length / width);
  const sums = new Float64Array(width);
  for (let i = 0; i < values.length; i++) sums[i % width] = (sums[i % width] as number) + (values[i] as number);
  const mean = Array.from(sums, (sum) => sum / rows);
  const squares = new Float64Array(width);
  for (let i = 0; i < values.length; i++) {
    squares[i % width] = (squares[i % width] as number) + ((values[i] as number) - (mean[i % width] as number)) ** 2;
  }
  const deviation = Array.from(squares, (sum) => {
    const spread = Math.sqrt(sum / rows);
    return spread < LEAST_DEVIATION ? 0 : spread;
  });
  return { names, mean, deviation };
}
