import { MEAN_STEPS } from '../../core/model/session-mean.js';
import type { ItemSessions } from './item-sessions.js';
import { product, sumRows, transpose } from './matrices.js';
import type { Random } from './random.js';
import { createRowSampler } from './sampled-softmax.js';
import { aimAt, type SequenceClasses, sequenceLoss, stepWeight, toSumGradient } from './sequence-loss.js';

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

/**
 * Creates the learner of sequence embeddings: sampled softmax with logQ, Adagrad on the sphere, one batch at a time. A batch's products are
 * TF.js's, which must be open; the rest is typed arrays.
 */
export function createSequenceLearner(sessions: ItemSessions, { items, dim, random, batch }: SequenceLearning) {
  const rows = items.length / dim;
  const temperature = TEMPERATURE * Math.log(Math.max(2, rows - 1));
  const classes = createClasses(sessions.rows, { items, dim, random, batch, temperature });
  const move = createMover(items, dim);
  const { startOf, weightOf } = indexPlaces(sessions);
  const directions = new Float32Array(batch * dim);
  const turned = new Float32Array(batch * classes.most);
  const step = new Float32Array(dim);
  const aim = (place: number, i: number): AimedPrefix => {
    const shown = sessions.rows.slice(Math.max(startOf(place), place - MEAN_STEPS), place).reverse();
    const steps = shown.map((row, distance) => (distance > 0 && random.next() < DROPOUT ? 0 : row));
    const direction = directions.subarray(i * dim, (i + 1) * dim);
    // the temperature is part of every gradient of a vector
    return { shown, steps, direction, norm: aimAt(items, steps, direction), weight: temperature * weightOf(place) };
  };
  const moveSteps = ({ steps, direction, norm }: AimedPrefix, gradient: Float32Array, rate: number): void => {
    toSumGradient(gradient, direction, norm);
    for (let distance = 0; distance < steps.length; distance++) {
      const row = steps[distance] as number;
      if (row === 0) continue;
      for (let d = 0; d < dim; d++) step[d] = stepWeight(distance) * (gradient[d] as number);
      move(row, step, { at: 0, rate });
    }
  };
  return {
    /** @param places in `sessions.rows`, each predicted from what its session shows before it @returns the mean loss */
    learn(places: Uint32Array, rate: number): number {
      const firstLabel = classes.draw(places);
      const { count } = classes.drawn();
      const prefixes = Array.from(places, aim);
      const aimed = directions.subarray(0, prefixes.length * dim);
      const gradients = product(aimed, [prefixes.length, dim, count], classes.components());
      let loss = 0;
      prefixes.forEach(({ shown, weight }, i) => {
        const own = gradients.subarray(i * count, (i + 1) * count);
        const prefix = { shown, answer: sessions.rows[places[i] as number] as number, label: firstLabel + i, weight };
        loss += sequenceLoss(prefix, classes.drawn(), own);
      });
      const ofDirections = product(gradients, [prefixes.length, count, dim], classes.vectors());
      const byClass = transpose(gradients, turned.subarray(0, gradients.length), [prefixes.length, count]);
      const ofClasses = product(byClass, [count, prefixes.length, dim], aimed);
      prefixes.forEach((prefix, i) => {
        moveSteps(prefix, ofDirections.subarray(i * dim, (i + 1) * dim), rate);
      });
      classes.move(move, { ofClasses, ofOffsets: sumRows(byClass, count, 1 / temperature), rate });
      return loss / Math.max(1, places.length);
    },
  };
}

/** A prefix before its classes are scored. */
interface AimedPrefix {
  readonly shown: Uint32Array;
  /** rows, newest first; 0 where one is dropped */
  readonly steps: Uint32Array;
  /** `[dim]` the unit vector along the weighted sum of its steps */
  readonly direction: Float32Array;
  /** length of that sum */
  readonly norm: number;
  readonly weight: number;
}

type Mover = ReturnType<typeof createMover>;

/** What a batch is scored against: drawn negatives, then the answers of all its prefixes. */
function createClasses(
  rows: Uint32Array,
  { items, dim, random, batch, temperature }: SequenceLearning & { readonly temperature: number },
) {
  const count = items.length / dim - 1;
  const negatives = Math.max(LEAST_NEGATIVES, Math.min(MOST_NEGATIVES, Math.floor(count / ITEMS_PER_NEGATIVE)));
  const bias = createBias(rows, { count, random, batch, negatives });
  const classRows = new Uint32Array(negatives + batch);
  const offsets = new Float32Array(classRows.length);
  const vectors = new Float32Array(classRows.length * dim);
  const components = new Float32Array(classRows.length * dim);
  const first = new Int32Array(count + 1).fill(-1);
  const next = new Int32Array(classRows.length);
  let drawn: SequenceClasses = { count: 0, first, next, offsets, temperature };
  return {
    /** most classes of a batch */
    most: classRows.length,
    drawn: () => drawn,
    /** `[count, dim]` */
    vectors: () => vectors.subarray(0, drawn.count * dim),
    /** `[dim, count]` */
    components: () => components.subarray(0, drawn.count * dim),
    /** @returns the place of the first answer among the classes */
    draw(places: Uint32Array): number {
      for (let c = 0; c < drawn.count; c++) first[classRows[c] as number] = -1;
      for (let c = 0; c < negatives; c++) classRows[c] = bias.sampler.draw();
      places.forEach((place, i) => {
        classRows[negatives + i] = rows[place] as number;
      });
      drawn = { ...drawn, count: negatives + places.length };
      for (let c = 0; c < drawn.count; c++) {
        const row = classRows[c] as number;
        next[c] = first[row] as number;
        first[row] = c;
        offsets[c] = bias.offsetOf(row);
        for (let d = 0; d < dim; d++) vectors[c * dim + d] = items[row * dim + d] as number;
      }
      transpose(vectors, components, [drawn.count, dim]);
      return negatives;
    },
    move(
      mover: Mover,
      {
        ofClasses,
        ofOffsets,
        rate,
      }: { readonly ofClasses: Float32Array; readonly ofOffsets: Float32Array; readonly rate: number },
    ): void {
      for (let c = 0; c < drawn.count; c++) {
        const row = classRows[c] as number;
        mover(row, ofClasses, { at: c * dim, rate });
        bias.move(row, ofOffsets[c] as number, rate);
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
  const logExpected = Float64Array.from(counts, (times, row) => {
    const expected = row === 0 ? 0 : negatives * sampler.probabilityOf(row) + (batch * times) / Math.max(1, rows.length);
    return Math.log(Math.max(1e-9, expected));
  });
  return {
    sampler,
    offsetOf: (row: number) => (bias[row] as number) - (logExpected[row] as number),
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
  const moved = new Float32Array(dim);
  return (row: number, gradient: Float32Array, { at, rate }: { readonly at: number; readonly rate: number }): void => {
    const own = row * dim;
    let along = 0;
    for (let d = 0; d < dim; d++) along += (gradient[at + d] as number) * (items[own + d] as number);
    let norm = 0;
    for (let d = 0; d < dim; d++) {
      const value = items[own + d] as number;
      const slope = (gradient[at + d] as number) - along * value;
      const sum = (squares[own + d] as number) + slope * slope;
      squares[own + d] = sum;
      const next = value - (rate * slope) / Math.sqrt(sum);
      moved[d] = next;
      norm += next * next;
    }
    norm = Math.sqrt(norm);
    for (let d = 0; d < dim; d++) items[own + d] = (moved[d] as number) / norm;
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
