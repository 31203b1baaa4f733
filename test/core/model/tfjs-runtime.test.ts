import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { CANDIDATE_FEATURES } from '../../../src/core/features/feature-names.js';
import type { Bundle } from '../../../src/core/model/bundle.js';
import { loadBundle } from '../../../src/core/model/bundle-loader.js';
import { openRuntime } from '../../../src/core/model/open-runtime.js';
import * as tfjs from '../../../src/core/model/tfjs-runtime.js';
import { readModels } from '../../../src/core/model/read-models.js';
import { aBundle, type BundleOptions, DIM } from '../../support/tiny-bundle.js';
import { toKeras3 } from '../../support/to-keras-3.js';

async function loaded(options?: BundleOptions): Promise<Bundle> {
  const { bundle } = await loadBundle({
    ...(await aBundle(options)),
    publicKeys: [],
    now: 0,
    loadModelReader: async () => readModels,
  });
  return bundle;
}

const importTfjs = async () => tfjs;
const failWith = (code: string) => expect.objectContaining({ code });

describe('the tfjs runtime', () => {
  it('answers every golden and gives plain vectors of the right length', async () => {
    const runtime = await openRuntime(await loaded(), importTfjs, {});
    expect(runtime.name).toBe('tfjs-cpu');
    expect(runtime.encodeSession(Int32Array.of(1, 2), new Float32Array(20))).toHaveLength(DIM);
    expect(runtime.rankCandidates(new Float32Array(3 * CANDIDATE_FEATURES.length), 3)).toHaveLength(3);
    expect(runtime.rankCandidates(new Float32Array(), 0)).toHaveLength(0);
    runtime.dispose();
  });

  it('answers as plain tf.loadLayersModel does on the published files', async () => {
    const served = await aBundle();
    const { bundle } = await loadBundle({ ...served, publicKeys: [], now: 0, loadModelReader: async () => readModels });
    const runtime = await openRuntime(bundle, importTfjs, {});
    const fetchFunc = async (url: string) => {
      const bytes = served.files.get(url.slice(url.lastIndexOf('/') + 1)) as Uint8Array;
      const type = url.endsWith('.json') ? 'application/json' : 'application/octet-stream';
      return new Response(new Uint8Array(bytes), { headers: { 'content-type': type } });
    };
    const model = await loadLayersModel(
      tf.io.http(`https://shop.test/assets/${served.pathOf('session-model')}`, { fetchFunc: fetchFunc as typeof fetch }),
    );
    const [golden] = bundle.manifest.goldens;
    const { rows, behaviour } = golden as NonNullable<typeof golden>;
    const expected = tf.tidy(() => {
      const inputs = [
        tf.tensor2d(rows, [1, rows.length], 'int32'),
        tf.tensor3d(behaviour, [1, rows.length, behaviour.length / rows.length]),
      ];
      return (model.predict(inputs) as tf.Tensor).dataSync();
    });
    const found = runtime.encodeSession(Int32Array.from(rows), Float32Array.from(behaviour));
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 6);
    });
    runtime.dispose();
    model.dispose();
  });

  it('keeps no tensor over 1,000 calls, nor after it was disposed of', async () => {
    const bundle = await loaded();
    const before = tf.memory().numTensors;
    const runtime = await openRuntime(bundle, importTfjs, {});
    const during = runtime.tensorCount();
    const rows = Int32Array.of(1, 2, 3);
    const behaviour = new Float32Array(30);
    const features = new Float32Array(10 * CANDIDATE_FEATURES.length);
    for (let i = 0; i < 1_000; i++) {
      runtime.encodeSession(rows, behaviour);
      runtime.rankCandidates(features, 10);
    }
    expect(runtime.tensorCount()).toBe(during);
    runtime.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses to answer with a number that is not finite', async () => {
    const runtime = await openRuntime(await loaded(), importTfjs, {});
    expect(() => runtime.encodeSession(Int32Array.of(1), new Float32Array(10).fill(Number.NaN))).toThrow(
      failWith('model-nonfinite'),
    );
    runtime.dispose();
  });

  it('runs a session model that Keras 3 wrote', async () => {
    const bundle = await loaded({ alter: { 'session-model': toKeras3 } });
    const runtime = await openRuntime(bundle, importTfjs, {});
    expect(runtime.encodeSession(Int32Array.of(1), new Float32Array(10))).toHaveLength(DIM);
    runtime.dispose();
  });

  it('refuses a topology that asks for more than the bundle holds, having built nothing', async () => {
    const widen = (bytes: Uint8Array) =>
      new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"units":8', '"units":4096'));
    const bundle = await loaded({ alter: { 'session-model': widen } });
    const before = tf.memory().numTensors;
    await expect(openRuntime(bundle, importTfjs, {})).rejects.toEqual(failWith('model-invalid'));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('runs on wasm where its files are given', async () => {
    const bundle = await loaded();
    const wasmBaseUrl = new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname;
    const runtime = await openRuntime(bundle, importTfjs, { wasmBaseUrl });
    expect(runtime.name).toBe('tfjs-wasm');
    const tensors = runtime.tensorCount();
    for (let i = 0; i < 20; i++) runtime.encodeSession(Int32Array.of(1, 2, 3), new Float32Array(30));
    expect(runtime.tensorCount()).toBe(tensors);
    runtime.dispose();
    tf.removeBackend('wasm');
  });

  it('falls back to the cpu when the .wasm cannot be fetched', async () => {
    const runtime = await openRuntime(await loaded(), importTfjs, { wasmBaseUrl: '/nowhere/' });
    expect(runtime.name).toBe('tfjs-cpu');
    runtime.dispose();
  });
});

describe('opening a runtime', () => {
  it('refuses a model that answers otherwise than was recorded, and leaves nothing behind', async () => {
    const bundle = await loaded({
      alterManifest: (m) => ({ ...m, goldens: m.goldens.map((golden) => ({ ...golden, affinity: golden.affinity + 1.5 })) }),
    });
    const before = tf.memory().numTensors;
    await expect(openRuntime(bundle, importTfjs, {})).rejects.toEqual(failWith('golden-mismatch'));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses weights that were swapped between training and publishing', async () => {
    const bundle = await loaded({
      alter: { 'session-weights': (bytes) => new Uint8Array(new Float32Array(bytes.buffer.slice(0)).reverse().buffer) },
    });
    await expect(openRuntime(bundle, importTfjs, {})).rejects.toEqual(failWith('golden-mismatch'));
  });

  it('says that the runtime is unavailable when its module does not load', async () => {
    const importModule = async (): Promise<never> => {
      throw new TypeError('Failed to fetch dynamically imported module');
    };
    await expect(openRuntime(await loaded(), importModule, {})).rejects.toMatchObject({
      code: 'runtime-unavailable',
      cause: expect.any(TypeError),
    });
  });

  it('refuses a bundle of tables alone', async () => {
    await expect(openRuntime(await loaded({ models: false }), importTfjs, {})).rejects.toEqual(failWith('model-invalid'));
  });
});
