import {
  add,
  div,
  grads,
  logSumExp,
  matMul,
  mul,
  reshape,
  type Scalar,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NeighbourTable } from '../../../src/core/model/neighbour-table.js';
import { meanWeight } from '../../../src/core/model/session-mean.js';
import type { ItemSessions } from '../../../src/train/fit/item-sessions.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { fitSequenceEmbeddings } from '../../../src/train/fit/sequence-embedding.js';
import { aimAt, type SequenceClasses, sequenceLoss, toSumGradient } from '../../../src/train/fit/sequence-loss.js';
import { createSequenceNeighbours } from '../../../src/train/fit/sequence-neighbours.js';
import { openTensorflow } from '../../../src/train/fit/tensorflow.js';

const DIM = 5;
const TEMPERATURE = 7;

function unitRows(count: number, label: string): Float32Array {
  const random = createRandom(5, label);
  const rows = new Float32Array((count + 1) * DIM);
  for (let row = 1; row <= count; row++) {
    const item = rows.subarray(row * DIM, (row + 1) * DIM).map(() => random.normal());
    rows.set(
      item.map((value) => value / Math.hypot(...item)),
      row * DIM,
    );
  }
  return rows;
}

function toSessions(lists: readonly (readonly number[])[]): ItemSessions {
  const starts = Uint32Array.from({ length: lists.length + 1 }, (_, i) => lists.slice(0, i).flat().length);
  return {
    count: lists.length,
    starts,
    rows: Uint32Array.from(lists.flat()),
    decay: new Float64Array(lists.length).fill(1),
    units: new Float64Array(lists.length).fill(Math.log(2)),
    visitors: Uint32Array.from(lists, (_, i) => i),
  };
}

const LABEL = 2;
const OFFSETS = [0.3, -0.2, 0.1, 0.4];

/** The same loss of a prefix of two steps, weighted, by TF.js. */
function lossByTensors(total: Tensor, classes: Tensor, offsets: Tensor): Scalar {
  const direction = div(total, sqrt(sum(square(total)))) as Tensor2D;
  const logits = add(mul(matMul(direction, classes as Tensor2D, false, true), TEMPERATURE), offsets) as Tensor2D;
  return sub(logSumExp(logits), reshape(slice(logits, [0, LABEL], [1, 1]), [])) as Scalar;
}

/** The direction of some steps and its cosines with classes, as the learner hands them on. */
function toPrefix(items: Float32Array, steps: readonly number[], vectors: Float32Array) {
  const direction = new Float32Array(DIM);
  const norm = aimAt(items, steps, direction);
  const cosines = Float32Array.from({ length: vectors.length / DIM }, (_, c) =>
    direction.reduce((sum, value, d) => sum + value * (vectors[c * DIM + d] as number), 0),
  );
  return { direction, norm, cosines };
}

/** Classes of rows up to 8. */
function toClasses(rows: Uint32Array, offsets: readonly number[]): SequenceClasses {
  const first = new Int32Array(9).fill(-1);
  const next = Int32Array.from(rows, (row, place) => {
    const before = first[row] as number;
    first[row] = place;
    return before;
  });
  return { count: rows.length, first, next, offsets: Float32Array.from(offsets), temperature: TEMPERATURE };
}

