import { MEAN_STEPS, meanWeight } from '../../core/model/session-mean.js';

/** What the prefixes of a batch are scored against. */
export interface SequenceClasses {
  readonly count: number;
  /** Places among the classes of a row, last first: `first[row]`, then `next[place]` of each; −1 ends the list. */
  readonly first: Int32Array;
  readonly next: Int32Array;
  /** `[count]` added to a class's logit: its bias less the log of how often it is drawn */
  readonly offsets: Float32Array;
  /** what a cosine is multiplied by */
  readonly temperature: number;
}

/** One prefix and its answer. */
export interface SequencePrefix {
  /** rows that it may not name */
  readonly shown: Uint32Array;
  /** row of the answer, and its place among the classes */
  readonly answer: number;
  readonly label: number;
  /** multiplies its gradients, not its loss */
  readonly weight: number;
}

/** What lies so far below the likeliest class is not worth an exponential. */
const LEAST_EXPONENT = -16;
const WEIGHTS = Float64Array.from({ length: MEAN_STEPS }, (_, distance) => meanWeight(distance));

/**
 * Turns the cosines of a prefix's direction with its classes into gradients, in place, and returns the loss: the softmax cross entropy of
 * logit = temperature · cosine + offset, over classes that the prefix did not show.
 *
 * A gradient is with respect to the logit, probability less label, times the prefix's weight. So a class's vector has the gradient
 * temperature · this · direction, and the direction temperature · Σ this · class.
 */
export function sequenceLoss(
  { shown, answer, label, weight }: SequencePrefix,
  classes: SequenceClasses,
  cosines: Float32Array,
): number {
  const { count, offsets, temperature } = classes;
  const asked = cosines[label] as number;
  for (const row of shown) bar(row, classes, cosines);
  bar(answer, classes, cosines);
  cosines[label] = asked;
  let most = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < count; c++) {
    const logit = temperature * (cosines[c] as number) + (offsets[c] as number);
    cosines[c] = logit;
    if (logit > most) most = logit;
  }
  return toGradients(cosines, { count, label, most, weight });
}

/** Makes a row's classes the unlikeliest. */
function bar(row: number, { first, next }: SequenceClasses, cosines: Float32Array): void {
  for (let c = first[row] as number; c >= 0; c = next[c] as number) cosines[c] = Number.NEGATIVE_INFINITY;
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

/** Turns logits into weight · (probability − label), in place. @returns the cross entropy */
function toGradients(
  logits: Float32Array,
  { count, label, most, weight }: { count: number; label: number; most: number; weight: number },
): number {
  const labelLogit = (logits[label] as number) - most;
  let total = 0;
  for (let c = 0; c < count; c++) {
    const below = (logits[c] as number) - most;
    const value = below > LEAST_EXPONENT ? Math.exp(below) : 0;
    logits[c] = value;
    total += value;
  }
  const asked = weight * Math.fround(Math.fround((logits[label] as number) / total) - 1);
  for (let c = 0; c < count; c++) logits[c] = weight * Math.fround((logits[c] as number) / total);
  logits[label] = asked;
  return Math.log(total) - labelLogit;
}
