import { MEAN_STEPS, meanWeight } from '../../core/model/session-mean.js';

/** What one prefix of a session is scored against. */
export interface SequenceClasses {
  readonly count: number;
  readonly dim: number;
  /** `[count]` */
  readonly rows: Uint32Array;
  /** `[count, dim]` unit vectors */
  readonly vectors: Float32Array;
  /** `[count]` added to a class's logit: its bias less the log of how often it is drawn */
  readonly offsets: Float32Array;
}

/** One prefix and its answer. */
export interface SequencePrefix {
  /** rows, newest first and at most `MEAN_STEPS`; 0 where one is left out */
  readonly steps: Uint32Array;
  /** rows that it may not name */
  readonly shown: Uint32Array;
  /** place of the answer among the classes */
  readonly label: number;
}

/** Loss and gradients of one prefix. The arrays are reused by the next call. */
export interface SequenceGradients {
  readonly loss: number;
  /** `[count]` with respect to each class's offset: probability less label; 0 for a class that the prefix may not name */
  readonly offsets: Float32Array;
  /** `[dim]` the session's direction: a class's vector has the gradient temperature · offset gradient · this */
  readonly direction: Float32Array;
  /** `[dim]` with respect to the weighted sum of the steps: a step's vector has its weight times this */
  readonly sum: Float32Array;
}

/** Gradients below this are not worth their arithmetic. */
const LEAST_GRADIENT = 3e-4;
const WEIGHTS = Float64Array.from({ length: MEAN_STEPS }, (_, distance) => meanWeight(distance));

/**
 * Creates the softmax cross entropy of the next item given a prefix: logit = temperature · cos(Σ weight · step, class) + offset, over
 * classes that the prefix did not show. By hand on typed arrays: most gradients of a softmax are near 0 and skipped.
 */
export function createSequenceLoss(
  items: Float32Array,
  { dim, temperature }: { dim: number; temperature: number },
): (prefix: SequencePrefix, classes: SequenceClasses) => SequenceGradients {
  const direction = new Float32Array(dim);
  const sum = new Float32Array(dim);
  let logits = new Float32Array();
  return ({ steps, shown, label }, classes) => {
    const { count, vectors, rows } = classes;
    if (logits.length < count) logits = new Float32Array(count);
    const norm = sumSteps(items, steps, direction);
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < count; c++) {
      const isAsked = c === label || (rows[c] !== rows[label] && !includes(shown, rows[c] as number));
      const logit = isAsked
        ? temperature * dot(vectors, c * dim, direction) + (classes.offsets[c] as number)
        : Number.NEGATIVE_INFINITY;
      logits[c] = logit;
      most = Math.max(most, logit);
    }
    const loss = toGradients(logits, { count, label, most });
    sum.fill(0);
    for (let c = 0; c < count; c++) {
      const gradient = logits[c] as number;
      if (gradient !== 0) addScaled(sum, vectors, { factor: temperature * gradient, at: c * dim });
    }
    project(sum, direction, norm);
    return { loss, offsets: logits, direction, sum };
  };
}

/** The weight of a prefix's step in its sum. */
export function stepWeight(distance: number): number {
  return WEIGHTS[distance] as number;
}

/** Adds `factor` times the vector at `at` in `from` to `into`. */
function addScaled(into: Float32Array, from: Float32Array, { factor, at }: { factor: number; at: number }): void {
  for (let d = 0; d < into.length; d++) into[d] = (into[d] as number) + factor * (from[at + d] as number);
}

/** Writes the unit vector along the weighted sum of the steps. @returns the length of the sum */
function sumSteps(items: Float32Array, steps: Uint32Array, into: Float32Array): number {
  into.fill(0);
  for (let i = 0; i < steps.length; i++)
    addScaled(into, items, { factor: stepWeight(i), at: (steps[i] as number) * into.length });
  let squares = 1e-9;
  for (const value of into) squares += value * value;
  const norm = Math.sqrt(squares);
  for (let d = 0; d < into.length; d++) into[d] = (into[d] as number) / norm;
  return norm;
}

/** Turns logits into probability − label, in place. @returns the cross entropy */
function toGradients(
  logits: Float32Array,
  { count, label, most }: { readonly count: number; readonly label: number; readonly most: number },
): number {
  let total = 0;
  for (let c = 0; c < count; c++) {
    const value = Math.exp((logits[c] as number) - most);
    logits[c] = value;
    total += value;
  }
  const loss = -Math.log(Math.max(1e-12, (logits[label] as number) / total));
  for (let c = 0; c < count; c++) {
    const gradient = (logits[c] as number) / total - (c === label ? 1 : 0);
    logits[c] = Math.abs(gradient) < LEAST_GRADIENT ? 0 : gradient;
  }
  return loss;
}

/** From the gradient of the unit vector to that of the sum that it came from. */
function project(gradient: Float32Array, direction: Float32Array, norm: number): void {
  const along = dot(gradient, 0, direction);
  for (let d = 0; d < gradient.length; d++) {
    gradient[d] = ((gradient[d] as number) - along * (direction[d] as number)) / norm;
  }
}

/** Four sums side by side: one would wait for itself at every step. */
function dot(from: Float32Array, at: number, other: Float32Array): number {
  const even = other.length - (other.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let e = 0;
  let d = 0;
  for (; d < even; d += 4) {
    a += (from[at + d] as number) * (other[d] as number);
    b += (from[at + d + 1] as number) * (other[d + 1] as number);
    c += (from[at + d + 2] as number) * (other[d + 2] as number);
    e += (from[at + d + 3] as number) * (other[d + 3] as number);
  }
  for (; d < other.length; d++) a += (from[at + d] as number) * (other[d] as number);
  return a + b + c + e;
}

function includes(rows: Uint32Array, row: number): boolean {
  for (let i = 0; i < rows.length; i++) if (rows[i] === row) return true;
  return false;
}
