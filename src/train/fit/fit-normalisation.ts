import type { Normalisation } from '../../core/features/normalisation.js';

/** A spread below this is rounding, not variance. */
const LEAST_DEVIATION = 1e-5;

/**
 * Fits mean and standard deviation of each column over blocks of `[rows, names.length]`; a column without variance gets deviation 0:
 * it is constant.
 */
export function fitNormalisation(names: readonly string[], blocks: readonly Float32Array[]): Normalisation {
  const width = names.length;
  const rows = Math.max(1, blocks.reduce((sum, { length }) => sum + length, 0) / width);
  const sums = new Float64Array(width);
  for (const block of blocks) addColumns(block, sums, (value) => value);
  const mean = Array.from(sums, (sum) => sum / rows);
  const squares = new Float64Array(width);
  for (const block of blocks) addColumns(block, squares, (value, column) => (value - (mean[column] as number)) ** 2);
  const deviation = Array.from(squares, (sum) => {
    const spread = Math.sqrt(sum / rows);
    return spread < LEAST_DEVIATION ? 0 : spread;
  });
  return { names, mean, deviation };
}

/** Marks more features as constant: they are fed as 0 though they varied. */
export function holdConstant(normalisation: Normalisation, isConstant: (name: string) => boolean): Normalisation {
  const { names, deviation } = normalisation;
  return { ...normalisation, deviation: deviation.map((spread, i) => (isConstant(names[i] as string) ? 0 : spread)) };
}

function addColumns(block: Float32Array, sums: Float64Array, term: (value: number, column: number) => number): void {
  const width = sums.length;
  for (let i = 0; i < block.length; i++) {
    const column = i % width;
    sums[column] = (sums[column] as number) + term(block[i] as number, column);
  }
}
