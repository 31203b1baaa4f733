import * as tf from '@tensorflow/tfjs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sirv from 'sirv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEHAVIOUR_FEATURES, CANDIDATE_FEATURES } from '../../../src/core/features/feature-names.js';
import { modelFiles } from '../../../src/train/bundle/model-files.js';
import { runLayers } from '../../../src/train/fit/dense-layers.js';
import type { FittedModels } from '../../../src/train/fit/fitted-bundle.js';
import { asShipped } from '../../../src/train/fit/float16.js';
import { dequantise, quantise } from '../../../src/train/fit/quantise.js';
import { createRandom } from '../../../src/train/fit/random.js';
import { createSessionEncoder } from '../../../src/train/fit/session-encoder.js';
import type { FittedSession } from '../../../src/train/fit/session-model.js';
import { initialWeights } from '../../../src/train/fit/session-layers.js';

const SHAPE = { count: 300, dim: 16, units: 8 };
const random = createRandom(3);
const draw = (length: number) => Float32Array.from({ length }, () => random.normal());

/** Models as a fit leaves them. */
function fitted(): FittedModels & { readonly session: FittedSession } {
  const first = initialWeights(SHAPE, draw((SHAPE.count + 1) * SHAPE.dim), random);
  const itemTable = quantise(first[0] as Float32Array, SHAPE);
  const weights = [dequantise(itemTable), ...first.slice(1).map(asShipped)];
  const encode = createSessionEncoder(SHAPE, weights);
  const constant = (names: readonly string[]) => ({ names, mean: names.map(() => 0), deviation: names.map(() => 1) });
  const layer = (inputs: number, outputs: number) => {
    const [kernel, bias] = [asShipped(draw(inputs * outputs)), asShipped(draw(outputs))];
    return { inputs, outputs, kernel, bias };
  };
  return {
    session: {
      shape: SHAPE,
      weights,
      unrounded: first,
      itemTable,
      behaviour: constant(BEHAVIOUR_FEATURES),
      encode,
      losses: [],
      epoch: 1,
    },
    ranker: { layers: [layer(CANDIDATE_FEATURES.length, 4), layer(4, 1)], candidate: constant(CANDIDATE_FEATURES) },
  };
}

// The files of both models, as any static host serves them, read by TF.js alone: nothing of ours is in between.
const models = fitted();
const files = modelFiles(models);
const pathOf = (role: string) => files.find((file) => file.role === role)?.path ?? '';
let folder: string;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillside-plain-'));
  for (const { path, content } of files) await writeFile(join(folder, path), content);
  server = createServer(sirv(folder));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true });
});

describe('plain tf.loadLayersModel', () => {
  it('loads the session model, which answers as it was fitted', async () => {
    const model = await tf.loadLayersModel(`${url}/${pathOf('session-model')}`);
    for (const steps of [1, 2, 9]) {
      const rows = Int32Array.from({ length: steps }, () => 1 + random.below(SHAPE.count));
      const behaviour = draw(steps * BEHAVIOUR_FEATURES.length);
      const inputs = [tf.tensor2d(rows, [1, steps], 'int32'), tf.tensor3d(behaviour, [1, steps, BEHAVIOUR_FEATURES.length])];
      const vector = (model.predict(inputs) as tf.Tensor).dataSync();
      const expected = models.session.encode(rows, behaviour);
      expect(vector).toHaveLength(SHAPE.dim);
      expected.forEach((value, d) => {
        expect(vector[d]).toBeCloseTo(value, 4);
      });
    }
  });

  it('loads the ranker, which answers as it was fitted', async () => {
    const model = await tf.loadLayersModel(`${url}/${pathOf('ranker-model')}`);
    const features = draw(5 * CANDIDATE_FEATURES.length);
    const answers = (model.predict(tf.tensor2d(features, [5, CANDIDATE_FEATURES.length])) as tf.Tensor).dataSync();
    runLayers(models.ranker.layers, features, 5).forEach((affinity, i) => {
      expect(answers[i]).toBeCloseTo(affinity, 3);
    });
  });
});