describe('sequence embeddings', () => {
  beforeAll(openTensorflow);

  it('have the loss and the gradients that TF.js finds', () => {
    const items = unitRows(8, 'items');
    const classRows = Uint32Array.from([3, 4, 5, 6]);
    const vectors = Float32Array.from([...classRows].flatMap((row) => [...items.subarray(row * DIM, (row + 1) * DIM)]));
    const { direction, norm, cosines: gradients } = toPrefix(items, [1, 2], vectors);
    const prefix = { shown: Uint32Array.from([1, 2]), answer: classRows[LABEL] as number, label: LABEL, weight: 1 };
    const loss = sequenceLoss(prefix, toClasses(classRows, OFFSETS), gradients);
    const sum = Float32Array.from({ length: DIM }, (_, d) =>
      gradients.reduce((total, gradient, c) => total + TEMPERATURE * gradient * (vectors[c * DIM + d] as number), 0),
    );
    toSumGradient(sum, direction, norm);

    const total = Float32Array.from(
      { length: DIM },
      (_, d) => meanWeight(0) * (items[DIM + d] as number) + meanWeight(1) * (items[2 * DIM + d] as number),
    );
    const inputs = [tensor2d(total, [1, DIM]), tensor2d(vectors, [4, DIM]), tensor2d(OFFSETS, [1, 4])] as const;
    const [byTotal, byClasses, byOffsets] = grads((a, b, c) => lossByTensors(a as Tensor, b as Tensor, c as Tensor))([
      ...inputs,
    ]).map((gradient) => [...gradient.dataSync<'float32'>()]) as [number[], number[], number[]];
    const expected = lossByTensors(...inputs).dataSync()[0] as number;

    expect(loss).toBeCloseTo(expected, 4);
    byTotal.forEach((value, d) => {
      expect(sum[d]).toBeCloseTo(value, 4);
    });
    byOffsets.forEach((value, c) => {
      expect(gradients[c]).toBeCloseTo(value, 4);
      for (let d = 0; d < DIM; d++) {
        const gradient = TEMPERATURE * (gradients[c] as number) * (direction[d] as number);
        expect(gradient).toBeCloseTo(byClasses[c * DIM + d] as number, 4);
      }
    });
  });

  it('do not push away what the prefix showed', () => {
    const items = unitRows(8, 'items');
    const classes = toClasses(Uint32Array.from([2, 5, 6]), [0, 0, 0]);
    const { cosines: gradients } = toPrefix(items, [1, 0], items.slice(2 * DIM, 5 * DIM));
    sequenceLoss({ shown: Uint32Array.from([1, 2]), answer: 5, label: 1, weight: 1 }, classes, gradients);
    expect(gradients[0]).toBe(0);
    expect(gradients[2]).toBeGreaterThan(0);
  });

  it('push away neither another place of the answer nor one of what was shown, and weigh the rest', () => {
    const items = unitRows(8, 'items');
    const classes = toClasses(Uint32Array.from([2, 5, 6, 2, 5]), [0, 0, 0, 0, 0]);
    const places = Float32Array.from([2, 5, 6, 2, 5].flatMap((row) => [...items.subarray(row * DIM, (row + 1) * DIM)]));
    const gradientsOf = (weight: number) => {
      const { cosines } = toPrefix(items, [2], places);
      sequenceLoss({ shown: Uint32Array.from([2]), answer: 5, label: 1, weight }, classes, cosines);
      return [...cosines];
    };
    const [shown, answer, other, shownAgain, answerAgain] = gradientsOf(1);
    expect([shown, shownAgain, answerAgain]).toEqual([0, 0, 0]);
    expect(answer).toBeCloseTo(-(other as number), 6);
    expect(gradientsOf(3)[2]).toBeCloseTo(3 * (other as number), 6);
  });

  it('stay unit vectors, draw what follows each other together, and are the same for the same seed', () => {
    // Two shelves that no session mixes.
    const sessions = toSessions(
      Array.from({ length: 120 }, (_, i) => [0, 1, 2, 3].map((step) => 1 + (i % 2) * 4 + ((i + step) % 4))),
    );
    const fitted = () => fitSequenceEmbeddings(sessions, { embeddings: unitRows(8, 'start'), dim: DIM, epochs: 1, seed: 2 });
    const items = fitted();
    expect(fitted()).toEqual(items);
    const cosine = (a: number, b: number) =>
      items.subarray(a * DIM, (a + 1) * DIM).reduce((total, value, d) => total + value * (items[b * DIM + d] as number), 0);
    for (let row = 1; row <= 8; row++) expect(cosine(row, row)).toBeCloseTo(1, 5);
    const within = [cosine(1, 2), cosine(2, 3), cosine(5, 6), cosine(7, 8)];
    const across = [cosine(1, 5), cosine(2, 7), cosine(3, 8), cosine(4, 6)];
    expect(Math.min(...within)).toBeGreaterThan(Math.max(...across));
  });

  it('start somewhere for an item that the spectral embedding left at zero', () => {
    const items = fitSequenceEmbeddings(toSessions([[1, 2]]), {
      embeddings: new Float32Array(3 * DIM),
      dim: DIM,
      epochs: 1,
      seed: 2,
    });
    expect(Math.hypot(...items.subarray(DIM, 2 * DIM))).toBeCloseTo(1, 5);
    expect([...items.subarray(0, DIM)]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('neighbours by sequence embeddings', () => {
  /** 1 → 2 → 3, 4 alone; 3 is reached from 1 in two edges. */
  const graph: NeighbourTable = {
    starts: Uint32Array.from([0, 0, 1, 2, 2, 2]),
    rows: Uint32Array.from([2, 3]),
    weights: Float32Array.from([1, 1]),
  };
  const embeddings = Float32Array.from([0, 0, 1, 0, 0, 1, 0.8, 0.6, 1, 0]);
  const none: NeighbourTable = { starts: new Uint32Array(6), rows: new Uint32Array(), weights: new Float32Array() };
  const tables = { embeddings, dim: 2, graph };
  const weigh = (supported: NeighbourTable, { neighbours = 20, strength = 1 } = {}) => {
    const into = new Float32Array(5);
    const found = createSequenceNeighbours({ ...tables, supported, neighbours, strength: () => strength })(1, into);
    return new Map([...found].map((row) => [row, into[row] as number]));
  };

  it('are the nearest of those within two edges; a row’s weights sum to its strength', () => {
    const weights = weigh(none);
    expect([...weights.keys()].sort()).toEqual([2, 3]);
    expect(weights.get(3)).toBeGreaterThan(weights.get(2) as number);
    expect([...weights.values()].reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
    expect(weigh(none, { strength: 3 }).get(3)).toBeCloseTo(3 * (weights.get(3) as number), 5);
    expect([...weigh(none, { neighbours: 1 }).keys()]).toEqual([3]);
  });

  it('have the weights of supported edges on top', () => {
    const supported: NeighbourTable = {
      starts: Uint32Array.from([0, 0, 2, 2, 2, 2]),
      rows: Uint32Array.from([2, 4]),
      weights: Float32Array.from([0.5, 0.25]),
    };
    const weights = weigh(supported);
    expect(weights.get(2)).toBeCloseTo((weigh(none).get(2) as number) + 0.5, 6);
    expect(weights.get(4)).toBe(0.25);
  });
});
