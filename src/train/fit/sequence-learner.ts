import { MEAN_STEPS } from '../../core/model/session-mean.js';
import type { ItemSessions } from './item-sessions.js';
import type { Random } from './random.js';
import { createRowSampler } from './sampled-softmax.js';
import { createSequenceLoss, type SequenceClasses, stepWeight } from './sequence-loss.js';

export interface SequenceLearning {
  /** `[count + 1, dim]` unit vectors, moved in place */
  readonly items: Float32Array;
  readonly dim: number;
  readonly random: Random;
  /** most prefixes of a batch */
  readonly batch: number;
}

/** One negative for this many items, within bounds: a large catalogue is told apart by many. */
const ITEMS_PER_NEGATIVE = 32;
const LEAST_NEGATIVES = 256;
const MOST_NEGATIVES = 1024;
const NEGATIVE_POWER = 0.75;
/** Popularity is learnt slower than likeness, or it takes its place. */
const BIAS_RATE = 0.3;
/** Adagrad's first sums of squares. */
const FIRST_SQUARES = 1e-2;
const FIRST_BIAS_SQUARES = 0.1;
/** The chance to leave out a step other than the newest. */
const DROPOUT = 0.2;
/** The larger the catalogue the sharper the cosine: temperature = this · ln(items). */
const TEMPERATURE = 1.1;

/** Creates the learner of sequence embeddings: sampled softmax with logQ, Adagrad on the sphere, one batch at a time. */
export function createSequenceLearner(sessions: ItemSessions, { items, dim, random, batch }: SequenceLearning) {
  const temperature = TEMPERATURE * Math.log(Math.max(2, items.length / dim - 1));
  const lossOf = createSequenceLoss(items, { dim, temperature });
  const classes = createClasses(sessions.rows, { items, dim, random, batch });
  const move = createMover(items, dim);
  const { startOf, weightOf } = indexPlaces(sessions);
  const step = new Float32Array(dim);
  const learnPrefix = (place: number, label: number, rate: number): number => {
    const shown = sessions.rows.slice(Math.max(startOf(place), place - MEAN_STEPS), place).reverse();
    const steps = shown.map((row, i) => (i > 0 && random.next() < DROPOUT ? 0 : row));
    const weight = weightOf(place);
    const { loss, offsets, direction, sum } = lossOf({ steps, shown, label }, classes.drawn());
    classes.addGradients(offsets, direction, { weight, temperature });
    steps.forEach((row, i) => {
      if (row === 0) return;
      for (let d = 0; d < dim; d++) step[d] = weight * stepWeight(i) * (sum[d] as number);
      move(row, step, { at: 0, rate });
    });
    return loss;
  };
  return {
    /** @param places in `sessions.rows`, each predicted from what its session shows before it @returns the mean loss */
    learn(places: Uint32Array, rate: number): number {
      const firstLabel = classes.draw(places);
      let loss = 0;
      places.forEach((place, i) => {
        loss += learnPrefix(place, firstLabel + i, rate);
      });
      classes.move(move, rate);
      return loss / Math.max(1, places.length);
    },
  };
}

type Mover = ReturnType<typeof createMover>;

