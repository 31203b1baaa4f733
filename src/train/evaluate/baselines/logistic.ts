import type { FitData } from './baseline.js';
import type { Recommender } from '../recommender.js';
import type { Examples } from './examples.js';
import { type Classifier, createLearned } from './learned.js';

export interface LogisticSettings {
  /** ridge on the weights of the standardised features, per example */
  readonly ridge: number;
}

/** Newton's method squares its error: this many steps settle a few weights. */
const STEPS = 12;

/** Logistic regression on co-occurrence features. @see Cox 1958; Bishop 2006, §4.3.3 (iterative reweighted least squares) */
export function createLogistic(data: FitData, settings: LogisticSettings): Recommender {
  return createLearned('logistic', data, (examples) => fitLogistic(examples, settings));
}

/** Fits the weights; the classifier's score is the log-odds. */
export function fitLogistic({ features, labels, width }: Examples, { ridge }: LogisticSettings): Classifier {
  const { mean, scale } = standardisation({ features, labels, width });
  const size = width + 1;
  const weights = new Float64Array(size);
  const row = new Float64Array(size);
  const read = (source: Float64Array, from: number) => {
    row[width] = 1;
    for (let d = 0; d < width; d++) row[d] = ((source[from + d] as number) - (mean[d] as number)) * (scale[d] as number);
    return row.reduce((sum, value, d) => sum + value * (weights[d] as number), 0);
  };
  for (let step = 0; step < STEPS; step++) {
    const hessian = new Float64Array(size * size);
    const gradient = new Float64Array(size);
    for (let i = 0; i < labels.length; i++) {
      const chance = 1 / (1 + Math.exp(-read(features, i * width)));
      addOuter(hessian, row, chance * (1 - chance));
      for (let d = 0; d < size; d++)
        gradient[d] = (gradient[d] as number) + ((labels[i] as number) - chance) * (row[d] as number);
    }
    for (let d = 0; d < width; d++) {
      hessian[d * size + d] = (hessian[d * size + d] as number) + ridge * labels.length;
      gradient[d] = (gradient[d] as number) - ridge * labels.length * (weights[d] as number);
    }
    const move = solve(hessian, gradient);
    for (let d = 0; d < size; d++) weights[d] = (weights[d] as number) + (move[d] as number);
  }
  return read;
}

function addOuter(matrix: Float64Array, row: Float64Array, weight: number): void {
  const size = row.length;
  for (let i = 0; i < size; i++) {
    const value = weight * (row[i] as number);
    for (let j = 0; j < size; j++) matrix[i * size + j] = (matrix[i * size + j] as number) + value * (row[j] as number);
  }
}

function standardisation({ features, labels, width }: Examples) {
  const n = Math.max(1, labels.length);
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  for (let at = 0; at < features.length; at++) {
    const value = features[at] as number;
    mean[at % width] = (mean[at % width] as number) + value / n;
    square[at % width] = (square[at % width] as number) + (value * value) / n;
  }
  const scale = square.map((value, d) => {
    const variance = value - (mean[d] as number) ** 2;
    return variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  });
  return { mean, scale };
}

/** Solves A·x = b by Gauss–Jordan elimination; a row without evidence has x = 0. @param a `[n, n]`, symmetric positive semi-definite */
function solve(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    const pivot = a[k * n + k] as number;
    if (pivot < 1e-12) continue;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = (a[i * n + k] as number) / pivot;
      for (let j = 0; j < n; j++) a[i * n + j] = (a[i * n + j] as number) - factor * (a[k * n + j] as number);
      b[i] = (b[i] as number) - factor * (b[k] as number);
    }
  }
  return b.map((value, k) => ((a[k * n + k] as number) < 1e-12 ? 0 : value / (a[k * n + k] as number)));
}
