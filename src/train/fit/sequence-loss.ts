import { MEAN_STEPS, meanWeight } from '../../core/model/session-mean.js';

/** What the prefixes of a batch are scored against. */
export interface SequenceClasses {
  readonly count: number;
  /** `[count]` */
  readonly rows: Uint32Array;
  /** `[count]` added to a class's logit: its bias less the log of how often it is drawn */
  readonly offsets: Float32Array;
}

/** One prefix and its answer. */
export interface SequencePrefix {
  /** rows that it may not name */
  readonly shown: Uint32Array;
  /** place of the answer among the classes */
  readonly label: number;
}

/** What lies so far below the likeliest class is not worth an exponential. */
const LEAST_EXPONENT = -16;
const WEIGHTS = Float64Array.from({ length: MEAN_STEPS }, (_, distance) => meanWeight(distance));

/**
 * Turns the cosines of a prefix's direction with its classes into gradients, in place, and returns the loss: the softmax cross entropy of
 * logit = temperature · cosine + offset, over classes that the prefix did not show.
 *
 * A gradient is with respect to the logit, probability less label. So a class's vector has the gradient temperature · this · direction, and
 * the direction temperature · Σ this · class.
 */
export type SequenceLoss = (prefix: SequencePrefix, classes: SequenceClasses, cosines: Float32Array) => number;

/** Creates the loss of one prefix after another. @param rows one more than the largest row */
export function createSequenceLoss({ temperature, rows: rowCount }: { temperature: number; rows: number }): SequenceLoss {
  // the call in which a row may not be named
  const barred = new Uint32Array(rowCount);
  let calls = 0;
  return ({ shown, label }, { count, rows, offsets }, cosines) => {
    calls++;
    for (const row of shown) barred[row] = calls;
    barred[rows[label] as number] = calls;
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < count; c++) {
      const isAsked = c === label || barred[rows[c] as number] !== calls;
      const logit = isAsked ? temperature * (cosines[c] as number) + (offsets[c] as number) : Number.NEGATIVE_INFINITY;
      cosines[c] = logit;
      if (logit > most) most = logit;
    }
    return toGradients(cosines, { count, label, most });
  };
}

/** The weight of a prefix's step in its sum. */
export function stepWeight(distance: number): number {
  return WEIGHTS[distance] as number;
}

/**
 * Writes the unit vector along the weighted sum of the steps.
 *
 * @param steps rows, newest first and at most `MEAN_STEPS`; 0 where one is left out @returns the length of the sum
 */
export function aimAt(items: Float32Array, steps: ArrayLike<number>, into: Float32Array): number {
  const dim = into.length;
  into.fill(0);
  for (let i = 0; i < steps.length; i++) {
    const at = (steps[i] as number) * dim;
    for (let d = 0; d < dim; d++) into[d] = (into[d] as number) + stepWeight(i) * (items[at + d] as number);
  }
  let squares = 1e-9;
  for (let d = 0; d < dim; d++) squares += (into[d] as number) ** 2;
  const norm = Math.sqrt(squares);
  for (let d = 0; d < dim; d++) into[d] = (into[d] as number) / norm;
  return norm;
}

/** From the gradient of a direction to that of the sum that it came from, in place. @param norm of that sum */
export function toSumGradient(gradient: Float32Array, direction: Float32Array, norm: number): void {
  let along = 0;
  for (let d = 0; d < gradient.length; d++) along += (gradient[d] as number) * (direction[d] as number);
  for (let d = 0; d < gradient.length; d++) {
    gradient[d] = ((gradient[d] as number) - along * (direction[d] as number)) / norm;
  }
}

/** Turns logits into probability − label, in place. @returns the cross entropy */
function toGradients(
  logits: Float32Array,
  { count, label, most }: { readonly count: number; readonly label: number; readonly most: number },
): number {
  const labelLogit = (logits[label] as number) - most;
  let total = 0;
  for (let c = 0; c < count; c++) {
    const below = (logits[c] as number) - most;
    const value = below > LEAST_EXPONENT ? Math.exp(below) : 0;
    logits[c] = value;
    total += value;
  }
  for (let c = 0; c < count; c++) logits[c] = (logits[c] as number) / total;
  logits[label] = (logits[label] as number) - 1;
  return Math.log(total) - labelLogit;
}
