import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLayersModel } from '../../../../src/core/model/checked-models.js';
import { buildGraph, type Graph } from '../../../../src/core/model/own/graph.js';
import { createJsKernels } from '../../../../src/core/model/own/js-kernels.js';
import type { Kernels } from '../../../../src/core/model/own/kernels.js';
import { createMemory } from '../../../../src/core/model/own/memory.js';
import { createSimdKernels } from '../../../../src/core/model/own/simd-kernels.js';
import { aRandomModel, BEHAVIOUR, ROWS } from '../../../support/random-models.js';
import { randomOf } from '../../../support/tiny-models.js';

interface Input {
  readonly batch: number;
  readonly steps: number;
  readonly rows: readonly number[];
  readonly behaviour: readonly number[];
}

function anInput(random: () => number, batch: number, steps: number): Input {
  return {
    batch,
    steps,
    rows: Array.from({ length: batch * steps }, () => Math.floor(random() * ROWS)),
    behaviour: Array.from({ length: batch * steps * BEHAVIOUR }, () => random() * 2 - 1),
  };
}

function ask({ feed, run }: Graph, { batch, steps, rows, behaviour }: Input): number[] {
  feed('items', [batch, steps], rows);
  feed('behaviour', [batch, steps, BEHAVIOUR], behaviour);
  return [...run()];
}

function askTfjs(model: ReturnType<typeof aRandomModel>['model'], { batch, steps, rows, behaviour }: Input): number[] {
  return tf.tidy(() => {
    const inputs = [tf.tensor2d([...rows], [batch, steps], 'int32'), tf.tensor3d([...behaviour], [batch, steps, BEHAVIOUR])];
    return [...(model.predict(inputs) as tf.Tensor).dataSync()];
  });
}

/** The difference that counts: of the number, or of 1 where that is larger. */
function furthest(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!))));
}

const SIZES = [
  [1, 1],
  [1, 4],
  [1, 9],
  [3, 5],
  [1, 60],
] as const;

describe.each<[string, () => Kernels]>([
  ['js', createJsKernels],
  ['simd', createSimdKernels],
])("tillside's own runtime in %s", (_, createKernels) => {
  it('answers as TF.js does, whatever the layers, weights and inputs', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { model, files } = aRandomModel(seed);
        const graph = buildGraph(checkLayersModel(files), createMemory(createKernels()));
        const random = randomOf(seed + 1);
        for (const [batch, steps] of SIZES) {
          const input = anInput(random, batch, steps);
          expect(furthest(ask(graph, input), askTfjs(model, input))).toBeLessThanOrEqual(1e-5);
        }
        model.dispose();
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('gives the same bits from kept state as from a replay, when steps are added, changed, dropped or cut', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { model, files } = aRandomModel(seed);
        model.dispose();
        const checked = checkLayersModel(files);
        const kept = buildGraph(checked, createMemory(createKernels()));
        const random = randomOf(seed);
        let { rows, behaviour } = anInput(random, 1, 2);
        for (let event = 0; event < 30; event++) {
          const added = anInput(random, 1, 1);
          rows = [...rows, ...added.rows];
          behaviour = [...behaviour, ...added.behaviour];
          if (event % 5 === 1) behaviour = behaviour.with(Math.floor(random() * behaviour.length), random());
          if (event % 7 === 2) [rows, behaviour] = [rows.slice(1), behaviour.slice(BEHAVIOUR)];
          if (event % 11 === 3) [rows, behaviour] = [rows.slice(0, -2), behaviour.slice(0, -2 * BEHAVIOUR)];
          const input = { batch: 1, steps: rows.length, rows, behaviour };
          expect(ask(kept, input)).toEqual(ask(buildGraph(checked, createMemory(createKernels())), input));
        }
      }),
      { numRuns: 8, seed: 6 },
    );
  });
});