/** What a batch is scored against: drawn negatives, then the answers of all its prefixes. */
function createClasses(rows: Uint32Array, { items, dim, random, batch }: SequenceLearning) {
  const count = items.length / dim - 1;
  const negatives = Math.max(LEAST_NEGATIVES, Math.min(MOST_NEGATIVES, Math.floor(count / ITEMS_PER_NEGATIVE)));
  const bias = createBias(rows, { count, random, batch, negatives });
  const classRows = new Uint32Array(negatives + batch);
  const vectors = new Float32Array(classRows.length * dim);
  const offsets = new Float32Array(classRows.length);
  const gradients = new Float32Array(classRows.length * dim);
  const offsetGradients = new Float32Array(classRows.length);
  let drawn: SequenceClasses = { count: 0, dim, rows: classRows, vectors, offsets };
  return {
    drawn: () => drawn,
    /** @returns the place of the first answer among the classes */
    draw(places: Uint32Array): number {
      for (let c = 0; c < negatives; c++) classRows[c] = bias.sampler.draw();
      places.forEach((place, i) => {
        classRows[negatives + i] = rows[place] as number;
      });
      drawn = { ...drawn, count: negatives + places.length };
      for (let c = 0; c < drawn.count; c++) {
        const row = classRows[c] as number;
        vectors.set(items.subarray(row * dim, (row + 1) * dim), c * dim);
        offsets[c] = bias.offsetOf(row);
      }
      gradients.fill(0);
      offsetGradients.fill(0);
      return negatives;
    },
    addGradients(
      from: Float32Array,
      direction: Float32Array,
      { weight, temperature }: { readonly weight: number; readonly temperature: number },
    ): void {
      for (let c = 0; c < drawn.count; c++) {
        const gradient = weight * (from[c] as number);
        if (gradient === 0) continue;
        offsetGradients[c] = (offsetGradients[c] as number) + gradient;
        const at = c * dim;
        for (let d = 0; d < dim; d++) {
          gradients[at + d] = (gradients[at + d] as number) + temperature * gradient * (direction[d] as number);
        }
      }
    },
    move(mover: Mover, rate: number): void {
      for (let c = 0; c < drawn.count; c++) {
        const gradient = offsetGradients[c] as number;
        if (gradient === 0) continue;
        mover(classRows[c] as number, gradients, { at: c * dim, rate });
        bias.move(classRows[c] as number, gradient, rate);
      }
    },
  };
}

/** How likely an item is whatever the session; it is learnt to keep it out of the vectors, and dropped. */
function createBias(
  rows: Uint32Array,
  { count, random, batch, negatives }: { count: number; random: Random; batch: number; negatives: number },
) {
  const counts = new Uint32Array(count + 1);
  for (const row of rows) counts[row] = (counts[row] as number) + 1;
  const sampler = createRowSampler(counts, NEGATIVE_POWER, random);
  const bias = new Float32Array(count + 1);
  const squares = new Float32Array(count + 1).fill(FIRST_BIAS_SQUARES);
  const expected = (row: number) =>
    negatives * sampler.probabilityOf(row) + (batch * (counts[row] as number)) / Math.max(1, rows.length);
  return {
    sampler,
    offsetOf: (row: number) => (bias[row] as number) - Math.log(Math.max(1e-9, expected(row))),
    move(row: number, gradient: number, rate: number): void {
      const sum = (squares[row] as number) + gradient * gradient;
      squares[row] = sum;
      bias[row] = (bias[row] as number) - (BIAS_RATE * rate * gradient) / Math.sqrt(sum);
    },
  };
}

/** Moves a unit vector against the part of a gradient that does not change its length, and keeps it a unit vector. */
function createMover(items: Float32Array, dim: number) {
  const squares = new Float32Array(items.length).fill(FIRST_SQUARES);
  return (row: number, gradient: Float32Array, { at, rate }: { readonly at: number; readonly rate: number }): void => {
    const own = row * dim;
    let along = 0;
    for (let d = 0; d < dim; d++) along += (gradient[at + d] as number) * (items[own + d] as number);
    let norm = 0;
    for (let d = 0; d < dim; d++) {
      const slope = (gradient[at + d] as number) - along * (items[own + d] as number);
      const sum = (squares[own + d] as number) + slope * slope;
      squares[own + d] = sum;
      const value = (items[own + d] as number) - (rate * slope) / Math.sqrt(sum);
      items[own + d] = value;
      norm += value * value;
    }
    norm = Math.sqrt(norm);
    for (let d = 0; d < dim; d++) items[own + d] = (items[own + d] as number) / norm;
  };
}

/** Session starts and weights by place; a mean weight of 1 keeps the learning rate's meaning. */
function indexPlaces({ count, starts, rows, decay }: ItemSessions) {
  const sessionAt = new Uint32Array(rows.length);
  let sum = 0;
  for (let session = 0; session < count; session++) {
    sessionAt.fill(session, starts[session], starts[session + 1]);
    sum += decay[session] as number;
  }
  const mean = sum / Math.max(1, count);
  return {
    startOf: (place: number) => starts[sessionAt[place] as number] as number,
    weightOf: (place: number) => (decay[sessionAt[place] as number] as number) / mean,
  };
}
